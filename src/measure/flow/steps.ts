/**
 * The step that brought each person of a frame to where they are: straight, from where they were seen before.
 *
 * Made once a frame, it serves every gate and every zone: a crossing is a step over a line, Edie's time and distance
 * are the parts of steps inside a zone.
 */
import { createPlanarPoints, PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { grown, TrackSlots } from '../track-slots.ts';

/** Steps of one frame's people; column i belongs to position i. Overwritten by the next frame. */
export interface Steps {
  /** Where they are now. */
  positions: Positions;
  /** Time since the frame before, ms; 0 for the first and after a hole that is too long to have seen anything in. */
  elapsedMs: number;
  /** Where the step began, m; NaN without a step. */
  fromX: Float64Array;
  fromY: Float64Array;
  /** How long it took, ms; 0 without a step. */
  durationMs: Float64Array;
  /** Steps that took longer cross lines, and are no way that is known to have been walked, ms. */
  maxWayMs: number;
  /** 1 when it began in the frame before this one. */
  fromFrameBefore: Uint8Array;
  /** Row of state for the person's track; −1 for what is not a person or has no coordinates. */
  slot: Int32Array;
  /** Rows that were given to a new track in this frame: the first `bornCount` of `born`. Their state starts anew. */
  born: Int32Array;
  bornCount: number;
  /** Rows that columns of state need. */
  slotCapacity: number;
}

/** How steps are told from leaps. */
export interface StepOptions {
  /**
   * Who was unseen for longer made no step that is known, ms. Default 1000. Where frames are further apart than
   * that, it has to be longer than the time between two of them.
   */
  readonly maxGapMs?: number;
  /**
   * A step that took longer leads somewhere, but nobody knows by which way: it may cross a line, and adds no time and
   * no way to an area, ms. Default: `maxGapMs`.
   */
  readonly maxWayMs?: number;
  /**
   * A track unseen for this long is forgotten, and with it that it crossed a gate before, ms. Default 10,000. For a
   * file whose ids last as long as the file: infinity.
   */
  readonly lifeMs?: number;
}

const createSteps = (): Steps => ({
  positions: createPlanarPoints('ground', 0),
  elapsedMs: 0,
  fromX: new Float64Array(0),
  fromY: new Float64Array(0),
  durationMs: new Float64Array(0),
  maxWayMs: Number.POSITIVE_INFINITY,
  fromFrameBefore: new Uint8Array(0),
  slot: new Int32Array(0),
  born: new Int32Array(0),
  bornCount: 0,
  slotCapacity: 0,
});

/**
 * Links each person to where they were seen before.
 *
 * A step may span frames in which the person is missing, up to `maxGapMs`. A person whose time does not go forward
 * (a frame that comes twice, a clock that is set back) makes no step, and begins anew there. Ids go in and never come
 * out.
 */
export class StepTracker {
  readonly #maxGapMs: number;
  readonly #slots: TrackSlots;
  readonly #steps = createSteps();
  /** Where, when and in which frame of this run each track was last seen, by row. */
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #timeMs = new Float64Array(0);
  #frame = new Float64Array(0);
  #frames = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor({ maxGapMs = 1000, maxWayMs = maxGapMs, lifeMs = 10_000 }: StepOptions = {}) {
    this.#maxGapMs = maxGapMs;
    this.#steps.maxWayMs = maxWayMs;
    this.#slots = new TrackSlots(lifeMs);
  }

  /** Takes the next frame. What comes back is overwritten by the next call, and stands on `positions`. */
  update(positions: Positions): Steps {
    const steps = this.#steps;
    const { timeMs, count } = positions;
    if (steps.slot.length < count) this.#widen(2 * count);
    const sinceMs = timeMs - this.#lastMs;
    steps.positions = positions;
    steps.elapsedMs = sinceMs > 0 && sinceMs <= steps.maxWayMs ? sinceMs : 0;
    steps.bornCount = 0;
    this.#frames++;
    for (let i = 0; i < count; i++) this.#step(positions, i);
    steps.slotCapacity = this.#slots.capacity;
    this.#slots.sweep(timeMs);
    this.#lastMs = timeMs;
    return steps;
  }

  #widen(length: number): void {
    const steps = this.#steps;
    steps.fromX = new Float64Array(length);
    steps.fromY = new Float64Array(length);
    steps.durationMs = new Float64Array(length);
    steps.fromFrameBefore = new Uint8Array(length);
    steps.slot = new Int32Array(length);
    steps.born = new Int32Array(length);
  }

  #step(positions: Positions, i: number): void {
    const steps = this.#steps;
    const x = positions.x[i];
    const y = positions.y[i];
    const isSomebody = positions.classIndex[i] === PERSON_CLASS_INDEX && Number.isFinite(x) && Number.isFinite(y);
    const slot = isSomebody ? this.#slotOf(positions.id[i], positions.timeMs) : -1;
    const sinceMs = slot < 0 ? Number.NaN : positions.timeMs - this.#timeMs[slot];
    const isKnown = sinceMs > 0 && sinceMs <= this.#maxGapMs;
    steps.slot[i] = slot;
    steps.fromX[i] = isKnown ? this.#x[slot] : Number.NaN;
    steps.fromY[i] = isKnown ? this.#y[slot] : Number.NaN;
    steps.durationMs[i] = isKnown ? sinceMs : 0;
    steps.fromFrameBefore[i] = isKnown && this.#frame[slot] === this.#frames - 1 ? 1 : 0;
    if (slot < 0) return;
    this.#x[slot] = x;
    this.#y[slot] = y;
    this.#timeMs[slot] = positions.timeMs;
    this.#frame[slot] = this.#frames;
  }

  #slotOf(id: number, timeMs: number): number {
    const known = this.#slots.find(id, timeMs);
    if (known >= 0) return known;
    const slot = this.#slots.create(id, timeMs);
    if (this.#timeMs.length < this.#slots.capacity) {
      this.#x = grown(this.#x, this.#slots.capacity);
      this.#y = grown(this.#y, this.#slots.capacity);
      this.#timeMs = grown(this.#timeMs, this.#slots.capacity);
      this.#frame = grown(this.#frame, this.#slots.capacity);
    }
    // Nobody was there before: no time is later than this.
    this.#timeMs[slot] = Number.NaN;
    this.#steps.born[this.#steps.bornCount++] = slot;
    return slot;
  }
}
