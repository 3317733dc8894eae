/**
 * What a detector that misses people, and takes other things for people, does to a count.
 *
 * With n people reported, recall r and precision p, p·n of them are real, and each real person was reported with
 * probability r:
 *
 *   E(N | n) = n·p/r
 *   Var(N | n) = (n·p·(1 − p) + n·p·(1 − r) + ½·(1 − r)) / r²
 *
 * False alarms are binomial, misses negative binomial; the ½ (Jeffreys' prior) stands for those of whom nothing at
 * all was seen, so that an empty zone is not certain to be empty. Neither 1 − r nor 1 − p is taken to be less than its
 * own standard error: a short clip in which nobody was missed does not prove that nobody ever is.
 *
 * Counts are not corrected by p/r: what is told is what was seen. The difference is an error that does not average
 * out, and stands beside the doubt about r and p themselves:
 *
 *   systematic² = n²·[(p/r − 1)² + (p/r)²·((SE_r/r)² + (SE_p/p)²)]
 *
 * Assumed: errors of different people are independent, and last {@link ERROR_MEMORY_S}. Caveat: where people hide
 * each other, recall falls as density rises; validate in a crowd as dense as the one that matters.
 */
import { type DetectionQuality, ERROR_MEMORY_S } from '../../contract/index.ts';

/** A standard error in two parts, in the unit of the figure. */
export interface ErrorParts {
  /** Falls as more is measured. */
  readonly random: number;
  /** Stays however long one measures. */
  readonly systematic: number;
}

/** What a detector's errors do, worked out once. */
export interface DetectionError {
  /** Random variance for each person reported, people². */
  readonly variancePerPerson: number;
  /** Random variance where nobody is reported, people². */
  readonly varianceOfNobody: number;
  /** Systematic standard error, as a share of the count. */
  readonly systematicShare: number;
  /** Standard error of the mean of a quantity, in standard deviations between people: who was missed may differ. */
  readonly selectionShare: number;
}

/** Nothing known about the detector: its errors are in no figure. */
export const NO_DETECTION_ERROR: DetectionError = Object.freeze({
  variancePerPerson: 0,
  varianceOfNobody: 0,
  systematicShare: 0,
  selectionShare: 0,
});

/**
 * Standard errors of recall and precision here. Those of a model's card were measured elsewhere: here there may be
 * twice as many misses, or none, and so for false alarms. The same where nobody said how sure the shares are.
 */
const doubts = (quality: DetectionQuality): { recallSe: number; precisionSe: number } => {
  const { recall, precision, recallSe = 1 - recall, precisionSe = 1 - precision, source } = quality;
  if (source === 'validated here') return { recallSe, precisionSe };
  return { recallSe: Math.max(recallSe, 1 - recall), precisionSe: Math.max(precisionSe, 1 - precision) };
};

/** What a detector of this quality does to counts; see the head of this file. Null: nothing is known about it. */
export const detectionErrorOf = (quality: DetectionQuality | null): DetectionError => {
  if (quality === null) return NO_DETECTION_ERROR;
  const { recall: r, precision: p } = quality;
  const { recallSe, precisionSe } = doubts(quality);
  const missed = Math.max(1 - r, recallSe);
  const madeUp = Math.max(1 - p, precisionSe);
  return {
    variancePerPerson: (p * (missed + madeUp)) / r ** 2,
    varianceOfNobody: (0.5 * missed) / r ** 2,
    systematicShare: Math.hypot(p / r - 1, (p / r) * Math.hypot(recallSe / r, precisionSe / p)),
    selectionShare: Math.hypot(missed, madeUp),
  };
};

/**
 * How many times over a detector's errors are drawn anew in a stretch of time; at least once.
 *
 * @param measuredS time that was measured, s
 */
export const independentLooks = (measuredS: number): number => Math.max(1, measuredS / ERROR_MEMORY_S);

/**
 * Errors of a number of people that come from the detector: of one frame, of a mean over time, or of crossings.
 *
 * A crossing is missed when the person is not seen on the way over the line, which is as likely as not being seen at
 * any other time: 3 of 51 crossings of PETS 2009 S2.L1 were, where recall is 0.936. So each crossing is a look of
 * its own, and `looks` is 1.
 *
 * @param people number (or mean number) reported, ≥ 0
 * @param looks  independent looks that a mean is made of; 1 for a frame and for crossings
 * @returns people
 */
export const countErrors = (error: DetectionError, people: number, looks = 1): ErrorParts => ({
  random: Math.sqrt((people * error.variancePerPerson + error.varianceOfNobody) / looks),
  systematic: people * error.systematicShare,
});

/** Variance of both parts together, in the square of their unit. */
export const totalVariance = ({ random, systematic }: ErrorParts): number => random ** 2 + systematic ** 2;
