/** Which track goes with which detection: costs of the pairs worth looking at, and their optimal assignment. */
import { createAssignmentSolver, type SparseCosts } from './assignment.ts';
import { firstFrom, type Observations } from './observations.ts';
import { type BoxColumns, bufferedIouOf } from './overlap.ts';
import { writeSeenBox } from './motion.ts';
import type { TrackPool } from './pool.ts';

/** One round of association. */
export interface Round {
  /** Tracks that take part, besides those already matched. */
  readonly admitsTrack: (track: number) => boolean;
  /** Detections that take part, besides those already taken. */
  readonly admitsDetection: (detection: number) => boolean;
  /** Part of their sides by which boxes are grown on every side. */
  readonly buffer: number;
  /** Smallest overlap of a pair. */
  readonly minOverlap: number;
  /** Where tracks are looked for: where they are predicted to be, or where they were last seen. */
  readonly place: 'predicted' | 'seen';
}

/** Matches tracks with detections, round after round; a match lands in `pool.match`, and `taken` marks its detection. */
export interface Matcher {
  /** 1 for every detection that has a track. */
  readonly taken: Uint8Array;
  /** Begins a frame: nothing is taken. */
  begin(pool: TrackPool, observations: Observations): void;
  /**
   * One round: the assignment with the smallest sum of 1 - overlap + `extraCost`; a pair that costs more than
   * leaving its track unmatched, 1 - minOverlap, stays apart.
   */
  match(round: Round): void;
}

interface Costs extends SparseCosts {
  edges: number;
  /** Track of each row. */
  track: Int32Array;
}

const grown = (length: number, needed: number): number => Math.max(needed, length * 2);

const reserveEdges = (costs: Costs, needed: number): void => {
  if (costs.column.length >= needed) return;
  const column = new Int32Array(grown(costs.column.length, needed));
  const cost = new Float64Array(column.length);
  column.set(costs.column);
  cost.set(costs.cost);
  costs.column = column;
  costs.cost = cost;
};

const reserveRows = (costs: Costs, needed: number): void => {
  if (costs.track.length >= needed) return;
  costs.track = new Int32Array(grown(costs.track.length, needed));
  costs.rowStart = new Int32Array(costs.track.length + 1);
};

const createCosts = (): Costs => ({
  rows: 0,
  columns: 0,
  edges: 0,
  rowStart: new Int32Array(65),
  column: new Int32Array(256),
  cost: new Float64Array(256),
  track: new Int32Array(64),
});

const createPart = (): BoxColumns => ({
  left: new Float64Array(1),
  top: new Float64Array(1),
  right: new Float64Array(1),
  bottom: new Float64Array(1),
});

const copyBox = (from: BoxColumns, i: number, to: BoxColumns): void => {
  to.left[0] = from.left[i];
  to.top[0] = from.top[i];
  to.right[0] = from.right[i];
  to.bottom[0] = from.bottom[i];
};

/** A matcher whose pairs cost `extraCost` besides what they lack in overlap. */
export const createMatcher = (
  aspectRatio: number,
  extraCost: (track: number, detection: number) => number,
): Matcher => {
  const solver = createAssignmentSolver();
  const costs = createCosts();
  let pool: TrackPool;
  let o: Observations;
  let taken = new Uint8Array(64);

  /** The part of a track's box that the picture shows: detections end at its border, too. */
  const part = createPart();
  const showPart = (track: number, place: Round['place']): void => {
    if (place === 'seen') writeSeenBox(pool, track, part);
    else copyBox(pool, track, part);
    part.left[0] = Math.max(0, part.left[0]);
    part.top[0] = Math.max(0, part.top[0]);
    part.right[0] = Math.max(part.left[0], Math.min(aspectRatio, part.right[0]));
    part.bottom[0] = Math.max(part.top[0], Math.min(1, part.bottom[0]));
  };

  const addPairs = (round: Round, track: number): void => {
    showPart(track, round.place);
    const reach = round.buffer * (part.right[0] - part.left[0] + o.maxWidth);
    const end = part.right[0] + reach;
    for (let d = firstFrom(o, part.left[0] - reach - o.maxWidth); d < o.count && o.left[d] <= end; d++) {
      if (taken[d] || o.group[d] !== pool.group[track] || !round.admitsDetection(d)) continue;
      const overlap = bufferedIouOf(part, 0, o, d, round.buffer);
      if (overlap === 0 || overlap < round.minOverlap) continue;
      costs.column[costs.edges] = d;
      costs.cost[costs.edges++] = 1 - overlap + extraCost(track, d);
    }
  };

  const fill = (round: Round): void => {
    costs.rows = 0;
    costs.edges = 0;
    costs.columns = o.count;
    reserveRows(costs, pool.count);
    for (let track = 0; track < pool.count; track++) {
      if (pool.match[track] >= 0 || !round.admitsTrack(track)) continue;
      reserveEdges(costs, costs.edges + o.count);
      costs.rowStart[costs.rows] = costs.edges;
      addPairs(round, track);
      if (costs.edges > costs.rowStart[costs.rows]) costs.track[costs.rows++] = track;
    }
    costs.rowStart[costs.rows] = costs.edges;
  };

  return {
    get taken() {
      return taken;
    },
    begin(tracks, observations) {
      pool = tracks;
      o = observations;
      if (taken.length < o.count) taken = new Uint8Array(grown(taken.length, o.count));
      taken.fill(0, 0, o.count);
      pool.match.fill(-1, 0, pool.count);
    },
    match(round) {
      fill(round);
      const matches = solver.solve(costs, 1 - round.minOverlap);
      for (let row = 0; row < costs.rows; row++) {
        const detection = matches[row];
        if (detection < 0) continue;
        pool.match[costs.track[row]] = detection;
        taken[detection] = 1;
      }
    },
  };
};
