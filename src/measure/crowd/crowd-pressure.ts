/**
 * Crowd pressure: how unevenly a dense crowd moves.
 */
import { PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { cellCount, type FieldGrid, isNearMask } from '../space/field-grid.ts';
import { GaussianSpread, kernelVarianceM2 } from '../space/gaussian-spread.ts';
import type { Motion } from '../speed/motion.ts';

/** A variance needs two: with fewer people of known velocity in reach of a cell its pressure is unknown. */
const LEAST_PEOPLE = 2;

/**
 * Sums of a cell, side by side in one column so that a cell is one line of the processor's cache: over everybody of
 * the share w, and over those of known velocity their number and w, w vx, w vy, w |v|², w 2s² and w² 2s².
 */
const PRESENCE = 0;
const KNOWN = 1;
const WEIGHT = 2;
const VELOCITY_X = 3;
const VELOCITY_Y = 4;
const SQUARE = 5;
const ERROR = 6;
const SHARED_ERROR = 7;
const SUMS = 8;

/** The variance of a velocity is of two components, a standard error of one. */
const COMPONENTS = 2;

/**
 * Crowd pressure on a grid, a frame at a time:
 *
 *   P(x) = ρ(x) · Var(x),   V = Σ w v / Σ w,   Var = Σ w |v − V|² / Σ w,   w ∝ exp(−d² / R²)
 *
 * in 1/s²; v is the vector, so that people who walk alike and fast have none. R is the paper's radius, and the
 * kernel's standard deviation is R/√2; it is cut off at three of those (2.1 R). The paper's density is Σ w with
 * w = exp(−d²/R²)/(πR²); here each person's weights add up to 1 over the walkable cells, which is the same in the
 * open and loses nobody at a wall.
 *
 * ρ is of everybody, Var of those whose velocity is known; where they are fewer than two within reach, P is unknown.
 *
 * A measured velocity is the true one and an error e, and Var would hold the variance of e too. With known standard
 * errors s (of a component) its expectation is taken off, down to 0:
 *
 *   E[Var(e)] = Σ w · 2s² / W − Σ w² · 2s² / W²,   W = Σ w
 *
 * A standard error of 0, as of laboratory trajectories, takes nothing off. Errors are taken to be alike in x and y
 * and independent between people; the jolts of a shaking camera are not, and cancel in Var by themselves.
 *
 * Caveats: it depends on R and on how velocities were smoothed, so a threshold holds for its own set-up only. The
 * paper saw turbulence above 0.02 1/s², with R = 1 m and velocities of a video's flow. With single people's over
 * 0.6 s, sway and all, a harmless laboratory bottleneck has 0.14 (greatest in the waiting crowd, median) and 0.34 (in
 * the neck). Opposite streams and somebody who runs through have pressure without danger. Cut off at 0, noise that is
 * left raises the mean a little and the greatest value of a zone more.
 *
 * @example
 * const pressure = new CrowdPressure(grid, walkable, analysis.pressureRadiusM);
 * const field = pressure.update(positions, motion);
 * const greatest = zoneMax(field, cells); // cells = zoneCells(grid, polygon), once
 * @see Helbing, Johansson & Al-Abideen, Dynamics of crowd disasters, Phys. Rev. E 75 (2007) 046109
 */
export class CrowdPressure {
  /** Pressure of the last frame, 1/s²; NaN where unknown. The next frame overwrites it. */
  readonly pressurePerS2: Float64Array;
  readonly #grid: FieldGrid;
  readonly #walkable: Uint8Array;
  readonly #varianceM2: number;
  readonly #spread: GaussianSpread;
  readonly #sums: Float64Array;
  /** Cells with somebody in reach, the first `#reached` of them: only they are looked at, and emptied again. */
  readonly #inReach: Uint32Array;
  #reached = 0;

  /**
   * @param walkable 1 for cells where people can be
   * @param radiusM R, m (> 0)
   */
  constructor(grid: FieldGrid, walkable: Uint8Array, radiusM = 1) {
    this.#grid = grid;
    this.#walkable = walkable;
    this.#varianceM2 = kernelVarianceM2(grid, radiusM / Math.SQRT2);
    this.#spread = new GaussianSpread(grid, walkable);
    this.pressurePerS2 = new Float64Array(cellCount(grid)).fill(Number.NaN);
    this.#sums = new Float64Array(cellCount(grid) * SUMS);
    this.#inReach = new Uint32Array(cellCount(grid));
  }

  /**
   * Takes one frame.
   *
   * @param motion of the same people, in the same order
   * @returns {@link pressurePerS2}
   */
  update(positions: Positions, motion: Motion): Float64Array {
    this.#empty();
    const reference = firstKnown(motion);
    for (let i = 0; i < positions.count; i++) {
      const x = positions.x[i];
      const y = positions.y[i];
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX || !isNearMask(this.#grid, this.#walkable, x, y)) continue;
      const count = this.#spread.spread(x, y, this.#varianceM2, 0, this.#varianceM2);
      this.#addPresence(count);
      if (isKnown(motion, i)) this.#addVelocity(count, motion, i, reference);
    }
    return this.#finish();
  }

  #empty(): void {
    for (let i = 0; i < this.#reached; i++) {
      const cell = this.#inReach[i];
      this.#sums.fill(0, cell * SUMS, (cell + 1) * SUMS);
      this.pressurePerS2[cell] = Number.NaN;
    }
    this.#reached = 0;
  }

  /** Shares are never 0: where the sum is, nobody was in reach before. */
  #addPresence(count: number): void {
    const { cells, shares } = this.#spread;
    const sums = this.#sums;
    for (let k = 0; k < count; k++) {
      const at = cells[k] * SUMS + PRESENCE;
      if (sums[at] === 0) this.#inReach[this.#reached++] = cells[k];
      sums[at] += shares[k];
    }
  }

  /** Velocities are taken against one of them, so that a crowd that moves as one has a variance of exactly 0. */
  #addVelocity(count: number, motion: Motion, i: number, reference: number): void {
    const { cells, shares } = this.#spread;
    const sums = this.#sums;
    const x = motion.velocityXMps[i] - motion.velocityXMps[reference];
    const y = motion.velocityYMps[i] - motion.velocityYMps[reference];
    const square = x * x + y * y;
    const standardError = motion.standardErrorMps[i];
    const error = standardError > 0 ? COMPONENTS * standardError ** 2 : 0;
    for (let k = 0; k < count; k++) {
      const at = cells[k] * SUMS;
      const w = shares[k];
      sums[at + KNOWN]++;
      sums[at + WEIGHT] += w;
      sums[at + VELOCITY_X] += w * x;
      sums[at + VELOCITY_Y] += w * y;
      sums[at + SQUARE] += w * square;
      sums[at + ERROR] += w * error;
      sums[at + SHARED_ERROR] += w * w * error;
    }
  }

  #finish(): Float64Array {
    const { pressurePerS2 } = this;
    for (let i = 0; i < this.#reached; i++) {
      const cell = this.#inReach[i];
      pressurePerS2[cell] = this.#pressureAt(cell * SUMS);
    }
    return pressurePerS2;
  }

  #pressureAt(at: number): number {
    const sums = this.#sums;
    if (sums[at + KNOWN] < LEAST_PEOPLE) return Number.NaN;
    const weight = sums[at + WEIGHT];
    const meanX = sums[at + VELOCITY_X] / weight;
    const meanY = sums[at + VELOCITY_Y] / weight;
    const variance = sums[at + SQUARE] / weight - meanX * meanX - meanY * meanY;
    const noise = sums[at + ERROR] / weight - sums[at + SHARED_ERROR] / (weight * weight);
    return (sums[at + PRESENCE] / this.#grid.cellM ** 2) * Math.max(0, variance - noise);
  }
}

const isKnown = ({ velocityXMps, velocityYMps }: Motion, i: number): boolean =>
  Number.isFinite(velocityXMps[i]) && Number.isFinite(velocityYMps[i]);

/** The first whose velocity is known; 0 when nobody's is. */
const firstKnown = (motion: Motion): number => {
  for (let i = 0; i < motion.count; i++) if (isKnown(motion, i)) return i;
  return 0;
};
