/**
 * Profiles: Voronoi density and speed on a grid of the ground, frame by frame.
 */
import type { VoronoiCells } from '../density/voronoi-cells.ts';
import { GridOverlap, type ProfileGrid } from './profile-grid.ts';

/** Profiles of one frame, by grid cell, row 0 at the top. */
export interface Profiles {
  /** People per m²; 0 where no Voronoi cell reaches. */
  readonly densityPerM2: Float64Array;
  /** Voronoi speed, m/s; NaN where no cell reaches, or nobody's speed is known whose cell does. */
  readonly speedVoronoiMps: Float64Array;
  /** Mean speed of the people whose cells reach into the grid cell, m/s; NaN likewise. */
  readonly speedArithmeticMps: Float64Array;
}

/** Makes the profiles of one frame after the other, in the same columns. */
export class Profiler {
  readonly profiles: Profiles;
  readonly #overlap: GridOverlap;
  readonly #squareM2: number;
  /** By grid cell: number of people of known speed, and the area that people of known and of unknown speed cover. */
  readonly #people: Float64Array;
  readonly #known: Float64Array;
  readonly #unknown: Float64Array;

  constructor(grid: ProfileGrid) {
    const squares = grid.columns * grid.rows;
    this.#overlap = new GridOverlap(grid);
    this.#squareM2 = grid.cellM ** 2;
    this.#people = new Float64Array(squares);
    this.#known = new Float64Array(squares);
    this.#unknown = new Float64Array(squares);
    this.profiles = {
      densityPerM2: new Float64Array(squares),
      speedVoronoiMps: new Float64Array(squares),
      speedArithmeticMps: new Float64Array(squares),
    };
  }

  /**
   * Profiles of a frame. With g a grid cell:
   *
   *   ρ(g) = Σ (|cell ∩ g| ÷ |cell|) ÷ |g|
   *   v(g) = Σ |cell ∩ g| · speed ÷ |g|        (Voronoi)
   *   v(g) = mean speed of all with |cell ∩ g| > 0   (arithmetic)
   *
   * |g| is the whole square, also where part of it is no walkable area. People of unknown speed are left out of both
   * speeds, with the ground that they cover.
   *
   * @param cells    all cells of the frame
   * @param speedMps by row, NaN where unknown
   * @returns columns that the next call overwrites
   * @see Seyfried et al., in: Pedestrian and Evacuation Dynamics 2008, on profiles from Voronoi cells
   */
  profile(cells: VoronoiCells, speedMps: Float64Array): Profiles {
    const { densityPerM2, speedVoronoiMps, speedArithmeticMps } = this.profiles;
    for (const column of [densityPerM2, speedVoronoiMps, speedArithmeticMps]) column.fill(0);
    for (const column of [this.#people, this.#known, this.#unknown]) column.fill(0);
    for (let row = 0; row < cells.rows; row++) if (cells.areaM2[row] > 0) this.#addRow(cells, row, speedMps[row]);
    for (let square = 0; square < densityPerM2.length; square++) {
      densityPerM2[square] /= this.#squareM2;
      const known = this.#known[square];
      // 0 ÷ 0 where nobody is known.
      speedVoronoiMps[square] /= known > 0 ? Math.max(known, this.#squareM2 - this.#unknown[square]) : 0;
      speedArithmeticMps[square] /= this.#people[square];
    }
    return this.profiles;
  }

  #addRow(cells: VoronoiCells, row: number, speedMps: number): void {
    const overlap = this.#overlap;
    const { densityPerM2, speedVoronoiMps, speedArithmeticMps } = this.profiles;
    overlap.cover(cells, row);
    const isKnown = !Number.isNaN(speedMps);
    for (let i = 0; i < overlap.count; i++) {
      const square = overlap.cells[i];
      const area = overlap.areaM2[square];
      densityPerM2[square] += area / cells.areaM2[row];
      if (!isKnown) {
        this.#unknown[square] += area;
        continue;
      }
      this.#known[square] += area;
      this.#people[square]++;
      speedVoronoiMps[square] += area * speedMps;
      speedArithmeticMps[square] += speedMps;
    }
  }
}

/** Prepares profiles on a grid. */
export const createProfiler = (grid: ProfileGrid): Profiler => new Profiler(grid);
