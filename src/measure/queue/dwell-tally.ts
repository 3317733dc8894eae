/**
 * Sums over the stays in a zone, and the figures made of them. Nothing here is about one person.
 */
import type { Estimate } from '../../contract/index.ts';
import { UNKNOWN } from '../statistics/series.ts';

/** How long people stayed in a zone, and who came and went. */
export interface DwellFigures {
  /**
   * Mean length of the stays that ended, s, of those whose beginning was seen too; SE = s/√n. Stays longer than the
   * recording cannot be among them, so that in a short one it is too small.
   */
  readonly completedS: Estimate;
  /**
   * Mean stay by Little's law, s, in which people who were there before the beginning or are there after the end
   * count for the time that they were seen:
   *
   *   W = L/λ = person-seconds in the zone ÷ people who left it,  SE = W/√n
   *
   * It is the maximum-likelihood mean of stays with a constant chance of ending, however they are cut off, and right
   * for any others when as many come as go. While a zone fills up it is too large, while it empties too small.
   *
   * @see Little, Operations Research 9 (1961) 383; Cox & Oakes, Analysis of Survival Data, 1984, section 3.2
   */
  readonly littleS: Estimate;
  /** People who came over the border. */
  readonly entered: number;
  /** People who left over the border. */
  readonly left: number;
  /** People first seen well inside: there before the beginning, or lost and found again. */
  readonly appeared: number;
  /** People last seen well inside: lost from sight, and not gone. */
  readonly vanished: number;
  /** People still inside at the end. */
  readonly still: number;
}

/** Stays of which both ends were seen, several at once. */
export interface CompletedStays {
  readonly people: number;
  readonly meanS: number;
  /** Of the mean, s; null for one stay. */
  readonly standardErrorS: number | null;
}

/** Adds up stays. */
export class DwellTally {
  entered = 0;
  left = 0;
  appeared = 0;
  vanished = 0;
  still = 0;
  /** Time that people spent in the zone, ms. */
  presenceMs = 0;
  #stays = 0;
  #meanS = 0;
  /** Sum of squared deviations from the mean (Welford). */
  #squares = 0;

  /** Takes a stay of which both ends were seen. */
  complete(stayS: number): void {
    this.#stays++;
    const before = stayS - this.#meanS;
    this.#meanS += before / this.#stays;
    this.#squares += before * (stayS - this.#meanS);
  }

  /** @param minimumStays a mean of fewer is not told: it would be about somebody */
  figures(minimumStays: number): DwellFigures {
    const { entered, left, appeared, vanished, still } = this;
    const stays = this.completed(minimumStays);
    return {
      completedS: stays === null ? UNKNOWN : { value: stays.meanS, standardError: stays.standardErrorS },
      littleS: this.#little(minimumStays),
      entered,
      left,
      appeared,
      vanished,
      still,
    };
  }

  /** Stays that ended, when there are as many as may be told. */
  completed(minimumStays: number): CompletedStays | null {
    const n = this.#stays;
    if (n === 0 || n < minimumStays) return null;
    return { people: n, meanS: this.#meanS, standardErrorS: n < 2 ? null : Math.sqrt(this.#squares / (n - 1) / n) };
  }

  #little(minimumStays: number): Estimate {
    if (this.left === 0 || this.left < minimumStays) return UNKNOWN;
    // Time that the last window counted too early is taken off in this one.
    const value = Math.max(0, this.presenceMs) / 1000 / this.left;
    return { value, standardError: value / Math.sqrt(this.left) };
  }
}
