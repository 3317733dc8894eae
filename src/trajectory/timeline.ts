/** From rows in any order to people frame by frame. */
import { type HealthReason, StarlingError } from '../contract/index.ts';
import type { RawTrajectories, Rows } from './rows.ts';

/** Rectangle that holds everybody, metres. */
export interface TrajectoryBounds {
  readonly minXM: number;
  readonly minYM: number;
  readonly maxXM: number;
  readonly maxYM: number;
}

/** People in the order of frames, and within a frame in the order of their numbers: 20 bytes for each. */
export interface Timeline {
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Frame numbers from one recorded frame to the next. */
  readonly step: number;
  /** The people of the i-th step from the first frame are those from `begin[i]` to before `begin[i + 1]`. */
  readonly begin: Uint32Array;
  readonly person: Uint32Array;
  readonly xM: Float64Array;
  readonly yM: Float64Array;
  readonly people: number;
  readonly bounds: TrajectoryBounds;
  readonly doubts: readonly HealthReason[];
}

/** What is wanted of a file. */
export interface TimelineOptions {
  readonly path: string;
  readonly fromFrame: number | undefined;
  readonly toFrame: number | undefined;
  /** The file's units in a metre. */
  readonly perMetre: number;
}

/** Nine days at 25 frames/s. Each frame is measured and written, whether somebody is there or not. */
const MOST_FRAMES = 20_000_000;
const LONGEST_GAP_S = 86_400;
/** A quarter of the way round the Earth, as in a site file: farther off is nobody. */
const FARTHEST_M = 1e7;
/** Of a handful of frames it cannot be told whether the numbers between them were left out on purpose. */
const FEWEST_TO_TELL_STEP = 8;

interface Span {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

const isPlace = (x: number, y: number, farthest: number): boolean => Math.abs(x) <= farthest && Math.abs(y) <= farthest;

interface Extent {
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Of the whole file, so that a range with nobody in it has a place, too; in the file's unit. */
const extentOf = ({ x, y, frame }: Rows, farthest: number): Extent => {
  let firstFrame = frame[0];
  let lastFrame = frame[0];
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < frame.length; row += 1) {
    if (frame[row] < firstFrame) firstFrame = frame[row];
    if (frame[row] > lastFrame) lastFrame = frame[row];
    if (!isPlace(x[row], y[row], farthest)) continue;
    if (x[row] < minX) minX = x[row];
    if (x[row] > maxX) maxX = x[row];
    if (y[row] < minY) minY = y[row];
    if (y[row] > maxY) maxY = y[row];
  }
  return { firstFrame, lastFrame, minX, minY, maxX, maxY };
};

/** Frame numbers from one recorded frame to the next: above 1 where only every n-th number is used. */
const stepOf = ({ frame }: Rows, first: number, last: number): number => {
  let step = last - first;
  const seen = new Set<number>();
  for (let row = 0; row < frame.length; row += 1) {
    if (seen.size < FEWEST_TO_TELL_STEP) seen.add(frame[row]);
    else if (step === 1) return 1;
    if (step !== 1) step = greatestCommonDivisor(frame[row] - first, step);
  }
  return seen.size < FEWEST_TO_TELL_STEP ? 1 : Math.max(1, step);
};

/** The frames of the whole file, those that it lists without anybody in them, too. */
const spanOf = ({ rows, recorded }: RawTrajectories, { firstFrame, lastFrame }: Extent): Span => {
  const first = Math.min(firstFrame, recorded?.first ?? firstFrame);
  const last = Math.max(lastFrame, recorded?.last ?? lastFrame);
  return { first, last, step: stepOf(rows, first, last) };
};

const inRange = (whole: Span, { path, fromFrame, toFrame }: TimelineOptions): Span => {
  const { first, last, step } = whole;
  const from = fromFrame === undefined ? first : Math.max(first, first + Math.ceil((fromFrame - first) / step) * step);
  const to = toFrame === undefined ? last : Math.min(last, first + Math.floor((toFrame - first) / step) * step);
  if (from > to) throw new StarlingError('TRAJECTORY_RANGE_EMPTY', { path, first, last });
  if ((to - from) / step >= MOST_FRAMES)
    throw new StarlingError('TRAJECTORY_TOO_LONG', {
      path,
      problem: `frames ${from} to ${to} are more than ${MOST_FRAMES}`,
    });
  return { first: from, last: to, step };
};

/** Row numbers in the order of their keys; rows with the same key stay in the order they have. */
const sortedBy = (keys: Uint32Array, order: Uint32Array, keyCount: number): Uint32Array => {
  const next = new Uint32Array(keyCount + 1);
  for (let i = 0; i < order.length; i += 1) next[keys[order[i]] + 1] += 1;
  for (let key = 0; key < keyCount; key += 1) next[key + 1] += next[key];
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i += 1) {
    const key = keys[order[i]];
    sorted[next[key]] = order[i];
    next[key] += 1;
  }
  return sorted;
};

interface Kept {
  /** Rows of somebody somewhere within the range, in the file's order. */
  readonly order: Uint32Array;
  /** Whether that order is already the one of people. */
  readonly isByPerson: boolean;
  /** By row: which step of the timeline it belongs to, and the person's number. */
  readonly steps: Uint32Array;
  readonly numbers: Uint32Array;
  readonly people: number;
  /** How many rows within the range have no place. */
  readonly leftOut: number;
}

/** Chooses the rows that are wanted, and numbers their people from 0 on in order of first appearance. */
const keep = ({ x, y, frame, person, people }: Rows, { first, last, step }: Span, farthest: number): Kept => {
  const order = new Uint32Array(frame.length);
  const steps = new Uint32Array(frame.length);
  const numbers = new Uint32Array(frame.length);
  const known = new Int32Array(people).fill(-1);
  let [count, found, leftOut, before] = [0, 0, 0, 0];
  let isByPerson = true;
  for (let row = 0; row < frame.length; row += 1) {
    if (frame[row] < first || frame[row] > last) continue;
    if (!isPlace(x[row], y[row], farthest)) {
      leftOut += 1;
      continue;
    }
    if (known[person[row]] < 0) known[person[row]] = found++;
    const number = known[person[row]];
    if (number < before) isByPerson = false;
    before = number;
    numbers[row] = number;
    steps[row] = (frame[row] - first) / step;
    order[count++] = row;
  }
  return { order: order.subarray(0, count), isByPerson, steps, numbers, people: found, leftOut };
};

const checkGaps = (begin: Uint32Array, { first, step }: Span, frameRate: number, path: string): void => {
  const most = (LONGEST_GAP_S * frameRate) / step;
  let empty = 0;
  for (let i = 0; i + 1 < begin.length; i += 1) {
    empty = begin[i + 1] === begin[i] ? empty + 1 : 0;
    if (empty <= most) continue;
    const from = first + (i + 1 - empty) * step;
    throw new StarlingError('TRAJECTORY_TOO_LONG', {
      path,
      problem: `from frame ${from} on nobody is there for a day`,
    });
  }
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? ' was' : 's were'}`;

const doubtsOf = (leftOut: number, repeated: number, step: number): HealthReason[] => [
  ...(leftOut === 0
    ? []
    : [{ code: 'NO_PLACE', message: `${plural(leftOut, 'row')} left out: they have no number for x or y.` }]),
  ...(repeated === 0
    ? []
    : [{ code: 'REPEATED_ROWS', message: `${plural(repeated, 'row')} left out: they repeat another one.` }]),
  ...(step === 1
    ? []
    : [
        {
          code: 'EVERY_NTH_FRAME',
          message: `The file uses one frame number in ${step} only; what was between is not known, and is left out.`,
        },
      ]),
];

interface Columns {
  readonly begin: Uint32Array;
  readonly person: Uint32Array;
  readonly xM: Float64Array;
  readonly yM: Float64Array;
  readonly repeated: number;
}

const checkSamePlace = ({ rows: { x, y, frame, line }, placeOf }: RawTrajectories, a: number, b: number): void => {
  if (x[a] === x[b] && y[a] === y[b]) return;
  const problem = `somebody is at two places in frame ${frame[b]}, here and at ${placeOf(line[a])}`;
  throw new StarlingError('TRAJECTORY_BAD_ROW', { place: placeOf(line[b]), problem });
};

/** Copies sorted rows, each once. Rows of one person in one step are neighbours. */
const copySorted = (
  raw: RawTrajectories,
  order: Uint32Array,
  { steps, numbers }: Kept,
  stepCount: number,
  perMetre: number,
): Columns => {
  const { x, y } = raw.rows;
  const begin = new Uint32Array(stepCount + 1);
  const person = new Uint32Array(order.length);
  const xM = new Float64Array(order.length);
  const yM = new Float64Array(order.length);
  let count = 0;
  let lastStep = -1;
  let lastNumber = -1;
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i];
    const step = steps[row];
    const number = numbers[row];
    if (step === lastStep && number === lastNumber) {
      checkSamePlace(raw, order[i - 1], row);
      continue;
    }
    lastStep = step;
    lastNumber = number;
    person[count] = number;
    xM[count] = x[row] / perMetre;
    yM[count] = y[row] / perMetre;
    count += 1;
    begin[step + 1] = count;
  }
  for (let i = 1; i <= stepCount; i += 1) begin[i] = Math.max(begin[i], begin[i - 1]);
  return { begin, person, xM, yM, repeated: order.length - count };
};

/**
 * Puts rows in the order of frames, and people within a frame in the order of their numbers, whatever the order in the
 * file. A row that repeats another is left out.
 *
 * @throws TRAJECTORY_BAD_ROW (somebody at two places at once), TRAJECTORY_EMPTY, TRAJECTORY_RANGE_EMPTY,
 *   TRAJECTORY_TOO_LONG
 */
export const arrange = (raw: RawTrajectories, options: TimelineOptions): Timeline => {
  const { rows, frameRate } = raw;
  const { path, perMetre } = options;
  const farthest = FARTHEST_M * perMetre;
  const extent = extentOf(rows, farthest);
  if (extent.minX > extent.maxX) throw new StarlingError('TRAJECTORY_EMPTY', { path });
  const span = inRange(spanOf(raw, extent), options);
  const kept = keep(rows, span, farthest);
  const { steps, numbers, people, leftOut, isByPerson } = kept;
  const stepCount = (span.last - span.first) / span.step + 1;
  const byPerson = isByPerson ? kept.order : sortedBy(numbers, kept.order, people);
  const order = sortedBy(steps, byPerson, stepCount);
  const { begin, person, xM, yM, repeated } = copySorted(raw, order, kept, stepCount, perMetre);
  checkGaps(begin, span, frameRate, path);
  const doubts = doubtsOf(leftOut, repeated, span.step);
  const { first: firstFrame, last: lastFrame, step } = span;
  const bounds = {
    minXM: extent.minX / perMetre,
    minYM: extent.minY / perMetre,
    maxXM: extent.maxX / perMetre,
    maxYM: extent.maxY / perMetre,
  };
  return { firstFrame, lastFrame, step, begin, person, xM, yM, people, bounds, doubts };
};
