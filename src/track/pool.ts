import { OBJECT_CLASSES } from '../contract/index.ts';
import { AXIS_SIZE } from './kalman.ts';

/** Numbers of filter state per track: the axis across, then the axis down. */
export const STATE_SIZE = 2 * AXIS_SIZE;
/** Past observations that a track remembers. */
export const HISTORY_SIZE = 8;

/**
 * All live tracks, one column per property, oldest first. Lengths are in heights of the picture, times in seconds.
 */
export interface TrackPool {
  count: number;
  capacity: number;
  id: Uint32Array;
  group: Uint8Array;
  /** Filter state now; see `kalman.ts`. */
  state: Float64Array;
  /** Filter state when last observed, for the re-update after a gap. */
  savedState: Float64Array;
  /** Sides of the box that the filter state describes: left, top, right, bottom. */
  left: Float64Array;
  top: Float64Array;
  right: Float64Array;
  bottom: Float64Array;
  bornAtS: Float64Array;
  observedAtS: Float64Array;
  /** Frames since it was last observed: 0 when this frame observed it. */
  missedFrames: Uint32Array;
  hits: Uint32Array;
  /** Score of the last observation. */
  score: Float64Array;
  /** Highest score of any observation. */
  bestScore: Float64Array;
  /** Mean score over time, misses counted as 0: a decayed sum and the weight it carries. */
  scoreSum: Float64Array;
  scoreWeight: Float64Array;
  /** Middle of the box where it began, or where its standing was last doubted. */
  birthX: Float64Array;
  birthY: Float64Array;
  /** Mean of all its boxes: the place of a thing that never moves. */
  homeLeft: Float64Array;
  homeTop: Float64Array;
  homeRight: Float64Array;
  homeBottom: Float64Array;
  hasMoved: Uint8Array;
  confirmed: Uint8Array;
  /** Observation of this frame that it was matched with, or -1. */
  match: Int32Array;
  /** Summed scores per class. */
  votes: Float64Array;
  historyX: Float64Array;
  historyY: Float64Array;
  historyS: Float64Array;
  historyCount: Uint32Array;
}

/** Numbers per track in each column. */
const WIDTHS: Readonly<Partial<Record<string, number>>> = {
  state: STATE_SIZE,
  savedState: STATE_SIZE,
  votes: OBJECT_CLASSES.length,
  historyX: HISTORY_SIZE,
  historyY: HISTORY_SIZE,
  historyS: HISTORY_SIZE,
};

/** An empty pool with room for `capacity` tracks. */
export const createPool = (capacity: number): TrackPool => ({
  count: 0,
  capacity,
  id: new Uint32Array(capacity),
  group: new Uint8Array(capacity),
  state: new Float64Array(capacity * STATE_SIZE),
  savedState: new Float64Array(capacity * STATE_SIZE),
  left: new Float64Array(capacity),
  top: new Float64Array(capacity),
  right: new Float64Array(capacity),
  bottom: new Float64Array(capacity),
  bornAtS: new Float64Array(capacity),
  observedAtS: new Float64Array(capacity),
  missedFrames: new Uint32Array(capacity),
  hits: new Uint32Array(capacity),
  score: new Float64Array(capacity),
  bestScore: new Float64Array(capacity),
  scoreSum: new Float64Array(capacity),
  scoreWeight: new Float64Array(capacity),
  birthX: new Float64Array(capacity),
  birthY: new Float64Array(capacity),
  homeLeft: new Float64Array(capacity),
  homeTop: new Float64Array(capacity),
  homeRight: new Float64Array(capacity),
  homeBottom: new Float64Array(capacity),
  hasMoved: new Uint8Array(capacity),
  confirmed: new Uint8Array(capacity),
  match: new Int32Array(capacity),
  votes: new Float64Array(capacity * OBJECT_CLASSES.length),
  historyX: new Float64Array(capacity * HISTORY_SIZE),
  historyY: new Float64Array(capacity * HISTORY_SIZE),
  historyS: new Float64Array(capacity * HISTORY_SIZE),
  historyCount: new Uint32Array(capacity),
});

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

const columnsOf = (pool: TrackPool): [name: string, column: Column][] =>
  Object.entries(pool).flatMap(([name, column]): [string, Column][] =>
    typeof column === 'number' ? [] : [[name, column]],
  );

/** Copies tracks to a pool with room for at least `capacity`. */
export const growPool = (pool: TrackPool, capacity: number): TrackPool => {
  const grown = createPool(Math.max(capacity, pool.capacity * 2));
  const target = new Map(columnsOf(grown));
  for (const [name, column] of columnsOf(pool)) target.get(name)?.set(column);
  grown.count = pool.count;
  return grown;
};

/** Removes the tracks that `isDead` names, keeping the others in order. */
export const createReaper = (pool: TrackPool): ((isDead: (track: number) => boolean) => void) => {
  const columns = columnsOf(pool).map(([name, column]) => ({ column, width: WIDTHS[name] ?? 1 }));
  return (isDead) => {
    let kept = 0;
    for (let i = 0; i < pool.count; i++) {
      if (isDead(i)) continue;
      if (kept !== i)
        for (const { column, width } of columns) column.copyWithin(kept * width, i * width, (i + 1) * width);
      kept++;
    }
    pool.count = kept;
  };
};
