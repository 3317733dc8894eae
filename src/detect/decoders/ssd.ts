/**
 * SSD after its own decoding: boxes as fractions of the input, and a score for each class, background among them.
 *
 * @see Liu et al. 2016, SSD: Single Shot MultiBox Detector
 */
import type { Candidates } from '../candidates.ts';
import type { ManifestOf } from '../manifest.ts';
import { type ClassColumns, classColumns, type Decoder, floats, type Outputs } from './decoder.ts';

/** Decoder for models that give boxes as fractions and leave suppression to the caller. */
export class SsdDecoder implements Decoder {
  readonly outputNames: readonly string[];
  readonly #manifest: ManifestOf<'ssd'>;
  readonly #classes: ClassColumns;
  readonly #scoreFloor: number;

  /**
   * @param manifest   the model's manifest
   * @param scoreFloor boxes below it are not looked at, 0 to 1
   */
  constructor(manifest: ManifestOf<'ssd'>, scoreFloor: number) {
    this.#manifest = manifest;
    this.#classes = classColumns(manifest);
    this.#scoreFloor = scoreFloor;
    this.outputNames = [manifest.outputs.boxes, manifest.outputs.scores];
  }

  decode(outputs: Outputs, picture: number, into: Candidates): void {
    const { columns, classIndices } = this.#classes;
    const boxes = floats(outputs, this.#manifest.outputs.boxes, 3, 4);
    const scores = floats(outputs, this.#manifest.outputs.scores, 3, Math.max(...columns) + 1);
    if (scores.dims[1] !== boxes.dims[1]) throw new TypeError('it gives boxes and scores in different numbers');
    const first = picture * boxes.dims[1];
    for (let box = first; box < first + boxes.dims[1]; box++) {
      const scoreRow = box * scores.dims[2];
      let best = 0;
      for (let i = 1; i < columns.length; i++) {
        if (scores.data[scoreRow + columns[i]] > scores.data[scoreRow + columns[best]]) best = i;
      }
      const score = scores.data[scoreRow + columns[best]];
      if (score < this.#scoreFloor) continue;
      const row = box * 4;
      const { data } = boxes;
      into.add(data[row], data[row + 1], data[row + 2], data[row + 3], score, classIndices[best]);
    }
  }
}
