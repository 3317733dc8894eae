import { type Observation, ZONE_QUANTITY_NAMES, type ZoneObservation } from '../../../contract/index.ts';
import { FIGURE_COLUMNS, PARTS_OF_A_FIGURE } from '../columns.ts';

/** A zone over a stretch of time, as what adds up. NaN is unknown. */
export class ZoneSums {
  measuredS = 0;
  lastMs = -1;
  seenShare = 0;
  areaM2 = Number.NaN;
  /** Sum, weight, least, greatest and error of each quantity, as in the columns of the database. */
  readonly figures = new Float64Array(FIGURE_COLUMNS.length).fill(Number.NaN);

  addSecond({ seenShare, areaM2, figures }: ZoneObservation, { startMs, measuredS }: Observation): void {
    this.measuredS += measuredS;
    this.addLast(startMs, seenShare, areaM2 ?? Number.NaN);
    ZONE_QUANTITY_NAMES.forEach((name, i) => {
      const figure = figures[name];
      if (figure === undefined) return;
      const { sum, weight, min, max, errorSum } = figure;
      this.addFigure(i * PARTS_OF_A_FIGURE, sum, weight, min, max, errorSum ?? Number.NaN);
    });
  }

  /** The share that is seen, and the area of it, are those of the second that began last. */
  addLast(lastMs: number, seenShare: number, areaM2: number): void {
    if (lastMs < this.lastMs) return;
    this.lastMs = lastMs;
    this.seenShare = seenShare;
    this.areaM2 = areaM2;
  }

  /** Adds one quantity. What has no error (NaN) leaves the sum without one. */
  addFigure(at: number, sum: number, weight: number, min: number, max: number, error: number): void {
    const { figures } = this;
    if (Number.isNaN(figures[at])) {
      figures.set([sum, weight, min, max, error], at);
      return;
    }
    figures[at] += sum;
    figures[at + 1] += weight;
    figures[at + 2] = Math.min(figures[at + 2], min);
    figures[at + 3] = Math.max(figures[at + 3], max);
    figures[at + 4] += error;
  }
}
