/**
 * Settles tracks with a little hindsight: every frame is handed on `smoothLagS` seconds late, after what was learned
 * since has been written back into it.
 *
 * ```
 *                 frame ->   1  2  3  4  5  6  7  8            o seen   O seen and counted   . predicted
 *   counted from 3 on        o  o  O  O  O                 ->  O O O O O      counts from the first sight on
 *   lost and found           O  O  .  .  .  O  O           ->  O O ~ ~ ~ O O  on the straight line between
 *   never counted            o     o                       ->  nothing
 *   left, or hidden for good O  O  .  .                    ->  O O            what was only predicted is taken back
 * ```
 *
 * and every box is smoothed over the frames before and after; see `smoothing.ts`.
 */
import { createTracks, type Tracks } from '../contract/index.ts';
import { HALF_IN_VIEW } from './lifecycle.ts';
import { visibleShare } from './overlap.ts';
import { createSmoother } from './smoothing.ts';
import { copyTracks, interpolateRow, keepRows, rowOf } from './track-rows.ts';

/** Options of {@link createFixedLag}. */
export interface FixedLagOptions {
  /** How far behind its input the output runs, s. Longer bridges longer gaps; 0 only drops what does not count. */
  readonly smoothLagS: number;
  /** Width of the picture over its height. */
  readonly aspectRatio: number;
}

/** Tracks in; the same tracks, settled, a fixed time later out. */
export interface FixedLag {
  /**
   * Takes the next frame, and gives the frames that are due: those at least the lag older, oldest first. A frame's
   * columns are used again once the next one is asked for. Iterate to the end before pushing again.
   */
  push(tracks: Tracks): Iterable<Tracks>;
  /** Gives the frames still held, at the end of a recording. */
  flush(): Iterable<Tracks>;
}

/** A frame that waits. `settled` marks the rows that were seen, or that lie between two sightings. */
interface HeldFrame {
  tracks: Tracks;
  settled: Uint8Array;
}

const DEFAULT_LAG: FixedLagOptions = { smoothLagS: 1.5, aspectRatio: 16 / 9 };

const createHeldFrame = (capacity: number): HeldFrame => ({
  tracks: createTracks(capacity),
  settled: new Uint8Array(capacity),
});

const holdCopy = (tracks: Tracks, spare: HeldFrame | undefined): HeldFrame => {
  const fits = spare && spare.settled.length >= tracks.count;
  const held = fits ? spare : createHeldFrame(Math.max(64, tracks.count * 2));
  copyTracks(tracks, held.tracks);
  held.settled.set(tracks.observed.subarray(0, tracks.count));
  return held;
};

/** Puts a track on the straight line between two sightings, in the frames held from `from` to before `to`. */
const bridge = (held: readonly HeldFrame[], before: Tracks, from: number, to: number, id: number): void => {
  for (let k = from; k < to; k++) {
    const row = rowOf(held[k].tracks, id);
    interpolateRow(held[k].tracks, row, before, held[to].tracks);
    held[k].tracks.confirmed[row] = 1;
    held[k].settled[row] = 1;
  }
};

const lastSighting = (past: readonly HeldFrame[], id: number): Tracks | undefined =>
  past.findLast(({ tracks }) => rowOf(tracks, id) >= 0)?.tracks;

/**
 * Writes back what the newest frame says about one track that was seen in it and counts. Goes back no further than
 * the last frame in which that was known already. A gap that began before the frames held is bridged from the last
 * sighting in those just handed on.
 */
const settleTrack = (past: readonly HeldFrame[], held: readonly HeldFrame[], id: number): void => {
  let later = held.length - 1;
  for (let k = later - 1; k >= 0; k--) {
    const row = rowOf(held[k].tracks, id);
    if (row < 0) return;
    if (held[k].settled[row]) {
      bridge(held, held[k].tracks, k + 1, later, id);
      if (later === k + 1 && held[k].tracks.confirmed[row]) return;
      held[k].tracks.confirmed[row] = 1;
      later = k;
    }
  }
  const before = later > 0 ? lastSighting(past, id) : undefined;
  if (before) bridge(held, before, 0, later, id);
};

/** A class is a vote, which more sightings make surer: the last one held counts. */
const lastClass = (held: readonly HeldFrame[], id: number): number => {
  for (let k = held.length - 1; ; k--) {
    const row = rowOf(held[k].tracks, id);
    if (row >= 0) return held[k].tracks.classIndex[row];
  }
};

const isInView = ({ left, top, right, bottom }: Tracks, row: number): boolean =>
  visibleShare(left[row], top[row], right[row], bottom[row], 1) >= HALF_IN_VIEW;

const settleNewest = (past: readonly HeldFrame[], held: readonly HeldFrame[]): void => {
  const { tracks } = held[held.length - 1];
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.confirmed[row] && tracks.observed[row]) settleTrack(past, held, tracks.id[row]);
  }
};

/**
 * A fixed lag behind a tracker, for recordings and live pictures alike.
 *
 * @example
 * const tracker = createTracker({ aspectRatio: 4 / 3 });
 * const lag = createFixedLag({ aspectRatio: 4 / 3 });
 * for await (const detections of source) for (const tracks of lag.push(tracker.update(detections))) measure(tracks);
 * for (const tracks of lag.flush()) measure(tracks);
 */
export const createFixedLag = (options: Partial<FixedLagOptions> = {}): FixedLag => {
  const { smoothLagS, aspectRatio } = { ...DEFAULT_LAG, ...options };
  const held: HeldFrame[] = [];
  const past: HeldFrame[] = [];
  const spare: HeldFrame[] = [];
  const lagMs = smoothLagS * 1000;
  const smoother = createSmoother(lagMs, aspectRatio);

  /** Takes the oldest frame out of those that wait, and keeps it as past for the smoothing of the next ones. */
  const settleOldest = (): Tracks => {
    const oldest = held[0];
    const { tracks, settled } = oldest;
    keepRows(tracks, (row) => tracks.confirmed[row] === 1 && settled[row] === 1 && isInView(tracks, row));
    settled.fill(1, 0, tracks.count);
    for (let row = 0; row < tracks.count; row++) tracks.classIndex[row] = lastClass(held, tracks.id[row]);
    while (past.length > 0 && past[0].tracks.timeMs < tracks.timeMs - lagMs) spare.push(...past.splice(0, 1));
    const smooth = smoother.smooth(past, held);
    past.push(oldest);
    held.shift();
    return smooth;
  };

  const release = function* (isDue: (oldest: Tracks) => boolean): Generator<Tracks> {
    while (held.length > 0 && isDue(held[0].tracks)) yield settleOldest();
  };

  return {
    push(tracks) {
      held.push(holdCopy(tracks, spare.pop()));
      settleNewest(past, held);
      return release((oldest) => oldest.timeMs <= tracks.timeMs - lagMs);
    },
    flush: () => release(() => true),
  };
};
