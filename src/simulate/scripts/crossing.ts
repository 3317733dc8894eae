/**
 * People who cross a place from one end to another: plaza, corridor, counterflow. Without a rate there are always as
 * many: for everybody who leaves somebody arrives.
 */
import type { Place, Side } from '../place/place.ts';
import { MarchedWay } from '../place/way.ts';
import type { Entrance, Script, World } from '../world.ts';
import { arriveAt } from './arrivals.ts';

/** Who crosses. */
export interface CrossingOptions {
  readonly people: number;
  /** People who arrive, 1/s; as many as leave without it. */
  readonly ratePerS: number | undefined;
  /** The ends between which they cross. */
  readonly sides: readonly Side[];
  /** Of two ends, the share of people who walk to the second; of more, everybody draws lots. */
  readonly share?: number;
  /** Whether they begin apart, everybody at the end that they come from. */
  readonly isApart?: boolean;
  /** How much slower some squares are to them; 1 for open ground. */
  readonly slowness?: (cell: number) => number;
}

/** A script for people who cross. */
export const createCrossing = (place: Place, options: CrossingOptions): Script => {
  const { people, ratePerS, sides, share = 0.5, isApart = false } = options;
  const ends = sides.map((side) => place.end(side));
  const ways = ends.map(({ exit }) => new MarchedWay(place.cells, exit, options.slowness));
  const another = (world: World, from: number): number =>
    (from + 1 + world.random.below(ends.length - 1)) % ends.length;

  /** Where somebody of a crowd that is there from the start comes from. */
  const origin = (world: World): number => {
    if (ends.length > 2) return world.random.below(ends.length);
    return world.random.uniform() < share ? 0 : 1;
  };

  const startOf = (world: World, from: number): Entrance => {
    const half = [...place.cells.list].filter((cell) => {
      const along = place.along(place.cells.xOf(cell), place.cells.yOf(cell));
      return !isApart || (from === 0 ? along < 0.35 : along > 0.65);
    });
    return { cells: half, waiting: 0, welcome: world.entrances[from].welcome };
  };

  return {
    ways,
    begin: (world) => {
      for (const [from, { entrance }] of ends.entries())
        world.entrances.push({
          cells: entrance,
          waiting: 0,
          welcome: (row) => {
            world.people.goal[row] = another(world, from);
            world.people.tag[row] = from;
          },
        });
      if (ratePerS !== undefined) return;
      const starts = ends.map((_, from) => startOf(world, from));
      for (let i = 0; i < people; i++) {
        const from = origin(world);
        world.scatter(1, starts[from]);
        world.entrances[from].waiting += starts[from].waiting;
        starts[from].waiting = 0;
      }
    },
    act: (world, _, stepS) => {
      if (ratePerS !== undefined) arriveAt(world, ratePerS, stepS, people, () => origin(world));
    },
    arrived: (world, row) => {
      const from = world.people.tag[row];
      world.leave(row);
      if (ratePerS === undefined) world.entrances[ends.length > 2 ? world.random.below(ends.length) : from].waiting++;
    },
  };
};
