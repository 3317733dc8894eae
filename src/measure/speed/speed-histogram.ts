/** How often each speed was walked. */
import type { Histogram } from '../../contract/index.ts';

/** Width of a bin, m/s. */
const BIN_MPS = 0.1;
/** Speeds beyond the last bin are counted in it. */
const BINS = 126;

/** Counts speeds, once per person and frame. */
export class SpeedHistogram {
  readonly #counts = new Float64Array(BINS);

  /** Takes one speed, m/s; NaN is not counted. */
  add(speedMps: number): void {
    if (speedMps >= 0) this.#counts[Math.min(BINS - 1, Math.floor(speedMps / BIN_MPS))]++;
  }

  /** A copy, to keep. */
  snapshot(): Histogram {
    return { binWidth: BIN_MPS, counts: this.#counts.slice() };
  }
}
