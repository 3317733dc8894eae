/** What a check found, in words; a ledger full of damage does not fill the memory with it. */
import { StarlingError } from '../../../contract/index.ts';
import { asReadError } from './read-only.ts';

/** Told how much of a part is done, 0 to 1. */
export type OnShare = (share: number) => void;

/** Sums of fractions depend on their order in the last digits; this much of a number, or of 1, may differ. */
export const TOLERANCE = 1e-9;

/** More than anybody reads. */
const MOST_PROBLEMS = 100;

/** Gathers problems. */
export class Problems {
  readonly #told: string[] = [];
  #more = 0;

  add(problem: string): void {
    if (this.#told.length < MOST_PROBLEMS) this.#told.push(problem);
    else this.#more++;
  }

  /** Does a part of a check; damage that stops it is a problem, and the next part goes on. */
  guard(part: string, path: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      const failure = asReadError(path, error);
      if (!(failure instanceof StarlingError)) throw failure;
      this.add(`${part} cannot be read to the end: ${String(failure.details['reason'] ?? failure.message)}.`);
    }
  }

  /** All of them, or so many that it makes no difference. */
  list(): string[] {
    return this.#more === 0 ? [...this.#told] : [...this.#told, `… and ${this.#more} more of the like.`];
  }
}

/** An instant as people write it, UTC to the minute. */
export const minuteText = (startS: number): string =>
  new Date(startS * 1000).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
