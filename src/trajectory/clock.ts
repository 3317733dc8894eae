/** Frame rates: which are believed, and how they are worked out from times. */
import { StarlingError } from '../contract/index.ts';
import type { Rows } from './rows.ts';

/** One picture in 100 s, and 1,000 a second: nobody films or simulates people outside of that. */
const LOWEST_RATE = 0.01;
const HIGHEST_RATE = 1000;

const refuse = (path: string, reason: string): StarlingError =>
  new StarlingError('TRAJECTORY_BAD_RATE', { path, reason });

/**
 * A frame rate, if it can be one.
 *
 * @throws TRAJECTORY_BAD_RATE
 */
const checkRate = (path: string, rate: number): number => {
  if (rate >= LOWEST_RATE && rate <= HIGHEST_RATE) return rate;
  throw refuse(path, `${rate} frames/s is not from ${LOWEST_RATE} to ${HIGHEST_RATE}`);
};

/**
 * The frame rate that a file states, or that it was told to have.
 *
 * @returns null when nobody says
 * @throws TRAJECTORY_BAD_RATE
 */
export const statedRate = (path: string, told: number | undefined, stated: readonly number[]): number | null => {
  if (told !== undefined) return checkRate(path, told);
  if (stated.length === 0) return null;
  if (stated.length > 1) throw refuse(path, `the file says ${stated.join(' and ')} frames/s`);
  return checkRate(path, stated[0]);
};

/** Times that are written with few digits make 29.99 of 30; 29.97 is meant. */
const snapped = (rate: number): number => {
  const whole = Math.round(rate);
  return Math.abs(rate - whole) < 5e-4 * rate ? whole : rate;
};

/** How far from its place a frame's time may be, as a share of the time between two frames. */
const MOST_JITTER = 0.2;

const isEven = (times: Float64Array, rate: number): boolean =>
  times.every((time) => {
    const frames = (time - times[0]) * rate;
    return Math.abs(frames - Math.round(frames)) <= MOST_JITTER;
  });

/**
 * Frames a second of evenly spaced times, some of which may be missing.
 *
 * The gaps that are not much longer than the shortest one give a first period; each gap is a whole number of periods;
 * the whole length over their sum is the period.
 *
 * @param timesS in any order, each as often as there are people
 * @returns null when they are not evenly spaced
 */
export const rateOfTimes = (timesS: Float64Array): number | null => {
  const sorted = timesS.toSorted();
  const times = sorted.filter((time, i) => i === 0 || time > sorted[i - 1]);
  const gaps = times.subarray(1).map((time, i) => time - times[i]);
  if (gaps.length === 0) return null;
  const shortest = gaps.reduce((a, b) => Math.min(a, b));
  const single = gaps.filter((gap) => gap < 1.5 * shortest);
  const period = single.reduce((sum, gap) => sum + gap, 0) / single.length;
  const periods = gaps.reduce((sum, gap) => sum + Math.round(gap / period), 0);
  const rate = snapped(periods / (times[times.length - 1] - times[0]));
  return isEven(times, rate) ? rate : null;
};

/** Frames a second where each row has a frame and a time; null when they do not go together. */
const rateOfPairs = ({ frame, timeS }: Rows): number | null => {
  let first = 0;
  let last = 0;
  frame.forEach((number, row) => {
    if (number < frame[first]) first = row;
    if (number > frame[last]) last = row;
  });
  const rate = snapped((frame[last] - frame[first]) / (timeS[last] - timeS[first]));
  if (!Number.isFinite(rate)) return null;
  const fits = timeS.every((time, row) => Math.abs((time - timeS[first]) * rate - (frame[row] - frame[first])) <= 0.5);
  return fits ? rate : null;
};

const NOT_EVEN = 'its times are not evenly spaced';

/**
 * Gives frames to rows that have times only: frame 0 is at time 0, and the first row's time is on a frame.
 *
 * @returns the frame rate
 * @throws TRAJECTORY_BAD_RATE
 */
export const numberByTime = (path: string, rows: Rows, known: number | null): number => {
  const { timeS, frame } = rows;
  const rate = known ?? rateOfTimes(timeS);
  if (rate === null) throw refuse(path, NOT_EVEN);
  checkRate(path, rate);
  const firstS = timeS.reduce((a, b) => Math.min(a, b));
  const firstFrame = Math.round(firstS * rate);
  timeS.forEach((time, row) => {
    const frames = (time - firstS) * rate;
    if (Math.abs(frames - Math.round(frames)) > MOST_JITTER)
      throw refuse(path, `its times do not fit ${rate} frames/s`);
    frame[row] = firstFrame + Math.round(frames);
  });
  return rate;
};

/**
 * The frame rate of rows that have both, where nobody states it.
 *
 * @throws TRAJECTORY_BAD_RATE
 */
export const rateByTime = (path: string, rows: Rows): number => {
  const rate = rateOfPairs(rows);
  if (rate === null) throw refuse(path, 'its times and its frames do not go together');
  return checkRate(path, rate);
};
