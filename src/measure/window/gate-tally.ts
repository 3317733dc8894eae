/**
 * What crossed one gate over a stretch of time.
 */
import { type CountsByClass, type Estimate, OBJECT_CLASSES, PERSON_CLASS_INDEX } from '../../contract/index.ts';
import { crossingStandardError, DEFAULT_SIGMAS, type Direction } from '../flow/crossing.ts';
import { countErrors, type DetectionError, type ErrorParts, totalVariance } from '../uncertainty/detection-error.ts';

/** A number for each class. */
type ByClass = Float64Array;

const sum = (numbers: ByClass): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Adds up the crossings of one gate.
 *
 * Recall and precision are those of people; vehicles are taken to be found as well as they are, nothing better being
 * known.
 */
export class GateTally {
  readonly #counts = { in: new Float64Array(OBJECT_CLASSES.length), out: new Float64Array(OBJECT_CLASSES.length) };
  readonly #unresolved = { in: new Float64Array(OBJECT_CLASSES.length), out: new Float64Array(OBJECT_CLASSES.length) };

  readonly #sigmas: number;

  /**
   * @param sigmas how many standard errors beyond the line a point has to be to be believed there; infinity for
   *   positions that are taken at their word
   */
  constructor(sigmas?: number) {
    this.#sigmas = sigmas ?? DEFAULT_SIGMAS;
  }

  /** Errors of a number of crossings: of the tracks that showed them, and of whom the detector missed or made up. */
  #errors(counted: number, unresolved: number, detection: DetectionError): ErrorParts {
    const ofTracks = crossingStandardError(counted, unresolved, this.#sigmas);
    const { random, systematic } = countErrors(detection, counted);
    return { random: Math.hypot(ofTracks, random), systematic };
  }

  #variance(counted: number, unresolved: number, detection: DetectionError): number {
    return totalVariance(this.#errors(counted, unresolved, detection));
  }

  /** Takes one crossing. */
  add(direction: Direction, classIndex: number): void {
    this.#counts[direction][classIndex]++;
  }

  /** Takes one track that began or ended on the line. */
  addUnresolved(direction: Direction, classIndex: number): void {
    this.#unresolved[direction][classIndex]++;
  }

  /** Crossings of one direction, all classes. */
  count(direction: Direction): number {
    return sum(this.#counts[direction]);
  }

  /** Crossings of one direction with their standard error. */
  estimate(direction: Direction, detection: DetectionError): Estimate {
    const value = this.count(direction);
    const variance = this.#variance(value, sum(this.#unresolved[direction]), detection);
    return { value, standardError: Math.sqrt(variance) };
  }

  /** People who crossed, both ways. */
  get people(): number {
    return this.#counts.in[PERSON_CLASS_INDEX] + this.#counts.out[PERSON_CLASS_INDEX];
  }

  /** Errors of the number of people who crossed, both ways. */
  peopleErrors(detection: DetectionError): ErrorParts {
    const unresolved = this.#unresolved.in[PERSON_CLASS_INDEX] + this.#unresolved.out[PERSON_CLASS_INDEX];
    return this.#errors(this.people, unresolved, detection);
  }

  /** Variance of the number of people who crossed, both ways. */
  peopleVariance(detection: DetectionError): number {
    return totalVariance(this.peopleErrors(detection));
  }

  /** Standard error of in + out, all classes. */
  standardError(detection: DetectionError): number {
    const unresolved = sum(this.#unresolved.in) + sum(this.#unresolved.out);
    return Math.sqrt(this.#variance(this.count('in') + this.count('out'), unresolved, detection));
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
