/**
 * How a zone fills and empties just now: exponential means of its flows.
 */
import type { ZoneMinute } from './zone-minute.ts';

/** What is kept of a mean of the flows, and of one of the change, from minute to minute: half-lives of 8 and 3 minutes. */
const KEEP_FLOW = 2 ** (-1 / 8);
const KEEP_CHANGE = 2 ** (-1 / 3);
/** The same of the slow change, a half-life of 12 minutes. */
const KEEP_SLOW = 2 ** (-1 / 12);

/** Half a person over the memory of the means: no flow is so small that it cannot be at all. */
const LEAST_PEOPLE = 0.5;
/** Nobody's chance to leave is counted higher than this, per minute: a stay of 12 s. */
const MOST_LEAVING = 5;

/** Follows the flows of one zone. */
export class Flows {
  /** Minutes that the means of the flows stand on. */
  #minutes = 0;
  #entered = 0;
  #left = 0;
  #presence = 0;
  /** Minutes that the mean of the change stands on. It begins with one without a change, which is forgotten in time. */
  #steps = 1;
  #change = 0;
  #changeSquared = 0;
  #unexplained = 0;
  #slowSteps = 1;
  #slowChange = 0;
  #last: number | null = null;

  /** Takes the next minute. */
  add({ occupancy, entered, left }: ZoneMinute): void {
    const before = this.#last;
    this.#last = occupancy;
    const net = entered === null || left === null ? null : entered - left;
    if (entered !== null && left !== null)
      this.#addFlows(entered, left, occupancy ?? before ?? 0, before ?? occupancy ?? 0);
    if (occupancy === null || before === null) return;
    const change = occupancy - before;
    this.#steps = this.#steps * KEEP_CHANGE + 1;
    this.#change = this.#change * KEEP_CHANGE + change;
    this.#changeSquared = this.#changeSquared * KEEP_CHANGE + change * change;
    this.#slowSteps = this.#slowSteps * KEEP_SLOW + 1;
    this.#slowChange = this.#slowChange * KEEP_SLOW + change;
    this.#unexplained = this.#unexplained * KEEP_CHANGE + (net === null ? 0 : change - net);
  }

  #addFlows(entered: number, left: number, after: number, before: number): void {
    this.#minutes = this.#minutes * KEEP_FLOW + 1;
    this.#entered = this.#entered * KEEP_FLOW + entered;
    this.#left = this.#left * KEEP_FLOW + left;
    this.#presence = this.#presence * KEEP_FLOW + (before + after) / 2;
  }

  /** Lets the means of before a gap of so many minutes fade. */
  skip(minutes: number): void {
    const keepFlow = KEEP_FLOW ** minutes;
    const keepChange = KEEP_CHANGE ** minutes;
    this.#last = null;
    this.#minutes *= keepFlow;
    this.#entered *= keepFlow;
    this.#left *= keepFlow;
    this.#presence *= keepFlow;
    // What is forgotten is taken to have been without a change.
    this.#steps = this.#steps * keepChange + 1 - keepChange;
    this.#change *= keepChange;
    this.#changeSquared *= keepChange;
    this.#unexplained *= keepChange;
    this.#slowSteps = this.#slowSteps * KEEP_SLOW ** minutes + 1 - KEEP_SLOW ** minutes;
    this.#slowChange *= KEEP_SLOW ** minutes;
  }

  /** Whether anything is known of the flows. */
  get known(): boolean {
    return this.#minutes >= 1;
  }

  /** People who come in, per minute. */
  get enteredPerMin(): number {
    return this.#entered / this.#minutes;
  }

  /** Most likely chance of somebody in the zone to leave it, per minute. */
  get leavingPerMin(): number {
    return this.#left > 0 ? Math.min(MOST_LEAVING, this.#left / this.#presence) : 0;
  }

  /** Change of the occupancy per minute over the last few, whatever its cause. */
  get changePerMin(): number {
    return this.#change / this.#steps;
  }

  /** The same over a longer stretch: surer, and later to notice. */
  get slowChangePerMin(): number {
    return this.#slowChange / this.#slowSteps;
  }

  /** Change that the flows do not explain: people whom the count at the border misses, per minute. */
  get unexplainedPerMin(): number {
    return this.#unexplained / this.#steps;
  }

  /**
   * Variance of the occupancy some minutes ahead, people², if everybody comes and goes by chance and on his own: those
   * who are here stay with probability p = e^(−μh) each, and as many newcomers as a Poisson number of mean (a/μ)(1 − p)
   * are there:
   *
   *   Var = N·p·(1 − p) + (a/μ)·(1 − p)
   *
   * A small chance of both is kept when nobody came or went lately. Without known flows it is that of a random walk
   * with the steps seen.
   *
   * @see Eick, Massey & Whitt, Management Science 39 (1993) 241 (the Mt/G/∞ queue)
   */
  varianceAhead(occupancy: number, minutes: number): number {
    if (!this.known) return ((this.#changeSquared + 1) / this.#steps) * minutes;
    const rate = (this.#entered + LEAST_PEOPLE) / this.#minutes;
    const leaving = Math.min(MOST_LEAVING, (this.#left + LEAST_PEOPLE) / (this.#presence + 1));
    const stay = Math.exp(-leaving * minutes);
    return occupancy * stay * (1 - stay) + (rate / leaving) * (1 - stay);
  }
}
