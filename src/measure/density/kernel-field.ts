/**
 * Gaussian-kernel density: people per m² at every point, smooth where the classic density of a cell would jump.
 */
import { PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { cellCount, type FieldGrid, isNearMask } from '../space/field-grid.ts';
import { GaussianSpread, kernelVarianceM2 } from '../space/gaussian-spread.ts';

/**
 * Density on a grid, a frame at a time:
 *
 *   ρ(cell) = Σ over people of share(cell) ÷ cell area,   share ∝ exp(−d² / 2σ²) within 3 σ
 *
 * Each person's shares of the walkable cells add up to 1, so the field adds up to the people. Somebody whose cell is
 * not walkable, and no neighbour of it either, is left out; so is who has NaN for a coordinate.
 *
 * Caveats: σ decides what the figure means. A wide kernel reads lower in a small crowd, a narrow one reads one person
 * as a peak of 1/(2πσ²), 0.32 per m² with the default. Shares that add up to 1 lose nobody at a wall, but are not even
 * there: of an even crowd the foot of a straight wall shows 0.69 (ln 2), one and a half σ from it 1.07, three σ 1.02.
 * How sure a position is does not widen the kernel here; it does on the camera's mean map.
 *
 * @example
 * const grid = fieldGrid(box, analysis.gridM);
 * const field = new KernelField(grid, maskOf(grid, isWalkable), analysis.kernelM);
 * for (const positions of frames) draw(field.update(positions));
 * @see Silverman, Density Estimation, 1986, chapter 4; Helbing, Johansson & Al-Abideen, Phys. Rev. E 75 (2007)
 *   046109 measure crowds so. The width is a choice, not a finding
 */
export class KernelField {
  /** People per m² of the last frame; NaN where nobody can walk. The next frame overwrites it. */
  readonly densityPerM2: Float64Array;
  readonly #grid: FieldGrid;
  readonly #walkable: Uint8Array;
  /** The field of nobody. */
  readonly #empty: Float64Array;
  readonly #varianceM2: number;
  readonly #spread: GaussianSpread;

  /**
   * @param walkable 1 for cells where people can be
   * @param kernelM σ, m (> 0); at least half a cell is used
   */
  constructor(grid: FieldGrid, walkable: Uint8Array, kernelM = 0.7) {
    this.#grid = grid;
    this.#walkable = walkable;
    this.#varianceM2 = kernelVarianceM2(grid, kernelM);
    this.#spread = new GaussianSpread(grid, walkable);
    this.densityPerM2 = new Float64Array(cellCount(grid)).fill(Number.NaN);
    this.#empty = Float64Array.from(walkable, (isWalkable) => (isWalkable === 1 ? 0 : Number.NaN));
  }

  /**
   * Takes one frame.
   *
   * @returns {@link densityPerM2}
   */
  update(positions: Positions): Float64Array {
    const { densityPerM2 } = this;
    densityPerM2.set(this.#empty);
    const perShare = 1 / this.#grid.cellM ** 2;
    const { cells, shares } = this.#spread;
    for (let i = 0; i < positions.count; i++) {
      const x = positions.x[i];
      const y = positions.y[i];
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX || !isNearMask(this.#grid, this.#walkable, x, y)) continue;
      const count = this.#spread.spread(x, y, this.#varianceM2, 0, this.#varianceM2);
      for (let k = 0; k < count; k++) densityPerM2[cells[k]] += shares[k] * perShare;
    }
    return densityPerM2;
  }
}
