/**
 * Which tracks count as real objects.
 *
 * What moves needs a few observations. What never moved may be a rock or a sign that looks like a person, so it needs a
 * steady score, and loses its standing with it. And what stops where such a thing has been seen before may have gone
 * while its track was left on the rock, so it must prove itself in the same way.
 */
import { moveHome } from './lifecycle.ts';
import { velocityX, velocityY } from './motion.ts';
import { firstFrom, type Observations } from './observations.ts';
import type { TrackerOptions } from './options.ts';
import { containmentOf, iouOf, middleX, middleY, sizeOf } from './overlap.ts';
import type { TrackPool } from './pool.ts';

/** Decides, frame by frame. */
export interface Judge {
  /** Sets `confirmed` of all tracks, after they were updated. */
  judge(pool: TrackPool, observations: Observations, nowS: number, dtS: number): void;
}

/** A first observation stands for as much time as this in the mean score, s. */
const FIRST_WEIGHT_S = 0.1;
/** How far below the threshold a thing that never moved must fall to lose its standing. */
const STILL_HYSTERESIS = 0.1;
/** Overlap at which a track stands where clutter was: as in every benchmark, half. */
const SAME_PLACE = 0.5;
/** Stronger than any mean score. */
const ESTABLISHED = 2;

const meanScore = (pool: TrackPool, track: number): number => pool.scoreSum[track] / pool.scoreWeight[track];

/** Moves the mean score on by one frame; a miss is a score of 0. */
const noteScore = (pool: TrackPool, track: number, dtS: number, timeS: number): void => {
  const decay = Math.exp(-dtS / timeS);
  const weight = pool.scoreWeight[track] === 0 ? FIRST_WEIGHT_S : dtS;
  const score = pool.missedFrames[track] === 0 ? pool.score[track] : 0;
  pool.scoreSum[track] = pool.scoreSum[track] * decay + weight * score;
  pool.scoreWeight[track] = pool.scoreWeight[track] * decay + weight;
};

const noteMovement = (pool: TrackPool, track: number, moveDistance: number): void => {
  if (pool.missedFrames[track] > 0) return;
  const dx = middleX(pool, track) - pool.birthX[track];
  const dy = middleY(pool, track) - pool.birthY[track];
  const far = moveDistance * sizeOf(pool, track);
  if (dx * dx + dy * dy > far * far) pool.hasMoved[track] = 1;
};

/** A place where something unreal was seen for a while, and is not now: it never moved, and never counted. */
export const isClutter = (pool: TrackPool, track: number, stillTimeS: number): boolean =>
  !pool.confirmed[track] &&
  !pool.hasMoved[track] &&
  pool.missedFrames[track] > 0 &&
  pool.observedAtS[track] - pool.bornAtS[track] >= stillTimeS;

const isStill = (pool: TrackPool, track: number, options: TrackerOptions): boolean => {
  const vx = velocityX(pool, track);
  const vy = velocityY(pool, track);
  return Math.sqrt(vx * vx + vy * vy) * options.stillTimeS < options.moveDistance * sizeOf(pool, track);
};

const standsOnClutter = (pool: TrackPool, track: number, stillTimeS: number): boolean => {
  const homes = { left: pool.homeLeft, top: pool.homeTop, right: pool.homeRight, bottom: pool.homeBottom };
  for (let c = 0; c < pool.count; c++) {
    if (isClutter(pool, c, stillTimeS) && iouOf(pool, track, homes, c) >= SAME_PLACE) return true;
  }
  return false;
};

/** Takes back that a track has moved: from here on it is one that never did. */
const doubt = (pool: TrackPool, track: number): void => {
  pool.hasMoved[track] = 0;
  pool.birthX[track] = middleX(pool, track);
  pool.birthY[track] = middleY(pool, track);
  moveHome(pool, track, 1);
};

const keepsStanding = (pool: TrackPool, track: number, options: TrackerOptions): boolean => {
  const mean = meanScore(pool, track);
  if (mean >= options.stillThreshold) return true;
  if (!pool.hasMoved[track]) return mean >= options.stillThreshold - STILL_HYSTERESIS;
  if (!isStill(pool, track, options) || !standsOnClutter(pool, track, options.stillTimeS)) return true;
  doubt(pool, track);
  return false;
};

/**
 * Observations that a track needs: as many as come within twice the time that they must span, when frames are so far
 * apart. Those of two frames in a row are alike, also in their mistakes; those half a second apart much less so.
 */
const neededHits = (dtS: number, { minHits, confirmTimeS }: TrackerOptions): number =>
  dtS > 0 ? Math.min(minHits, 1 + Math.floor((2 * confirmTimeS) / dtS)) : minHits;

const wasSeenEnough = (pool: TrackPool, track: number, nowS: number, dtS: number, options: TrackerOptions): boolean => {
  const needed = neededHits(dtS, options);
  if (pool.hits[track] < needed) return false;
  return needed === 1 || nowS - pool.bornAtS[track] >= options.confirmTimeS;
};

const deservesStanding = (
  pool: TrackPool,
  track: number,
  nowS: number,
  dtS: number,
  options: TrackerOptions,
): boolean =>
  pool.missedFrames[track] === 0 &&
  wasSeenEnough(pool, track, nowS, dtS, options) &&
  pool.bestScore[track] >= options.newTrackThreshold &&
  meanScore(pool, track) >= (pool.hasMoved[track] ? options.trackHighThreshold / 2 : options.stillThreshold);

/** A judge with its own buffers. */
export const createJudge = (options: TrackerOptions): Judge => {
  /** Per detection: how good a claim its track has to be an object. */
  let claim = new Float64Array(64);

  const claimOf = (pool: TrackPool, track: number, nowS: number, dtS: number): number => {
    if (pool.confirmed[track]) return ESTABLISHED;
    return deservesStanding(pool, track, nowS, dtS, options) ? meanScore(pool, track) : 0;
  };

  const fillClaims = (pool: TrackPool, o: Observations, nowS: number, dtS: number): void => {
    if (claim.length < o.count) claim = new Float64Array(o.count * 2);
    claim.fill(0, 0, o.count);
    for (let track = 0; track < pool.count; track++) {
      if (pool.match[track] >= 0) claim[pool.match[track]] = claimOf(pool, track, nowS, dtS);
    }
  };

  /** Whether the detection is a part of, or a frame around, one with a better claim. */
  const isSecondBox = (o: Observations, d: number): boolean => {
    for (let e = firstFrom(o, o.left[d] - o.maxWidth); e < o.count && o.left[e] < o.right[d]; e++) {
      const isBetter = claim[e] > claim[d] || (claim[e] === claim[d] && e < d);
      if (e === d || !isBetter || o.group[e] !== o.group[d]) continue;
      if (containmentOf(o, d, o, e) >= options.duplicateOverlap) return true;
    }
    return false;
  };

  const decide = (pool: TrackPool, track: number, o: Observations): void => {
    const d = pool.match[track];
    if (pool.confirmed[track]) pool.confirmed[track] = keepsStanding(pool, track, options) ? 1 : 0;
    else if (d >= 0 && claim[d] > 0 && !isSecondBox(o, d)) pool.confirmed[track] = 1;
  };

  return {
    judge(pool, o, nowS, dtS) {
      for (let track = 0; track < pool.count; track++) {
        noteScore(pool, track, dtS, options.stillTimeS);
        noteMovement(pool, track, options.moveDistance);
      }
      fillClaims(pool, o, nowS, dtS);
      for (let track = 0; track < pool.count; track++) decide(pool, track, o);
    },
  };
};
