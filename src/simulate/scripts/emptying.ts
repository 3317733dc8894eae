/** A crowd that leaves: through a door (bottleneck), out of a stand (egress). A new one comes after a while. */
import type { Place } from '../place/place.ts';
import { MarchedWay } from '../place/way.ts';
import type { Entrance, Script, World } from '../world.ts';
import { arriveAt } from './arrivals.ts';

/** Who leaves, and where to. */
export interface EmptyingOptions {
  readonly people: number;
  /** People who arrive, 1/s, one by one at the entrance; without it they come as a crowd. */
  readonly ratePerS?: number | undefined;
  /** A new crowd comes after, s. */
  readonly everyS: number;
  /** Squares where the crowd is when it comes. */
  readonly crowd: readonly number[];
  /** Squares where people arrive one by one. */
  readonly entrance: readonly number[];
  /** Squares where they leave. */
  readonly exit: readonly number[];
}

const LEAVING = 0;

/** A script for a crowd that leaves. */
export const createEmptying = (place: Place, options: EmptyingOptions): Script => {
  const { people, ratePerS, everyS, crowd, entrance, exit } = options;
  let crowds = 0;

  const come = (world: World): void => {
    const [{ welcome }] = world.entrances;
    const start: Entrance = { cells: crowd, waiting: 0, welcome };
    world.scatter(Math.max(0, people - world.people.count - world.waiting), start);
    world.entrances[0].waiting += start.waiting;
    crowds++;
  };

  return {
    ways: [new MarchedWay(place.cells, exit)],
    begin: (world) => {
      world.entrances.push({
        cells: entrance,
        waiting: 0,
        welcome: (row) => {
          world.people.goal[row] = LEAVING;
        },
      });
      if (ratePerS === undefined) come(world);
    },
    act: (world, timeS, stepS) => {
      if (ratePerS !== undefined) arriveAt(world, ratePerS, stepS, people, () => 0);
      else if (timeS >= crowds * everyS) come(world);
    },
    arrived: (world, row) => world.leave(row),
  };
};
