/**
 * NanoDet: per cell the logits of the classes, then four groups of distance logits.
 *
 *   distance to a side = stride · Σ bin · softmax(logits of that side)      (integral of a distribution)
 *
 * Distances run left, top, right, bottom from the centre of the cell. The sigmoid and the softmax are taken here, and
 * only for cells whose best class reaches the floor: a few in a thousand.
 *
 * @see Li et al. 2020, Generalized Focal Loss, for the distribution of distances
 */
import type { Candidates } from '../candidates.ts';
import type { ManifestOf } from '../manifest.ts';
import { cellCount, type ClassColumns, classColumns, type Decoder, floats, type Outputs } from './decoder.ts';

/** Decoder for NanoDet models whose output is one row of logits per cell. */
export class NanodetDecoder implements Decoder {
  readonly outputNames: readonly string[];
  readonly #manifest: ManifestOf<'nanodet'>;
  readonly #classes: ClassColumns;
  readonly #cells: number;
  readonly #floorLogit: number;

  /**
   * @param manifest   the model's manifest
   * @param scoreFloor boxes below it are not looked at, 0 to 1
   */
  constructor(manifest: ManifestOf<'nanodet'>, scoreFloor: number) {
    this.#manifest = manifest;
    this.#classes = classColumns(manifest);
    this.#cells = cellCount(manifest.input, manifest.strides);
    this.#floorLogit = Math.log(scoreFloor / (1 - scoreFloor));
    this.outputNames = [manifest.outputs.cells];
  }

  decode(outputs: Outputs, picture: number, into: Candidates): void {
    const { input, strides, scores, bins } = this.#manifest;
    const columns = scores + 4 * bins;
    const { data, dims } = floats(outputs, this.#manifest.outputs.cells, 3, columns);
    if (dims[1] !== this.#cells) throw new TypeError(`it gives ${dims[1]} cells where ${this.#cells} were expected`);
    let row = picture * this.#cells * columns;
    for (const stride of strides) {
      const across = Math.ceil(input.width / stride);
      const down = Math.ceil(input.height / stride);
      for (let y = 0; y < down; y++) {
        for (let x = 0; x < across; x++, row += columns) {
          const best = this.#bestClass(data, row);
          if (best >= 0) this.#addBox(data, row, best, (x + 0.5) * stride, (y + 0.5) * stride, stride, into);
        }
      }
    }
  }

  /** Position in the class list of the cell's best class, or −1 if none reaches the floor. */
  #bestClass(data: Float32Array, row: number): number {
    const { columns } = this.#classes;
    let best = -1;
    let most = this.#floorLogit;
    for (let i = 0; i < columns.length; i++) {
      const logit = data[row + columns[i]];
      if (logit >= most) {
        most = logit;
        best = i;
      }
    }
    return best;
  }

  #addBox(data: Float32Array, row: number, best: number, x: number, y: number, stride: number, into: Candidates): void {
    const { input, scores, bins } = this.#manifest;
    const sides = row + scores;
    const score = 1 / (1 + Math.exp(-data[row + this.#classes.columns[best]]));
    into.add(
      (x - stride * expectedBin(data, sides, bins)) / input.width,
      (y - stride * expectedBin(data, sides + bins, bins)) / input.height,
      (x + stride * expectedBin(data, sides + 2 * bins, bins)) / input.width,
      (y + stride * expectedBin(data, sides + 3 * bins, bins)) / input.height,
      score,
      this.#classes.classIndices[best],
    );
  }
}

/** Mean of 0, 1, … bins − 1 under the softmax of the logits. */
function expectedBin(data: Float32Array, from: number, bins: number): number {
  let most = data[from];
  for (let bin = 1; bin < bins; bin++) most = Math.max(most, data[from + bin]);
  let total = 0;
  let moment = 0;
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp(data[from + bin] - most);
    total += weight;
    moment += weight * bin;
  }
  return moment / total;
}
