/**
 * A station platform: people come from both ends, walk to a spot of their own and wait; a train takes them from the
 * long side that is the place's bottom.
 */
import type { Place } from '../place/place.ts';
import { MarchedWay } from '../place/way.ts';
import { type People, STANDS, TO_SPOT } from '../walk/people.ts';
import type { Script, World } from '../world.ts';
import { arriveAt } from './arrivals.ts';

/** How a platform fills, and when trains come. */
export interface PlatformOptions {
  /** The most people at once. */
  readonly people: number;
  readonly ratePerS: number;
  /** From one train to the next, and how long one stays, s. */
  readonly trainS: number;
  readonly dwellS: number;
}

/** From one door of a train to the next, and half the width of one, m. */
const DOOR_EVERY_M = 6;
const DOOR_HALF_M = 0.7;
/** Spots that are tried until there is one that can be walked to in a straight line. */
const SPOT_TRIES = 30;
const BOARDING = 0;

/** Squares before the doors of a train that stands along the bottom of the place; all of the bottom if there is none. */
const doorsOf = (place: Place): readonly number[] => {
  const { cells, axisX, axisY } = place;
  const edge = place.end('bottom').exit;
  const alongs = edge.map((cell) => cells.xOf(cell) * axisX + cells.yOf(cell) * axisY);
  const first = alongs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const doors = edge.filter((_, i) => {
    const fromDoor = ((alongs[i] - first) % DOOR_EVERY_M) - DOOR_EVERY_M / 2;
    return fromDoor > -DOOR_HALF_M && fromDoor < DOOR_HALF_M;
  });
  return doors.length > 0 ? doors : edge;
};

/** Sends those who pursue one thing to another. */
const send = ({ goal, count }: People, from: (goal: number) => boolean, to: number): void => {
  for (let row = 0; row < count; row++) if (from(goal[row])) goal[row] = to;
};

/** A script for a platform. */
export const createPlatform = (place: Place, options: PlatformOptions): Script => {
  const { people: most, ratePerS, trainS, dwellS } = options;
  const { cells, walls } = place;
  let isBoarding = false;

  const sendToSpot = ({ people, random }: World, row: number): void => {
    for (let i = 0; i < SPOT_TRIES; i++) {
      const cell = cells.list[random.below(cells.list.length)];
      people.spotX[row] = cells.xOf(cell);
      people.spotY[row] = cells.yOf(cell);
      if (!walls.hides(people.x[row], people.y[row], people.spotX[row], people.spotY[row])) break;
    }
    people.goal[row] = TO_SPOT;
  };

  return {
    ways: [new MarchedWay(cells, doorsOf(place))],
    begin: (world) => {
      const welcome = (row: number): void => {
        if (isBoarding) world.people.goal[row] = BOARDING;
        else sendToSpot(world, row);
      };
      for (const side of ['left', 'right'] as const)
        world.entrances.push({ cells: place.end(side).entrance, waiting: 0, welcome });
    },
    act: (world, timeS, stepS) => {
      arriveAt(world, ratePerS, stepS, most, () => world.random.below(2));
      const isThere = timeS >= trainS && timeS % trainS < dwellS;
      if (isThere === isBoarding) return;
      isBoarding = isThere;
      if (isThere) send(world.people, () => true, BOARDING);
      else send(world.people, (goal) => goal === BOARDING, STANDS);
    },
    arrived: (world, row) => world.leave(row),
  };
};
