import type { LastingEdges } from './edges.ts';
import { BLOCK_CELLS, CELLS, COLUMNS, ROWS } from './grid.ts';

/** Numbers of a block; see {@link BlockEdges}. */
export const CHANNELS = 5;
const ENTRY = CHANNELS + 1;
const TABLE_ROW = (COLUMNS + 1) * ENTRY;
const BLOCK_AREA = BLOCK_CELLS * BLOCK_CELLS;
const NEXT_BLOCK = BLOCK_CELLS * ENTRY;
const BELOW_BLOCK = BLOCK_CELLS * TABLE_ROW;
const ALMOST_NOTHING = 1e-9;

/**
 * Edges of blocks, wherever they lie on the grid: how much there is, and the first two harmonics of its directions.
 *
 *   E = Σ |e|²   C₂ + iS₂ = Σ |e|² exp(2iθ)   C₄ + iS₄ = Σ |e|² exp(4iθ)   block = (E, C₂, S₂, C₄, S₄) / √E
 *
 * A histogram of gradient directions as in HOG, in its Fourier series, which turns by the angle and not by the bin; the
 * doubled angle makes light-to-dark and dark-to-light the same; the root keeps one strong edge from outweighing the rest.
 * Sums are taken from summed-area tables.
 *
 * @see Dalal, Triggs: Histograms of Oriented Gradients for Human Detection, CVPR 2005
 * @see Liu et al.: Rotation-Invariant HOG Descriptors Using Fourier Analysis, IJCV 106 (2014) 342
 * @see Crow: Summed-Area Tables for Texture Mapping, SIGGRAPH 1984
 */
export interface BlockEdges {
  /** Takes in the edges as they are now. */
  refresh(edges: LastingEdges): void;
  /**
   * Writes a block's numbers into `into`, and says which share of it is open; 0 when it does not lie on the grid.
   *
   * @param column leftmost cell
   * @param row    topmost cell
   */
  read(column: number, row: number, into: Float64Array): number;
}

/** Creates the tables, of no edges. */
export const createBlockEdges = (): BlockEdges => {
  const table = new Float64Array((ROWS + 1) * TABLE_ROW);
  const has = new Uint8Array(CELLS);

  /** One row of cells: sums along it, added to those of the rows above. */
  const putRow = (x: Float32Array, y: Float32Array, row: number): void => {
    let e = 0;
    let c2 = 0;
    let s2 = 0;
    let c4 = 0;
    let s4 = 0;
    let count = 0;
    let at = (row + 1) * TABLE_ROW + ENTRY;
    for (let cell = row * COLUMNS; cell < (row + 1) * COLUMNS; cell++, at += ENTRY) {
      if (has[cell] === 1) {
        const squareX = x[cell] * x[cell];
        const squareY = y[cell] * y[cell];
        const energy = squareX + squareY;
        const cosine = squareX - squareY;
        const sine = 2 * x[cell] * y[cell];
        const per = energy > ALMOST_NOTHING ? 1 / energy : 0;
        e += energy;
        c2 += cosine;
        s2 += sine;
        c4 += (cosine * cosine - sine * sine) * per;
        s4 += 2 * cosine * sine * per;
        count++;
      }
      const above = at - TABLE_ROW;
      table[at] = table[above] + e;
      table[at + 1] = table[above + 1] + c2;
      table[at + 2] = table[above + 2] + s2;
      table[at + 3] = table[above + 3] + c4;
      table[at + 4] = table[above + 4] + s4;
      table[at + 5] = table[above + 5] + count;
    }
  };

  return {
    refresh({ x, y, cells }) {
      has.fill(0);
      for (let i = 0; i < cells.length; i++) has[cells[i]] = 1;
      for (let row = 0; row < ROWS; row++) putRow(x, y, row);
    },
    read(column, row, into) {
      if (column < 0 || row < 0 || column + BLOCK_CELLS > COLUMNS || row + BLOCK_CELLS > ROWS) return 0;
      const a = row * TABLE_ROW + column * ENTRY;
      const b = a + NEXT_BLOCK;
      const c = a + BELOW_BLOCK;
      const d = c + NEXT_BLOCK;
      const root = Math.sqrt(Math.max(0, table[d] - table[c] - table[b] + table[a]));
      const per = root > ALMOST_NOTHING ? 1 / root : 0;
      into[0] = root;
      for (let k = 1; k < CHANNELS; k++) into[k] = (table[d + k] - table[c + k] - table[b + k] + table[a + k]) * per;
      const open = d + CHANNELS;
      return (table[open] - table[c + CHANNELS] - table[b + CHANNELS] + table[a + CHANNELS]) / BLOCK_AREA;
    },
  };
};
