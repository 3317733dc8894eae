/**
 * The line of a gate on the ground, and whether a step goes over it.
 */
import { type Point, StarlingError } from '../../contract/index.ts';

/** Nearer to the line than this is on it, m: rounding of coordinates, not of people. */
const ON_LINE_M = 1e-5;

/**
 * A directed line a→b, in its own coordinates: how far along it, from a, and how far across, positive to its left.
 *
 * @throws MEASURE_BAD_WIDTH where a and b are the same point
 */
export class GateLine {
  readonly lengthM: number;
  readonly #ax: number;
  readonly #ay: number;
  readonly #unitX: number;
  readonly #unitY: number;

  constructor([ax, ay]: Point, [bx, by]: Point) {
    this.lengthM = Math.hypot(bx - ax, by - ay);
    if (!(this.lengthM > 0)) throw new StarlingError('MEASURE_BAD_WIDTH', { widthM: this.lengthM });
    this.#ax = ax;
    this.#ay = ay;
    this.#unitX = (bx - ax) / this.lengthM;
    this.#unitY = (by - ay) / this.lengthM;
  }

  /** Way along the line from a, m. */
  alongM(x: number, y: number): number {
    return (x - this.#ax) * this.#unitX + (y - this.#ay) * this.#unitY;
  }

  /** Distance from the line, m, positive on the left-hand side of a→b with y up. */
  acrossM(x: number, y: number): number {
    return (y - this.#ay) * this.#unitX - (x - this.#ax) * this.#unitY;
  }

  /** The same line, moved to its left by so much, m; to its right when negative. */
  movedLeft(distanceM: number): GateLine {
    const x = this.#ax - this.#unitY * distanceM;
    const y = this.#ay + this.#unitX * distanceM;
    return new GateLine([x, y], [x + this.#unitX * this.lengthM, y + this.#unitY * this.lengthM]);
  }

  /**
   * Where a step crosses the line between a and b, as a share of the step, 0 to 1; NaN where it does not.
   *
   * A step crosses when it meets the line and does not end on it, so that of two steps that share a point on the
   * line the second counts. To be on the line is to be within 10⁻⁵ m of it. Who walks along the line itself crosses
   * to neither side. A step without a beginning (NaN) crosses nothing.
   */
  crossedAt(fromX: number, fromY: number, toX: number, toY: number): number {
    const before = this.acrossM(fromX, fromY);
    const after = this.acrossM(toX, toY);
    // Most steps are far from the line, on one side of it.
    if (before * after > 0 && Math.abs(before) > ON_LINE_M && Math.abs(after) > ON_LINE_M) return Number.NaN;
    const begin = this.alongM(fromX, fromY);
    const end = this.alongM(toX, toY);
    if (this.#isOn(end, after) || after === 0) return Number.NaN;
    if (this.#isOn(begin, before)) return 0;
    if (!(before * after <= 0)) return Number.NaN;
    const share = before / (before - after);
    const along = begin + share * (end - begin);
    return along >= 0 && along <= this.lengthM ? share : Number.NaN;
  }

  #isOn(along: number, across: number): boolean {
    const beyond = Math.max(0, -along, along - this.lengthM);
    return across * across + beyond * beyond < ON_LINE_M * ON_LINE_M;
  }
}
