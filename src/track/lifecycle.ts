/** Birth, absence and death of tracks. */
import { OBJECT_CLASSES } from '../contract/index.ts';
import { beginMotion, saveMotion, velocityX, velocityY } from './motion.ts';
import type { Observations } from './observations.ts';
import type { TrackerOptions } from './options.ts';
import { middleX, middleY, visibleShare } from './overlap.ts';
import { HISTORY_SIZE, type TrackPool } from './pool.ts';

/** Begins a track with observation `i`, and gives its row; the pool must have room. */
export const beginTrack = (
  pool: TrackPool,
  id: number,
  o: Observations,
  i: number,
  nowS: number,
  options: TrackerOptions,
): number => {
  const track = pool.count++;
  pool.id[track] = id;
  pool.group[track] = o.group[i];
  pool.bornAtS[track] = nowS;
  pool.hits[track] = 0;
  pool.bestScore[track] = 0;
  pool.scoreSum[track] = 0;
  pool.scoreWeight[track] = 0;
  pool.hasMoved[track] = 0;
  pool.confirmed[track] = 0;
  pool.historyCount[track] = 0;
  pool.votes.fill(0, track * OBJECT_CLASSES.length, (track + 1) * OBJECT_CLASSES.length);
  pool.match[track] = i;
  beginMotion(pool, track, o, i, options);
  pool.birthX[track] = middleX(pool, track);
  pool.birthY[track] = middleY(pool, track);
  return track;
};

/** Moves the mean of a track's boxes towards its box now by `share` of the way. */
export const moveHome = (pool: TrackPool, track: number, share: number): void => {
  pool.homeLeft[track] += share * (pool.left[track] - pool.homeLeft[track]);
  pool.homeTop[track] += share * (pool.top[track] - pool.homeTop[track]);
  pool.homeRight[track] += share * (pool.right[track] - pool.homeRight[track]);
  pool.homeBottom[track] += share * (pool.bottom[track] - pool.homeBottom[track]);
};

/** Notes that observation `i` supports the track now; its motion has been updated with it. */
export const noteHit = (pool: TrackPool, track: number, o: Observations, i: number, nowS: number): void => {
  pool.hits[track]++;
  pool.missedFrames[track] = 0;
  pool.observedAtS[track] = nowS;
  pool.score[track] = o.score[i];
  pool.bestScore[track] = Math.max(pool.bestScore[track], o.score[i]);
  pool.votes[track * OBJECT_CLASSES.length + o.classIndex[i]] += o.score[i];
  const entry = track * HISTORY_SIZE + (pool.historyCount[track]++ % HISTORY_SIZE);
  pool.historyX[entry] = middleX(o, i);
  pool.historyY[entry] = middleY(o, i);
  pool.historyS[entry] = nowS;
  moveHome(pool, track, 1 / pool.hits[track]);
  saveMotion(pool, track);
};

/** The class with the largest sum of scores. */
export const votedClass = (pool: TrackPool, track: number): number => {
  const from = track * OBJECT_CLASSES.length;
  let best = 0;
  for (let c = 1; c < OBJECT_CLASSES.length; c++) if (pool.votes[from + c] > pool.votes[from + best]) best = c;
  return best;
};

/** Whether a track is past an edge of the picture, and moving outwards. */
const isLeaving = (pool: TrackPool, track: number, aspectRatio: number): boolean =>
  (pool.left[track] < 0 && velocityX(pool, track) < 0) ||
  (pool.right[track] > aspectRatio && velocityX(pool, track) > 0) ||
  (pool.top[track] < 0 && velocityY(pool, track) < 0) ||
  (pool.bottom[track] > 1 && velocityY(pool, track) > 0);

/** An object is in the picture as long as half of its box is. */
export const HALF_IN_VIEW = 0.5;

const isInView = (pool: TrackPool, track: number, aspectRatio: number): boolean =>
  visibleShare(pool.left[track], pool.top[track], pool.right[track], pool.bottom[track], aspectRatio) >= HALF_IN_VIEW;

/** Whether a track that counts is present now: seen, or out of sight for a moment and not on its way out. */
export const isPresent = (pool: TrackPool, track: number, nowS: number, options: TrackerOptions): boolean => {
  if (!isInView(pool, track, options.aspectRatio)) return false;
  if (pool.missedFrames[track] === 0) return true;
  return nowS - pool.observedAtS[track] <= options.coastTimeS && !isLeaving(pool, track, options.aspectRatio);
};

/**
 * Whether a track is over. What counts is kept for the buffer, unless it has left the picture. What never counted is
 * remembered for as long as it was seen: a flicker of noise not at all, a rock that looks like a person for long.
 */
export const isOver = (pool: TrackPool, track: number, nowS: number, options: TrackerOptions): boolean => {
  // However far apart frames are, the next one is looked at before a track is given up.
  if (pool.missedFrames[track] === 0) return false;
  const unseenS = nowS - pool.observedAtS[track];
  const seenS = pool.observedAtS[track] - pool.bornAtS[track];
  if (!pool.confirmed[track] && !pool.hasMoved[track]) return unseenS > Math.max(options.confirmTimeS, seenS);
  return unseenS > options.trackBufferS || !isInView(pool, track, options.aspectRatio);
};
