/**
 * Which detection belongs to which track. Rounds, each an optimal assignment of what those before left over:
 *
 * 1. tracks that count, with strong detections, boxes grown a little (C-BIoU's first, ByteTrack's first);
 * 2. tracks that count, with weak detections that are not a second box on a detection already taken (ByteTrack's
 *    second; there for tracks seen a moment ago, here for lost ones too, which pay for the time they were away);
 * 3. tracks that count, with strong detections, boxes grown more (C-BIoU's second);
 * 4. tracks that count, with strong detections, by where they were last seen instead of where they should be by now
 *    (OC-SORT's recovery: they may have stopped);
 * 5. tracks that do not count yet, with what is left, in the same order.
 */
import { createMatcher, type Round } from './matching.ts';
import { firstFrom, type Observations } from './observations.ts';
import type { TrackerOptions } from './options.ts';
import { containmentOf } from './overlap.ts';
import { directionCost, surpriseCost } from './pair-cost.ts';
import type { TrackPool } from './pool.ts';

/** Associates frame by frame. */
export interface Association {
  /** Sets `pool.match` of every track to an observation, or to -1. */
  associate(pool: TrackPool, observations: Observations, nowS: number, dtS: number): void;
  /** Whether observation `d` of the last frame begins a track: nobody has it, and it is no second box. */
  beginsTrack(d: number): boolean;
}

/** The rounds for one kind of track. */
const roundsFor = (
  options: TrackerOptions,
  admitsTrack: Round['admitsTrack'],
  isStrong: Round['admitsDetection'],
  isUsefulWeak: Round['admitsDetection'],
): Record<'first' | 'weak' | 'wide' | 'seen', Round> => {
  const strong = { admitsTrack, admitsDetection: isStrong, minOverlap: 1 - options.matchThreshold };
  const weak = { admitsTrack, admitsDetection: isUsefulWeak, minOverlap: 1 - options.lowMatchThreshold };
  return {
    first: { ...strong, buffer: options.smallBuffer, place: 'predicted' },
    weak: { ...weak, buffer: 0, place: 'predicted' },
    wide: { ...strong, buffer: options.largeBuffer, place: 'predicted' },
    seen: { ...strong, buffer: 0, place: 'seen' },
  };
};

/** An association with its own buffers. */
export const createAssociation = (options: TrackerOptions): Association => {
  let pool: TrackPool;
  let o: Observations;
  let nowS = 0;
  let dtS = 0;
  let shadowed = new Uint8Array(64);

  const awayCost = (track: number): number =>
    options.lostPenalty * Math.min(1, (nowS - dtS - pool.observedAtS[track]) / options.trackBufferS);

  const matcher = createMatcher(
    options.aspectRatio,
    (track, d) =>
      options.inertia * o.score[d] * directionCost(pool, track, o, d, options) +
      options.surpriseWeight * surpriseCost(pool, track, o, d) +
      awayCost(track),
  );

  const isShadowed = (d: number): boolean => {
    for (let e = firstFrom(o, o.left[d] - o.maxWidth); e < o.count && o.left[e] < o.right[d]; e++) {
      if (!matcher.taken[e] || o.score[e] < o.score[d] || o.group[e] !== o.group[d]) continue;
      if (containmentOf(o, d, o, e) >= options.duplicateOverlap) return true;
    }
    return false;
  };

  const markShadows = (): void => {
    if (shadowed.length < o.count) shadowed = new Uint8Array(o.count * 2);
    for (let d = 0; d < o.count; d++) shadowed[d] = !matcher.taken[d] && isShadowed(d) ? 1 : 0;
  };

  const counts = (track: number): boolean => pool.confirmed[track] === 1;
  const isTentative = (track: number): boolean => !counts(track);
  const isStrong = (d: number): boolean => o.score[d] >= options.trackHighThreshold;
  const isUsefulWeak = (d: number): boolean => o.score[d] < options.trackHighThreshold && !shadowed[d];

  const rounds = [counts, isTentative].map((admitsTrack) => roundsFor(options, admitsTrack, isStrong, isUsefulWeak));

  return {
    associate(tracks, observations, atS, stepS) {
      pool = tracks;
      o = observations;
      nowS = atS;
      dtS = stepS;
      matcher.begin(pool, o);
      for (const { first, weak, wide, seen } of rounds) {
        matcher.match(first);
        markShadows();
        matcher.match(weak);
        matcher.match(wide);
        matcher.match(seen);
      }
      markShadows();
    },
    beginsTrack: (d) => !matcher.taken[d] && !shadowed[d],
  };
};
