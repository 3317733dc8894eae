/** Which script each scenario follows, and in which place of its own. */
import type { Point } from '../../contract/index.ts';
import { hall, loop, passage, plaza, platform, roomWithDoor, stand } from '../place/own-places.ts';
import type { Place } from '../place/place.ts';
import { MOST_PEOPLE, type ScenarioName, type ScenarioNumbers } from '../scenarios.ts';
import type { Script } from '../world.ts';
import { createCrossing } from './crossing.ts';
import { createEmptying } from './emptying.ts';
import { createPlatform } from './platform.ts';
import { createRing } from './ring.ts';
import { createSurge } from './surge.ts';

/** An area of the ground, from the place's origin, and the walkable part of it. */
export interface Area {
  readonly polygon: readonly Point[];
  readonly areaM2: number;
}

/** What a script is made from. */
export interface Setting {
  readonly place: Place;
  readonly numbers: ScenarioNumbers;
  /** Whether the place is the scenario's own. */
  readonly isOwn: boolean;
  /** Where a surge gathers. */
  readonly area: () => Area;
}

interface ScriptEntry {
  readonly ownPlace: (numbers: ScenarioNumbers) => Point[][];
  readonly script: (setting: Setting) => Script;
  /** More people than this to a square metre where a body fits are refused. */
  readonly mostPerM2: number;
}

/** Squares in a stretch of the place along its axis, as shares. */
const stretch = (place: Place, from: number, to: number): number[] =>
  [...place.cells.list].filter((cell) => {
    const at = place.along(place.cells.xOf(cell), place.cells.yOf(cell));
    return at >= from && at <= to;
  });

/** Where a stand begins, above its gangway, m. */
const STAND_M = 5.3;

const crossing = (place: Place, { people, rate, share }: ScenarioNumbers, isApart: boolean): Script =>
  createCrossing(place, { people, ratePerS: rate, sides: ['left', 'right'], share, isApart });

const bottleneck = ({ place, numbers: { people, rate, every } }: Setting): Script =>
  createEmptying(place, {
    people,
    ratePerS: rate,
    everyS: every,
    crowd: stretch(place, 0, 0.6),
    entrance: place.end('left').entrance,
    exit: place.end('right').exit,
  });

const egress = ({ place, isOwn, numbers: { people, every } }: Setting): Script => {
  const isOnStand = (cell: number): boolean => place.cells.yOf(cell) > STAND_M;
  const ends = [...place.end('left').exit, ...place.end('right').exit];
  const crowd = isOwn ? [...place.cells.list].filter(isOnStand) : stretch(place, 0.1, 0.9);
  const exit = isOwn ? ends.filter((cell) => !isOnStand(cell)) : ends;
  return createEmptying(place, { people, everyS: every, crowd, entrance: crowd, exit });
};

const surge = ({ place, area, numbers: { people, rate = 1, at, peak, hold } }: Setting): Script => {
  const { polygon, areaM2 } = area();
  return createSurge(place, {
    people,
    ratePerS: rate,
    atS: at,
    peakPerM2: peak,
    holdS: hold,
    area: polygon,
    areaM2,
    most: MOST_PEOPLE,
  });
};

/** Scripts and places by the scenario's name. */
export const SCRIPTS: Readonly<Record<ScenarioName, ScriptEntry>> = {
  plaza: {
    ownPlace: ({ length, width }) => plaza(length, width),
    script: ({ place, numbers: { people, rate } }) =>
      createCrossing(place, { people, ratePerS: rate, sides: ['left', 'right', 'bottom', 'top'] }),
    mostPerM2: 0.75,
  },
  corridor: {
    ownPlace: ({ length, width }) => hall(length, width),
    script: ({ place, numbers }) => crossing(place, numbers, false),
    mostPerM2: 1.5,
  },
  bottleneck: { ownPlace: ({ door }) => roomWithDoor(door), script: bottleneck, mostPerM2: 3 },
  platform: {
    ownPlace: ({ length, width }) => platform(length, width),
    script: ({ place, numbers: { people, rate = 1, train, dwell } }) =>
      createPlatform(place, { people, ratePerS: rate, trainS: train, dwellS: dwell }),
    mostPerM2: 3,
  },
  egress: { ownPlace: ({ door }) => stand(door), script: egress, mostPerM2: 3 },
  counterflow: {
    ownPlace: ({ length, width }) => passage(length, width),
    script: ({ place, numbers }) => crossing(place, numbers, true),
    mostPerM2: 1.5,
  },
  surge: { ownPlace: ({ length, width }) => plaza(length, width), script: surge, mostPerM2: 0.75 },
  ring: {
    ownPlace: ({ length, width }) => loop(length, width),
    script: ({ place, numbers: { people, length, width } }) => createRing(place, people, length, width),
    mostPerM2: 4,
  },
};
