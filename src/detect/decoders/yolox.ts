/**
 * YOLOX: per cell the centre's offset, the size's logarithm, objectness and class scores, as sigmoids.
 *
 *   centre = (cell + offset) · stride,   size = exp(log size) · stride,   score = objectness · class score
 *
 * @see Ge et al. 2021, YOLOX: Exceeding YOLO Series in 2021
 */
import type { Candidates } from '../candidates.ts';
import type { ManifestOf } from '../manifest.ts';
import { cellCount, type ClassColumns, classColumns, type Decoder, floats, type Outputs } from './decoder.ts';

const OBJECTNESS = 4;
const FIRST_CLASS = 5;

/** Decoder for YOLOX models exported without their own decoding. */
export class YoloxDecoder implements Decoder {
  readonly outputNames: readonly string[];
  readonly #manifest: ManifestOf<'yolox'>;
  readonly #classes: ClassColumns;
  readonly #cells: number;
  readonly #scoreFloor: number;

  /**
   * @param manifest   the model's manifest
   * @param scoreFloor boxes below it are not looked at, 0 to 1
   */
  constructor(manifest: ManifestOf<'yolox'>, scoreFloor: number) {
    this.#manifest = manifest;
    this.#classes = classColumns(manifest);
    this.#cells = cellCount(manifest.input, manifest.strides);
    this.#scoreFloor = scoreFloor;
    this.outputNames = [manifest.outputs.cells];
  }

  decode(outputs: Outputs, picture: number, into: Candidates): void {
    const { input, strides } = this.#manifest;
    const { data, dims } = floats(
      outputs,
      this.#manifest.outputs.cells,
      3,
      FIRST_CLASS + Math.max(...this.#classes.columns) + 1,
    );
    const columns = dims[2];
    if (dims[1] !== this.#cells) throw new TypeError(`it gives ${dims[1]} cells where ${this.#cells} were expected`);
    let row = picture * this.#cells * columns;
    for (const stride of strides) {
      const across = Math.ceil(input.width / stride);
      const down = Math.ceil(input.height / stride);
      for (let y = 0; y < down; y++) {
        for (let x = 0; x < across; x++, row += columns) {
          // A class score is at most 1, so objectness alone can rule a cell out.
          if (data[row + OBJECTNESS] >= this.#scoreFloor) this.#addBox(data, row, x, y, stride, into);
        }
      }
    }
  }

  #addBox(data: Float32Array, row: number, x: number, y: number, stride: number, into: Candidates): void {
    const { columns, classIndices } = this.#classes;
    let best = 0;
    for (let i = 1; i < columns.length; i++) {
      if (data[row + FIRST_CLASS + columns[i]] > data[row + FIRST_CLASS + columns[best]]) best = i;
    }
    const score = data[row + OBJECTNESS] * data[row + FIRST_CLASS + columns[best]];
    if (score < this.#scoreFloor) return;
    const { width, height } = this.#manifest.input;
    const centreX = ((x + data[row]) * stride) / width;
    const centreY = ((y + data[row + 1]) * stride) / height;
    const halfWidth = (Math.exp(data[row + 2]) * stride) / width / 2;
    const halfHeight = (Math.exp(data[row + 3]) * stride) / height / 2;
    into.add(
      centreX - halfWidth,
      centreY - halfHeight,
      centreX + halfWidth,
      centreY + halfHeight,
      score,
      classIndices[best],
    );
  }
}
