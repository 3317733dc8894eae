/**
 * A square on which people cross as always; then many more come, all to one area, and stay, until it holds more than
 * is safe. They stand there for a while and go.
 */
import type { Point } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';
import type { Place } from '../place/place.ts';
import { MarchedWay } from '../place/way.ts';
import { type People, STANDS } from '../walk/people.ts';
import { BODY_M } from '../walk/walker.ts';
import type { Script, World } from '../world.ts';
import { arriveAt } from './arrivals.ts';
import { createCrossing } from './crossing.ts';

/** How many come, when, and to where. */
export interface SurgeOptions {
  /** People who cross as always. */
  readonly people: number;
  /** People who come to the area, 1/s, from a time on, s. */
  readonly ratePerS: number;
  readonly atS: number;
  /** Density of the area at which they stop coming, people/m², and how long they then stay, s. */
  readonly peakPerM2: number;
  readonly holdS: number;
  /** The area, m from the place's origin, and how large it is, m². */
  readonly area: readonly Point[];
  readonly areaM2: number;
  /** Nobody else comes when there are so many. */
  readonly most: number;
}

/** Tag of who came for the area; beyond those that say from which end somebody crosses. */
const GATHERS = 100;
/** Who crosses keeps away from the area: so much slower is its ground, and that round it, to them. */
const DETOUR = 6;
const ROUND_M = 3;
/** Nobody is likely to fill an area for longer than this, s: then they go, however many there are. */
const LONGEST_S = 900;
/** The crowd is to be somewhat denser than the peak, so as to pass it: √(2/√3 ÷ density) apart, as in a honeycomb. */
const DENSER = 1.75;
const HONEYCOMB = 1.1547;

type Phase = 'calm' | 'coming' | 'staying' | 'over';

const distanceM = (ax: number, ay: number, bx: number, by: number): number =>
  Math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));

/** The free square in an area that is nearest to its middle; −1 when there is none. */
export const middleOf = ({ cells }: Place, area: readonly Point[]): number => {
  const polygon = flatPolygon(area);
  const x = area.reduce((sum, [px]) => sum + px, 0) / area.length;
  const y = area.reduce((sum, [, py]) => sum + py, 0) / area.length;
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const cell of cells.list) {
    const distance = distanceM(cells.xOf(cell), cells.yOf(cell), x, y);
    if (distance >= least || !pointInPolygon(polygon, cells.xOf(cell), cells.yOf(cell))) continue;
    least = distance;
    found = cell;
  }
  return found;
};

/** How much slower the ground is to who crosses: in a circle round the area. */
const detourRound = ({ cells }: Place, area: readonly Point[], middle: number): ((cell: number) => number) => {
  const [x, y] = [cells.xOf(middle), cells.yOf(middle)];
  const radius = ROUND_M + Math.max(...area.map(([px, py]) => distanceM(px, py, x, y)));
  return (cell) => (distanceM(cells.xOf(cell), cells.yOf(cell), x, y) < radius ? DETOUR : 1);
};

/** A script for a square with a surge. The area must have a free middle. */
export const createSurge = (place: Place, options: SurgeOptions): Script => {
  const { people: crossing, ratePerS, atS, peakPerM2, holdS, area, areaM2, most } = options;
  const middle = middleOf(place, area);
  const sides = ['left', 'right', 'bottom', 'top'] as const;
  const slowness = detourRound(place, area, middle);
  const always = createCrossing(place, { people: crossing, ratePerS: undefined, sides, slowness });
  const gather = always.ways.length;
  const polygon = flatPolygon(area);
  const spacingM = Math.sqrt(HONEYCOMB / (DENSER * peakPerM2));
  let phase: Phase = 'calm';
  let changedS = 0;

  const isInArea = ({ x, y }: People, row: number): boolean => pointInPolygon(polygon, x[row], y[row]);
  const isFull = ({ people }: World): boolean => {
    let inside = 0;
    for (let row = 0; row < people.count; row++) if (isInArea(people, row)) inside++;
    return inside >= peakPerM2 * areaM2;
  };

  /** Sends those who came for the area away: all of them, or the ones who have not reached it. */
  const disperse = ({ people, random }: World, isStaying: (row: number) => boolean): void => {
    for (let row = 0; row < people.count; row++) {
      if (people.tag[row] !== GATHERS || isStaying(row)) continue;
      people.goal[row] = random.below(sides.length);
      people.spacingM[row] = BODY_M;
    }
  };

  /** Those who are still outside turn round: they never were here. */
  const turnAway = ({ entrances }: World): void => {
    for (const entrance of entrances.slice(sides.length)) entrance.waiting = 0;
  };

  const enterPhase = (world: World, next: Phase, timeS: number): void => {
    phase = next;
    changedS = timeS;
    if (next === 'staying') {
      turnAway(world);
      disperse(world, (row) => isInArea(world.people, row));
    }
    if (next === 'over') disperse(world, () => false);
  };

  return {
    ways: [...always.ways, new MarchedWay(place.cells, [middle])],
    begin: (world) => {
      always.begin(world);
      for (const { cells } of world.entrances.slice())
        world.entrances.push({
          cells,
          waiting: 0,
          welcome: (row) => {
            world.people.goal[row] = gather;
            world.people.tag[row] = GATHERS;
            world.people.spacingM[row] = spacingM;
          },
        });
    },
    act: (world, timeS, stepS) => {
      if (phase === 'calm' && timeS >= atS) enterPhase(world, 'coming', timeS);
      if (phase === 'staying' && timeS - changedS >= holdS) enterPhase(world, 'over', timeS);
      if (phase !== 'coming') return;
      arriveAt(world, ratePerS, stepS, most, () => sides.length + world.random.below(sides.length));
      if (isFull(world) || timeS - changedS > LONGEST_S) enterPhase(world, 'staying', timeS);
    },
    arrived: (world, row) => {
      const { people } = world;
      if (people.tag[row] !== GATHERS) always.arrived(world, row);
      else if (people.goal[row] === gather) people.goal[row] = STANDS;
      else world.leave(row);
    },
  };
};
