/**
 * Headway: the time between one person's crossing of a gate and the next one's.
 */
import type { Estimate } from '../../contract/index.ts';
import { UNKNOWN } from '../statistics/series.ts';
import { grown } from '../track-slots.ts';

/** Headways of one window. */
export interface HeadwayFigures {
  /** Mean time from one person to the next, s. */
  readonly meanS: Estimate;
  /** The shortest, s; null without any. */
  readonly leastS: number | null;
}

/**
 * Gathers crossing times and tells of the headways between them, window by window.
 *
 *   h̄ = Σ h_i / n,  SE = s / √n
 *
 * with s the sample standard deviation of the n headways; unknown for fewer than two. A headway belongs to the window
 * in which it ends. Times may come out of order within a window, as they do where several people cross in one frame.
 * For the headway of one direction, give the crossings of that direction only.
 *
 * Caveat: people walk in groups, so neighbouring headways are alike and the true error is somewhat larger.
 */
export class Headways {
  /** The last crossing of the window before, then those of this one. */
  #timesMs = new Float64Array(64);
  #count = 0;
  #headways = 0;
  /** Mean, and sum of squared deviations from it (Welford). */
  #meanS = 0;
  #squaresS2 = 0;
  #leastS = Number.POSITIVE_INFINITY;

  /** Takes one crossing. */
  add(timeMs: number): void {
    if (!Number.isFinite(timeMs)) return;
    if (this.#count === this.#timesMs.length) this.#timesMs = grown(this.#timesMs, 2 * this.#count);
    this.#timesMs[this.#count++] = timeMs;
  }

  /** Nothing was seen for a while: the time to the next crossing is nobody's headway. */
  interrupt(): void {
    this.#settle();
    this.#count = 0;
  }

  /** Ends the window and tells of its headways. */
  close(): HeadwayFigures {
    this.#settle();
    const figures = this.#figures();
    this.#headways = 0;
    this.#meanS = 0;
    this.#squaresS2 = 0;
    this.#leastS = Number.POSITIVE_INFINITY;
    return figures;
  }

  /** Turns the times so far into headways and keeps the last of them. */
  #settle(): void {
    if (this.#count === 0) return;
    const times = this.#timesMs.subarray(0, this.#count).sort();
    for (let i = 1; i < times.length; i++) {
      const headwayS = (times[i] - times[i - 1]) / 1000;
      this.#headways++;
      const before = headwayS - this.#meanS;
      this.#meanS += before / this.#headways;
      this.#squaresS2 += before * (headwayS - this.#meanS);
      this.#leastS = Math.min(this.#leastS, headwayS);
    }
    times[0] = times[times.length - 1];
    this.#count = 1;
  }

  #figures(): HeadwayFigures {
    const n = this.#headways;
    if (n === 0) return { meanS: UNKNOWN, leastS: null };
    const value = this.#meanS;
    const variance = this.#squaresS2 / (n - 1);
    return { meanS: { value, standardError: n < 2 ? null : Math.sqrt(variance / n) }, leastS: this.#leastS };
  }
}
