import type { LumaPicture } from '../live/luma-picture.ts';
import { BLOCKS, blockOfCell, cellsWhere, COLUMNS, ROWS } from './grid.ts';

/** Second differences are taken over 1/192 of the width: 4 pixels of 768, 10 of 1920. */
const STEPS_ACROSS = 192;

/**
 * Fine detail that stays, by block: at a quarter of the cells the mean over some seconds of the second differences across and
 * down, the two halves of the Laplacian, at the scale that a person's outline needs. Their spread measures focus.
 *
 * @see Pertuz, Puig, García: Analysis of focus measure operators for shape-from-focus, Pattern Recognition 46 (2013) 1415
 */
export interface LastingDetail {
  /** Takes a picture in, with its share of the mean. A picture too small to have detail leaves the mean as it is. */
  add(picture: LumaPicture, share: number): void;
  /** Writes each block's root mean square; 0 where nothing is open. */
  read(into: Float32Array): void;
}

const within = (value: number, length: number, margin: number): number =>
  Math.min(length - 1 - margin, Math.max(margin, Math.floor(value)));

/** Creates the mean of no pictures. */
export const createLastingDetail = (open: Uint8Array): LastingDetail => {
  const cells = cellsWhere((cell) => open[cell] === 1 && cell % 2 === 0 && Math.floor(cell / COLUMNS) % 2 === 0);
  const blocks = Uint8Array.from(cells, blockOfCell);
  const sites = new Int32Array(cells.length);
  const across = new Float32Array(cells.length);
  const down = new Float32Array(cells.length);
  const squares = new Float64Array(BLOCKS);
  const counts = new Uint32Array(BLOCKS);
  let width = 0;
  let height = 0;
  let stride = 0;
  let step = 1;

  const fit = (picture: LumaPicture): void => {
    if (picture.width === width && picture.height === height && picture.stride === stride) return;
    ({ width, height, stride } = picture);
    step = Math.max(1, Math.round(width / STEPS_ACROSS));
    for (let i = 0; i < cells.length; i++) {
      const column = cells[i] % COLUMNS;
      const row = (cells[i] - column) / COLUMNS;
      const x = within(((column + 0.5) / COLUMNS) * width, width, step);
      sites[i] = within(((row + 0.5) / ROWS) * height, height, step) * stride + x;
    }
  };

  return {
    add(picture, share) {
      fit(picture);
      if (Math.min(width, height) <= 2 * step) return;
      const { data } = picture;
      const rows = step * stride;
      for (let i = 0; i < sites.length; i++) {
        const at = sites[i];
        const twice = 2 * data[at];
        across[i] += share * (data[at - step] + data[at + step] - twice - across[i]);
        down[i] += share * (data[at - rows] + data[at + rows] - twice - down[i]);
      }
    },
    read(into) {
      squares.fill(0);
      counts.fill(0);
      for (let i = 0; i < sites.length; i++) {
        squares[blocks[i]] += across[i] * across[i] + down[i] * down[i];
        counts[blocks[i]] += 2;
      }
      for (let block = 0; block < BLOCKS; block++)
        into[block] = counts[block] > 0 ? Math.sqrt(squares[block] / counts[block]) : 0;
    },
  };
};
