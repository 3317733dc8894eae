/**
 * Errors of a mean speed.
 */
import type { DetectionError } from './detection-error.ts';

/** Mean speed of the people of one frame, and what it is worth; rewritten by each call. */
export interface SpeedErrors {
  /** Weighted mean speed, m/s; NaN when nobody's is known. */
  meanMps: number;
  /** Variance from the errors of single speeds and of the weights, m²/s². */
  measuredVariance: number;
  /** Variance from there being so few people, m²/s²; NaN for fewer than two. */
  sampleVariance: number;
}

/**
 * Variance that a mean speed has because not everybody's is in it: those whom the detector missed, what it took for
 * people, and those whose speed is not known yet.
 *
 *   s²·[(1 − r)² + (1 − p)² + (1 − known)² + (SE_N/N)²]
 *
 * As a group, those who are not in it are taken to differ from the others by one standard deviation between people,
 * which does not average out. The last term is by chance: each person too few or too many, by the random part of the
 * count's error, moves the mean by about s/N.
 *
 * @param betweenVariance s², variance of the speeds of different people, m²/s²
 * @param knownShare      share of the people reported whose speed is known, 0 to 1
 * @param randomShare     SE_N/N, random part of the error of the number of people, as a share of it
 * @returns m²/s²
 */
export const selectionVariance = (
  betweenVariance: number,
  knownShare: number,
  detection: DetectionError,
  randomShare = 0,
): number => betweenVariance * (detection.selectionShare ** 2 + (1 - knownShare) ** 2 + randomShare ** 2);
