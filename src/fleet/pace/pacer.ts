/**
 * Lowers the cameras' rates fairly when one looker (a model on a core) is short of time, and raises them again.
 *
 * Too high a load is noticed by frames that were due and not looked at. How much is possible is then told by the time
 * that a look takes, which grows too when others use the core. Rates are raised again only as far as that model says
 * there is room for, so that they do not swing.
 */
import { fairLevel } from './fair-share.ts';

/** A camera, and how often it should be looked at. */
export interface PacedCamera {
  readonly id: string;
  /** 1/s (> 0). */
  readonly askedPerS: number;
}

/** How often a camera may be looked at now. */
export interface Pace {
  /** 1/s. */
  readonly allowedPerS: number;
  /** Whether that is less than was asked for: OVERLOADED. */
  readonly isLowered: boolean;
}

/** Shares the time of one looker among cameras. */
export interface Pacer {
  /** Frames were looked at, together taking `busyMs` of the looker's time. */
  looked(frames: number, busyMs: number): void;
  /** A frame that was due was not looked at for want of time. */
  dropped(): void;
  /** Takes stock; call about once a second. Whether any pace changed. */
  update(nowMs: number): boolean;
  /** The camera's pace now. */
  pace(camera: string): Pace;
}

/** How much of its time the looker is meant to be busy with when time is short. */
const BUSY_SHARE = 0.9;
/** More than this share of the due frames missed is too much; a frame or two in a while are chance. */
const MISSED_SHARE = 0.05;
/** Stock is taken over at least this long, ms. */
const LEAST_PERIOD_MS = 500;
/** Share of the newest period in the mean time of a look. */
const NEWEST = 0.5;
/** What else takes time does not show in the looks: while frames are missed, less and less is counted on. */
const BACK_OFF = 0.85;
const LEAST_TRUST = 0.25;
/** And every period without a miss, a little more. */
const REGAIN = 0.05;
/** The level rises by at most this factor a period, and not for less than this one. */
const FASTEST_RISE = 2;
const LEAST_RISE = 1.05;
/** Frames are not lowered below this: a camera that is never looked at would not be noticed to be well again. */
const LEAST_LEVEL_PER_S = 0.1;

/** What happened since stock was last taken. */
interface Tally {
  frames: number;
  busyMs: number;
  missed: number;
}

const emptyTally = (): Tally => ({ frames: 0, busyMs: 0, missed: 0 });

class FairPacer implements Pacer {
  readonly #asked: ReadonlyMap<string, number>;
  readonly #askedPerS: readonly number[];
  readonly #greatestPerS: number;
  #tally = emptyTally();
  #sinceMs: number | null = null;
  /** Mean time of a look; 0 as long as none was seen. */
  #lookMs = 0;
  /** How much of what the looks promise is believed. */
  #trust = 1;
  /** 1/s; no camera is looked at more often. */
  #level = Number.POSITIVE_INFINITY;

  constructor(cameras: readonly PacedCamera[]) {
    this.#asked = new Map(cameras.map(({ id, askedPerS }) => [id, askedPerS]));
    this.#askedPerS = [...this.#asked.values()];
    this.#greatestPerS = Math.max(0, ...this.#askedPerS);
  }

  looked(frames: number, busyMs: number): void {
    this.#tally.frames += frames;
    this.#tally.busyMs += busyMs;
  }

  dropped(): void {
    this.#tally.missed++;
  }

  update(nowMs: number): boolean {
    this.#sinceMs ??= nowMs;
    // A clock that was set back begins a new period.
    if (nowMs < this.#sinceMs) this.#sinceMs = nowMs;
    if (nowMs - this.#sinceMs < LEAST_PERIOD_MS) return false;
    const before = this.#level;
    this.#takeStock(this.#tally);
    this.#tally = emptyTally();
    this.#sinceMs = nowMs;
    return this.#level !== before;
  }

  pace(camera: string): Pace {
    const asked = this.#asked.get(camera) ?? 0;
    return { allowedPerS: Math.min(asked, this.#level), isLowered: this.#level < asked };
  }

  #takeStock({ frames, busyMs, missed }: Tally): void {
    if (frames > 0) this.#learn(busyMs / frames);
    if (missed > 1 && missed / (frames + missed) > MISSED_SHARE) this.#lower();
    else this.#raise();
  }

  #learn(lookMs: number): void {
    this.#lookMs = this.#lookMs === 0 ? lookMs : this.#lookMs + NEWEST * (lookMs - this.#lookMs);
  }

  /** The level that the looker has time for, as far as is known. */
  #feasibleLevel(): number {
    if (this.#lookMs <= 0) return Number.POSITIVE_INFINITY;
    return fairLevel(this.#askedPerS, (this.#trust * BUSY_SHARE * 1000) / this.#lookMs);
  }

  #lower(): void {
    // The looks alone do not explain it: something else takes the time.
    if (this.#feasibleLevel() >= this.#level) this.#trust = Math.max(LEAST_TRUST, this.#trust * BACK_OFF);
    const fromPerS = Math.min(this.#level, this.#greatestPerS);
    const target = Math.min(this.#feasibleLevel(), BACK_OFF * fromPerS);
    this.#level = Math.max(LEAST_LEVEL_PER_S, target);
  }

  #raise(): void {
    this.#trust = Math.min(1, this.#trust + REGAIN);
    if (this.#level === Number.POSITIVE_INFINITY) return;
    const target = Math.min(this.#feasibleLevel(), FASTEST_RISE * this.#level);
    if (target >= this.#greatestPerS) this.#level = Number.POSITIVE_INFINITY;
    else if (target >= LEAST_RISE * this.#level) this.#level = target;
    // A look that takes longer than it did is followed down without waiting for misses.
    else if (target < this.#level / LEAST_RISE) this.#level = Math.max(LEAST_LEVEL_PER_S, target);
  }
}

/** Makes a pacer in which every camera has the rate it asks for, until time gets short. */
export const createPacer = ({ cameras }: { readonly cameras: readonly PacedCamera[] }): Pacer => new FairPacer(cameras);
