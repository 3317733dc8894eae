/**
 * Stop-and-go: people who cannot walk on, but stop and go and stop again. Above a certain density a crowd does not
 * slow down alike; waves of standing run through it, and come before worse.
 */
import type { Positions } from '../../contract/index.ts';
import type { Motion } from '../speed/motion.ts';
import { grown, TrackSlots } from '../track-slots.ts';

/** When somebody is said to stop and go. */
export interface StopAndGoOptions {
  /** Who walked stands below this, m/s. Default 0.2. */
  readonly stopMps?: number;
  /** Who stood walks above this, m/s; more than `stopMps`, so that a trembling speed changes nothing. Default 0.4. */
  readonly goMps?: number;
  /** How many changes between the two it takes. Default 2: to a stand, and on again. */
  readonly leastChanges?: number;
  /** Within how long, ms. Default 20,000. */
  readonly withinMs?: number;
  /** A track unseen for this long is forgotten, ms. Default 5000. */
  readonly lifeMs?: number;
}

/** How somebody moves, at one frame. */
const STEADY = 0;
const STOP_AND_GO = 1;
const UNKNOWN_MANNER = -1;

const NEVER = Number.NEGATIVE_INFINITY;

const STANDS = 1;
const WALKS = 2;

/**
 * Tells who stops and goes, person by person:
 *
 * ```
 *              speed < 0.2 m/s
 *   walks  ------------------------>  stands        each arrow is a change
 *          <------------------------
 *              speed > 0.4 m/s
 * ```
 *
 * A person is in stop-and-go as long as the last two changes lie within the last 20 s.
 *
 * The thresholds and times are contested, and these are a choice made here: Portz and Seyfried saw two phases at one
 * density, people who walk and people who all but stand.
 *
 * Caveats: a person's sway and steps change a speed taken over half a second, and in a slow crowd pass the two
 * thresholds: a laboratory bottleneck reads 0.5 so. One short pause is a stop and a go; the share of person-time tells
 * it from a wave, which takes everybody. Speeds averaged over a second or more, as of camera tracks, miss shorter
 * stops. Waves longer than 20 s, as in great crowds, need a longer time.
 *
 * @see Portz & Seyfried, Analyzing stop-and-go waves by experiment and modeling, Pedestrian and Evacuation Dynamics
 *   2010 (2011) 577; Seyfried, Portz & Schadschneider, arXiv 1006.3546
 */
export class StopAndGo {
  readonly #stopMps: number;
  readonly #goMps: number;
  readonly #kept: number;
  readonly #withinMs: number;
  readonly #lifeMs: number;
  readonly #slots: TrackSlots;
  /** Per row: what it does (0 unknown), when it was last seen, and a ring of the times of its last changes. */
  #doing = new Float64Array(0);
  #seenMs = new Float64Array(0);
  #changedMs = new Float64Array(0);
  #head = new Float64Array(0);
  #manner = new Int8Array(64);
  #lastMs = NEVER;

  constructor(options: StopAndGoOptions = {}) {
    const { stopMps = 0.2, goMps = 0.4, leastChanges = 2, withinMs = 20_000, lifeMs = 5000 } = options;
    this.#stopMps = stopMps;
    this.#goMps = goMps;
    this.#kept = leastChanges;
    this.#withinMs = withinMs;
    this.#lifeMs = lifeMs;
    this.#slots = new TrackSlots(lifeMs);
  }

  /**
   * Takes one frame. Time that runs backwards begins anew.
   *
   * @param motion of the same people, in the same order
   * @returns per person 1 for stop-and-go, 0 for steady, −1 when the speed is unknown; the next call overwrites it
   */
  update(positions: Positions, motion: Motion): Int8Array {
    const { timeMs, count } = positions;
    if (this.#manner.length < count) this.#manner = new Int8Array(2 * count);
    if (timeMs < this.#lastMs) this.#slots.clear();
    this.#lastMs = timeMs;
    for (let i = 0; i < count; i++) {
      const slot = this.#rowOf(positions.id[i], timeMs);
      this.#manner[i] = this.#judge(slot, motion.speedMps[i], timeMs);
    }
    this.#slots.sweep(timeMs);
    return this.#manner;
  }

  #rowOf(id: number, timeMs: number): number {
    const known = this.#slots.find(id, timeMs);
    // An id that comes back after a life is somebody else, swept or not.
    const slot = known >= 0 ? known : this.#newRow(id, timeMs);
    if (known < 0 || timeMs - this.#seenMs[slot] > this.#lifeMs) this.#forget(slot);
    this.#seenMs[slot] = timeMs;
    return slot;
  }

  #newRow(id: number, timeMs: number): number {
    const slot = this.#slots.create(id, timeMs);
    const rows = this.#slots.capacity;
    if (this.#doing.length < rows) {
      this.#doing = grown(this.#doing, rows);
      this.#seenMs = grown(this.#seenMs, rows);
      this.#changedMs = grown(this.#changedMs, rows * this.#kept);
      this.#head = grown(this.#head, rows);
    }
    return slot;
  }

  #forget(slot: number): void {
    this.#doing[slot] = 0;
    this.#head[slot] = 0;
    this.#changedMs.fill(NEVER, slot * this.#kept, (slot + 1) * this.#kept);
  }

  #judge(slot: number, speedMps: number, timeMs: number): number {
    if (Number.isNaN(speedMps)) return UNKNOWN_MANNER;
    const before = this.#doing[slot];
    // Between the two speeds somebody goes on as before, and a newcomer walks.
    const now = speedMps < this.#stopMps ? STANDS : speedMps > this.#goMps || before === 0 ? WALKS : before;
    this.#doing[slot] = now;
    if (before !== 0 && now !== before) {
      this.#changedMs[slot * this.#kept + this.#head[slot]] = timeMs;
      this.#head[slot] = (this.#head[slot] + 1) % this.#kept;
    }
    // The ring is full of the last changes, and its head is the oldest of them.
    const oldest = this.#changedMs[slot * this.#kept + this.#head[slot]];
    return timeMs - oldest <= this.#withinMs ? STOP_AND_GO : STEADY;
  }
}

/**
 * Share of person-time spent in stop-and-go, in a zone over a window:
 *
 *   share = Σ time of those who stop and go ÷ Σ time of those of whom it is known
 */
export class StopAndGoShare {
  #knownS = 0;
  #stopAndGoS = 0;

  /**
   * Takes one frame.
   *
   * @param manner from {@link StopAndGo}
   * @param inside 1 for each person who is in the zone, in the same order
   * @param count how many people there are
   * @param seconds how long the frame stands for, s
   */
  add(manner: Int8Array, inside: Uint8Array, count: number, seconds: number): void {
    for (let i = 0; i < count; i++) {
      if (inside[i] !== 1 || manner[i] === UNKNOWN_MANNER) continue;
      this.#knownS += seconds;
      if (manner[i] === STOP_AND_GO) this.#stopAndGoS += seconds;
    }
  }

  /** The share, 0 to 1; null when it is known of nobody. */
  get value(): number | null {
    return this.#knownS > 0 ? this.#stopAndGoS / this.#knownS : null;
  }
}
