/**
 * Tracking by detection: boxes of single frames in, objects followed through time out.
 *
 * ```
 * detections -> read -> predict -> associate -> update -> begin -> judge -> tracks
 * ```
 */
import { createTracks, type Detections, type Tracks } from '../contract/index.ts';
import { createAssociation } from './association.ts';
import { beginTrack, isOver, isPresent, noteHit, votedClass } from './lifecycle.ts';
import { footVarianceX, footVarianceY, predictMotion, reUpdateMotion, updateMotion } from './motion.ts';
import { createObservationReader, type Observations } from './observations.ts';
import { DEFAULT_TRACKER_OPTIONS, type TrackerOptions } from './options.ts';
import { createPool, createReaper, growPool, type TrackPool } from './pool.ts';
import { createJudge, isClutter } from './standing.ts';

/** Follows objects from frame to frame. */
export interface Tracker {
  /**
   * Takes the detections of the next frame.
   *
   * Time is that of the detections, so frames may be left out or come at a varying rate; time that runs backwards is
   * a new recording, and ends every track. Detections that are not finite, or empty, are not looked at.
   *
   * @returns all live tracks, those that do not count (yet) with `confirmed` 0, in rising order of id; the columns are
   *   used again at the next call
   */
  update(detections: Detections): Tracks;
}

const writeTrack = (tracks: Tracks, pool: TrackPool, t: number, nowS: number, options: TrackerOptions): void => {
  const { aspectRatio } = options;
  tracks.id[t] = pool.id[t];
  tracks.left[t] = pool.left[t] / aspectRatio;
  tracks.right[t] = pool.right[t] / aspectRatio;
  tracks.top[t] = pool.top[t];
  tracks.bottom[t] = pool.bottom[t];
  tracks.score[t] = pool.score[t];
  tracks.classIndex[t] = votedClass(pool, t);
  tracks.confirmed[t] = pool.confirmed[t] && isPresent(pool, t, nowS, options) ? 1 : 0;
  tracks.observed[t] = pool.missedFrames[t] === 0 ? 1 : 0;
  tracks.footVarianceX[t] = footVarianceX(pool, t) / aspectRatio ** 2;
  tracks.footVarianceY[t] = footVarianceY(pool, t);
};

/**
 * A tracker for one camera. Ids are counters of this tracker: never stored, sent or logged.
 *
 * Methods and their sources are in `association.ts` (who is who), `standing.ts` (what counts), `kalman.ts` and
 * `motion.ts` (where things are); every option names its own source.
 */
export const createTracker = (given: Partial<TrackerOptions> = {}): Tracker => {
  const options: TrackerOptions = { ...DEFAULT_TRACKER_OPTIONS, ...given };
  const reader = createObservationReader(options);
  const association = createAssociation(options);
  const judge = createJudge(options);
  let pool = createPool(64);
  let reap = createReaper(pool);
  let tracks = createTracks(64);
  let nextId = 1;
  let nowS = 0;
  let dtS = 0;

  const isDead = (t: number): boolean => isOver(pool, t, nowS, options);

  const setTime = (timeMs: number): void => {
    const atS = timeMs / 1000;
    if (atS < nowS) pool.count = 0;
    dtS = pool.count === 0 ? 0 : atS - nowS;
    nowS = atS;
  };

  const predictTracks = (): void => {
    for (let t = 0; t < pool.count; t++) {
      if (!isClutter(pool, t, options.stillTimeS)) predictMotion(pool, t, dtS, options);
    }
  };

  const updateTracks = (o: Observations): void => {
    for (let t = 0; t < pool.count; t++) {
      const d = pool.match[t];
      const missed = pool.missedFrames[t]++;
      if (d < 0) continue;
      if (missed > 0) reUpdateMotion(pool, t, o, d, nowS - pool.observedAtS[t], missed + 1, options);
      else updateMotion(pool, t, o, d);
      noteHit(pool, t, o, d, nowS);
    }
  };

  const beginTracks = (o: Observations): void => {
    if (pool.count + o.count > pool.capacity) {
      pool = growPool(pool, pool.count + o.count);
      reap = createReaper(pool);
    }
    for (let d = 0; d < o.count; d++) {
      if (association.beginsTrack(d)) noteHit(pool, beginTrack(pool, nextId++, o, d, nowS, options), o, d, nowS);
    }
  };

  const writeTracks = (detections: Detections): Tracks => {
    if (tracks.id.length < pool.count) tracks = createTracks(pool.count * 2);
    tracks.frame = detections.frame;
    tracks.timeMs = detections.timeMs;
    tracks.count = pool.count;
    for (let t = 0; t < pool.count; t++) writeTrack(tracks, pool, t, nowS, options);
    return tracks;
  };

  return {
    update(detections) {
      setTime(detections.timeMs);
      const o = reader.read(detections);
      predictTracks();
      reap(isDead);
      association.associate(pool, o, nowS, dtS);
      updateTracks(o);
      reap(isDead);
      beginTracks(o);
      judge.judge(pool, o, nowS, dtS);
      return writeTracks(detections);
    },
  };
};
