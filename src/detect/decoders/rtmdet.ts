/**
 * RTMDet with its suppression inside: boxes with a score in input pixels, and a label for each.
 *
 * @see Lyu et al. 2022, RTMDet: An Empirical Study of Designing Real-Time Object Detectors
 */
import type { Candidates } from '../candidates.ts';
import type { ManifestOf } from '../manifest.ts';
import { type ClassColumns, classColumns, type Decoder, floats, type Outputs } from './decoder.ts';

/** left, top, right, bottom, score */
const COLUMNS = 5;

/** Decoder for models that give finished boxes in pixels. */
export class RtmdetDecoder implements Decoder {
  readonly outputNames: readonly string[];
  readonly #manifest: ManifestOf<'rtmdet'>;
  readonly #classes: ClassColumns;
  readonly #scoreFloor: number;

  /**
   * @param manifest   the model's manifest
   * @param scoreFloor boxes below it are not looked at, 0 to 1
   */
  constructor(manifest: ManifestOf<'rtmdet'>, scoreFloor: number) {
    this.#manifest = manifest;
    this.#classes = classColumns(manifest);
    this.#scoreFloor = scoreFloor;
    this.outputNames = [manifest.outputs.boxes, manifest.outputs.labels];
  }

  decode(outputs: Outputs, picture: number, into: Candidates): void {
    const { width, height } = this.#manifest.input;
    const { data, dims } = floats(outputs, this.#manifest.outputs.boxes, 3, COLUMNS);
    const labels = this.#labels(outputs, dims[0] * dims[1]);
    const first = picture * dims[1];
    for (let box = first; box < first + dims[1]; box++) {
      const row = box * dims[2];
      const score = data[row + 4];
      if (score < this.#scoreFloor) continue;
      const listed = this.#classes.columns.indexOf(Number(labels[box]));
      if (listed < 0) continue;
      into.add(
        data[row] / width,
        data[row + 1] / height,
        data[row + 2] / width,
        data[row + 3] / height,
        score,
        this.#classes.classIndices[listed],
      );
    }
  }

  #labels(outputs: Outputs, count: number): BigInt64Array | Int32Array {
    const name = this.#manifest.outputs.labels;
    const data = outputs[name]?.data;
    if (!(data instanceof BigInt64Array || data instanceof Int32Array) || data.length !== count) {
      throw new TypeError(`its output "${name}" is not a whole number for each box`);
    }
    return data;
  }
}
