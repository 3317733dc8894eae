/**
 * What crossed one gate over a stretch of time.
 */
import { type CountsByClass, type Estimate, OBJECT_CLASSES, PERSON_CLASS_INDEX } from '../../contract/index.ts';
import { crossingStandardError, type Direction } from '../flow/crossing.ts';

/** Adds up the crossings of one gate. */
export class GateTally {
  readonly #counts = { in: new Float64Array(OBJECT_CLASSES.length), out: new Float64Array(OBJECT_CLASSES.length) };
  readonly #unresolved = { in: 0, out: 0 };

  /** Takes one crossing. */
  add(direction: Direction, classIndex: number): void {
    this.#counts[direction][classIndex]++;
  }

  /** Takes one track that began or ended on the line. */
  addUnresolved(direction: Direction): void {
    this.#unresolved[direction]++;
  }

  /** Crossings of one direction, all classes. */
  count(direction: Direction): number {
    return this.#counts[direction].reduce((sum, count) => sum + count, 0);
  }

  /** Crossings of one direction with their standard error. */
  estimate(direction: Direction): Estimate {
    const value = this.count(direction);
    return { value, standardError: crossingStandardError(value, this.#unresolved[direction]) };
  }

  /** People who crossed, both ways. */
  get people(): number {
    return this.#counts.in[PERSON_CLASS_INDEX] + this.#counts.out[PERSON_CLASS_INDEX];
  }

  /** Standard error of in + out. */
  get standardError(): number {
    return crossingStandardError(this.count('in') + this.count('out'), this.#unresolved.in + this.#unresolved.out);
  }

  /** Crossings by class, for those that crossed at all. */
  get byClass(): CountsByClass {
    const { in: into, out } = this.#counts;
    const crossed = OBJECT_CLASSES.flatMap((name, i) =>
      into[i] + out[i] > 0 ? [[name, { in: into[i], out: out[i] }] as const] : [],
    );
    return Object.fromEntries(crossed);
  }
}
