/** Scenes of people whose places are known exactly, for the tests of this folder. */
import {
  createPlanarPoints,
  type Figures,
  type FootPoints,
  frameNumber,
  type Gate,
  type GateObservation,
  mediaTimeMs,
  type Positions,
  SITE_DEFAULTS,
  type Zone,
  type ZoneObservation,
  type ZoneQuantity,
} from '../../contract/index.ts';
import { placeOnGround } from '../../ground/index.ts';
import { CEILING } from '../camera/ceiling.fixture.ts';
import { createLiveMeter, type LiveMeter, type LiveMeterOptions, type SecondMeasurement } from './meter.ts';

/** Somebody on the ground, m; of the class person unless said otherwise. */
export type Somebody = readonly [id: number, x: number, y: number, classIndex?: number];

/** A round minute, ms since 1970. */
export const NOON = Date.UTC(2026, 5, 1, 12);

/** Rectangle on the ground, or on the picture. */
export const box = (left: number, bottom: number, right: number, top: number): [number, number][] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** The left half of what the ceiling camera sees, m. */
export const WEST: Zone = { id: 'west', polygon: box(0, 0, 8, 9) };
/** The right half of its picture. */
export const EAST_DRAWN: Zone = { id: 'east', camera: 'ceiling', image: box(0.5, 0, 1, 1) };
/** Across the middle, upwards: who walks to the left goes in. */
export const MIDDLE: Gate = {
  id: 'middle',
  line: [
    [8, 0],
    [8, 9],
  ],
};
/** The same on the picture. */
export const MIDDLE_DRAWN: Gate = {
  id: 'drawn',
  camera: 'ceiling',
  image: [
    [0.5, 1],
    [0.5, 0],
  ],
};

/** What a camera on the ceiling measures, five times a second. */
export const CEILING_OPTIONS: LiveMeterOptions = {
  camera: 'ceiling',
  zones: [],
  gates: [],
  sight: { kind: 'camera', calibration: CEILING, masks: [] },
  walkable: null,
  analysis: SITE_DEFAULTS.analysis,
  minimumCount: 3,
  framesPerS: 5,
};

/** People as the ceiling camera sees them. */
export class Stage {
  readonly feet: FootPoints = createPlanarPoints('image', 512);
  readonly positions: Positions = createPlanarPoints('ground', 512);
  readonly #errorM: number;
  #frame = 0;

  /** @param errorM standard error of each foot point on the ground, m */
  constructor(errorM = 0.005) {
    this.#errorM = errorM;
  }

  /** Puts people in their places; replaced by the next. */
  put(timeMs: number, people: readonly Somebody[]): void {
    const { feet } = this;
    feet.frame = frameNumber(++this.#frame);
    feet.timeMs = mediaTimeMs(timeMs);
    feet.count = people.length;
    for (const [i, [id, x, y, classIndex = 0]] of people.entries()) {
      feet.id[i] = id;
      feet.classIndex[i] = classIndex;
      feet.x[i] = x / 16;
      feet.y[i] = 1 - y / 9;
      feet.varianceXX[i] = (this.#errorM / 16) ** 2;
      feet.varianceYY[i] = (this.#errorM / 9) ** 2;
    }
    placeOnGround(CEILING, feet, this.positions);
  }
}

/** A meter under the ceiling, with what it is shown. */
export interface Set {
  readonly meter: LiveMeter;
  readonly stage: Stage;
  /** Shows a frame, `atMs` after noon, and settles it at once. */
  show(atMs: number, people: readonly Somebody[]): void;
  /** Closes the second that begins so many seconds after noon. */
  second(index: number): SecondMeasurement;
}

/** Sets the scene. */
export const setUp = (options: Partial<LiveMeterOptions> = {}, stage = new Stage()): Set => {
  const meter = createLiveMeter({ ...CEILING_OPTIONS, ...options });
  return {
    meter,
    stage,
    show: (atMs, people) => {
      stage.put(NOON + atMs, people);
      meter.see(stage.feet, stage.positions);
      meter.settle(stage.feet, stage.positions);
    },
    second: (index) => meter.close(NOON + 1000 * index, NOON + 1000 * (index + 1)),
  };
};

/** One zone of a second. */
export const zoneOf = ({ zones }: SecondMeasurement, id: string): ZoneObservation => {
  const found = zones.find(({ zone }) => zone === id);
  if (found === undefined) throw new Error(`there is no zone ${id}`);
  return found;
};

/** One gate of a second. */
export const gateOf = ({ gates }: SecondMeasurement, id: string): GateObservation => {
  const found = gates.find(({ gate }) => gate === id);
  if (found === undefined) throw new Error(`there is no gate ${id}`);
  return found;
};

/** Mean of a quantity; NaN when it is unknown. */
export const meanOf = (figures: Figures, name: ZoneQuantity): number => {
  const aggregate = figures[name];
  return aggregate ? aggregate.sum / aggregate.weight : Number.NaN;
};

/** Names of the quantities that are known, sorted. */
export const namesOf = (figures: Figures): string[] => Object.keys(figures).toSorted();

/** Three people who stand in the west, well apart. */
export const THREE: readonly Somebody[] = [
  [1, 2, 2],
  [2, 4, 5],
  [3, 6, 7],
];
