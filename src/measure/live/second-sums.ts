/**
 * Sums over one second, and the figures of its zones.
 */
import { type Figures, ZONE_QUANTITY_NAMES, type ZoneQuantity } from '../../contract/index.ts';
import { COLUMN, COLUMNS, type Reading } from './reading.ts';

const isColumn = (name: ZoneQuantity): name is keyof typeof COLUMN => name in COLUMN;
const COLUMN_NAMES = ZONE_QUANTITY_NAMES.filter(isColumn);

/**
 * Adds up what holds in a second, quantity by quantity:
 *
 *   sum = Σ value·weight·dt,   weight = Σ weight·dt,   errorSum = Σ SE·weight·dt
 *
 * The errors of frames of one second are taken to be all the same error.
 */
export class SecondSums {
  readonly #sum: Float64Array;
  readonly #weight: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #errorSum: Float64Array;

  /** @param zones number of zones */
  constructor(zones: number) {
    this.#sum = new Float64Array(zones * COLUMNS);
    this.#weight = new Float64Array(zones * COLUMNS);
    this.#min = new Float64Array(zones * COLUMNS);
    this.#max = new Float64Array(zones * COLUMNS);
    this.#errorSum = new Float64Array(zones * COLUMNS);
  }

  /** Begins another second. */
  clear(): void {
    this.#sum.fill(0);
    this.#weight.fill(0);
    this.#min.fill(Number.POSITIVE_INFINITY);
    this.#max.fill(Number.NEGATIVE_INFINITY);
    this.#errorSum.fill(0);
  }

  /** Adds what holds for so long. */
  add({ value, weight, error }: Reading, seconds: number): void {
    for (let at = 0; at < value.length; at++) {
      const w = weight[at] * seconds;
      if (!(w > 0)) continue;
      this.#sum[at] += value[at] * w;
      this.#weight[at] += w;
      this.#min[at] = Math.min(this.#min[at], value[at]);
      this.#max[at] = Math.max(this.#max[at], value[at]);
      this.#errorSum[at] += error[at] * w;
    }
  }

  /** Figures of one zone; what was never known in the second has no key. */
  figures(zone: number): Figures {
    return Object.fromEntries(
      COLUMN_NAMES.flatMap((name) => {
        const at = zone * COLUMNS + COLUMN[name];
        const weight = this.#weight[at];
        if (!(weight > 0)) return [];
        const errorSum = Number.isNaN(this.#errorSum[at]) ? null : this.#errorSum[at];
        return [[name, { sum: this.#sum[at], weight, min: this.#min[at], max: this.#max[at], errorSum }] as const];
      }),
    );
  }
}
