/**
 * Remembers the last frames, so that a frame can be looked at together with the one a fixed number of frames before
 * it and the one as many after it.
 *
 * ```
 *   before            at             after = the newest
 *     |---- reach ----|---- reach ----|
 * ```
 *
 * The number of a frame decides, not how many frames came: where frame 17 is missing, frame 12 has none 5 after it.
 */
import { createPlanarPoints, type Positions, StarlingError } from '../../contract/index.ts';
import { TrackSlots } from '../track-slots.ts';

/** A copy of one frame, and where in it each person is. */
export interface KeptFrame {
  /** Its number; NaN when nothing is kept. */
  number: number;
  positions: Positions;
  /** Row of state of each person, in the order of the positions. */
  slots: Int32Array;
  /** Place in the order of the positions, by row of state. Left over from earlier frames where nobody has the row. */
  placeOfSlot: Int32Array;
}

/** Told of a frame as soon as the frame `reach` after it came, or can no longer come; null stands for a missing one. */
export type CompleteFrame = (at: KeptFrame, before: KeptFrame | null, after: KeptFrame | null) => void;

const emptyFrame = (): KeptFrame => ({
  number: Number.NaN,
  positions: createPlanarPoints('ground', 0),
  slots: new Int32Array(0),
  placeOfSlot: new Int32Array(0),
});

const COLUMNS = ['id', 'classIndex', 'x', 'y', 'varianceXX', 'varianceXY', 'varianceYY'] as const;

const copyInto = (kept: KeptFrame, from: Positions): void => {
  if (kept.slots.length < from.count) {
    kept.positions = createPlanarPoints('ground', 2 * from.count);
    kept.slots = new Int32Array(2 * from.count);
  }
  kept.number = from.frame;
  const { positions } = kept;
  positions.frame = from.frame;
  positions.timeMs = from.timeMs;
  positions.count = from.count;
  for (const name of COLUMNS) positions[name].set(from[name].subarray(0, from.count));
};

/** Place in `other` of the person who is at place `i` of `at`; −1 when absent there, or there without coordinates. */
export const placeIn = (other: KeptFrame, at: KeptFrame, i: number): number => {
  const slot = at.slots[i];
  if (slot >= other.placeOfSlot.length) return -1;
  const place = other.placeOfSlot[slot];
  const { positions } = other;
  // The row may have been another's then.
  if (place >= positions.count || positions.id[place] !== at.positions.id[i]) return -1;
  return isPlaced(positions, place) ? place : -1;
};

/** Whether somebody has coordinates. */
export const isPlaced = ({ x, y }: Positions, i: number): boolean => Number.isFinite(x[i]) && Number.isFinite(y[i]);

/** Keeps the last 2 · reach + 1 frames and tells of each when it is complete. */
export class FrameRing {
  readonly #reach: number;
  readonly #complete: CompleteFrame;
  readonly #kept: readonly KeptFrame[];
  /** Time in these is counted in frames. */
  #slots: TrackSlots;
  #last = Number.NEGATIVE_INFINITY;
  /** Number of the first frame that was not told of yet. */
  #next = Number.POSITIVE_INFINITY;

  /** @param reach frames before and after, ≥ 1 */
  constructor(reach: number, complete: CompleteFrame) {
    this.#reach = reach;
    this.#complete = complete;
    this.#kept = Array.from({ length: 2 * reach + 1 }, emptyFrame);
    this.#slots = new TrackSlots(this.#kept.length);
  }

  /**
   * Takes the next frame, which is copied.
   *
   * @throws MEASURE_TIME_BACKWARDS
   */
  push(positions: Positions): void {
    const { frame } = positions;
    if (!(frame > this.#last)) throw new StarlingError('MEASURE_TIME_BACKWARDS', { frame, last: this.#last });
    this.#completeUpTo(Math.min(this.#last, frame - this.#reach - 1));
    if (!(this.#next <= this.#last)) this.#next = frame;
    this.#last = frame;
    this.#keep(positions);
    this.#completeUpTo(frame - this.#reach);
  }

  /** Tells of the frames that nothing comes after any more, and forgets everything. */
  flush(): void {
    this.#completeUpTo(this.#last);
    this.#slots = new TrackSlots(this.#kept.length);
    for (const kept of this.#kept) kept.number = Number.NaN;
    this.#last = Number.NEGATIVE_INFINITY;
    this.#next = Number.POSITIVE_INFINITY;
  }

  #completeUpTo(frame: number): void {
    for (; this.#next <= frame; this.#next++) {
      const at = this.#find(this.#next);
      if (at) this.#complete(at, this.#find(this.#next - this.#reach), this.#find(this.#next + this.#reach));
    }
  }

  #cell(frame: number): KeptFrame {
    const { length } = this.#kept;
    return this.#kept[((frame % length) + length) % length];
  }

  #find(frame: number): KeptFrame | null {
    const kept = this.#cell(frame);
    return kept.number === frame ? kept : null;
  }

  #keep(positions: Positions): void {
    const kept = this.#cell(positions.frame);
    copyInto(kept, positions);
    for (let i = 0; i < positions.count; i++) {
      const known = this.#slots.find(positions.id[i], positions.frame);
      kept.slots[i] = known >= 0 ? known : this.#slots.create(positions.id[i], positions.frame);
    }
    if (kept.placeOfSlot.length < this.#slots.capacity) kept.placeOfSlot = new Int32Array(this.#slots.capacity);
    for (let i = 0; i < positions.count; i++) kept.placeOfSlot[kept.slots[i]] = i;
    this.#slots.sweep(positions.frame);
  }
}
