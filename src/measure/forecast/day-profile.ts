/**
 * How a zone's days usually go: for each minute of the day the mean of earlier days.
 */
import { DAY_MIN } from './zone-minute.ts';

/** After so many days the mean forgets the older ones: an exponential mean. */
const DAYS_REMEMBERED = 8;

/** Weights of a minute and its neighbours: a timetable's minutes stay apart, and a few days' noise is smoothed. */
const NEIGHBOUR = 0.25;

const wrap = (minute: number): number => ((minute % DAY_MIN) + DAY_MIN) % DAY_MIN;

/** Means of one quantity by minute of the day. */
class DayProfile {
  readonly #means = new Float64Array(DAY_MIN);
  readonly #days = new Uint16Array(DAY_MIN);

  /** Takes the value that a minute of the day had. */
  add(minuteOfDay: number, value: number): void {
    const minute = wrap(minuteOfDay);
    const days = Math.min(DAYS_REMEMBERED, ++this.#days[minute]);
    this.#means[minute] += (value - this.#means[minute]) / days;
  }

  /** Usual value at a minute of the day, smoothed with the minutes beside it; NaN where no day was seen. */
  at(minuteOfDay: number): number {
    let sum = 0;
    let weights = 0;
    for (let shift = -1; shift <= 1; shift++) {
      const minute = wrap(minuteOfDay + shift);
      if (this.#days[minute] === 0) continue;
      const weight = shift === 0 ? 1 - 2 * NEIGHBOUR : NEIGHBOUR;
      sum += weight * this.#means[minute];
      weights += weight;
    }
    return weights === 0 ? Number.NaN : sum / weights;
  }
}

/** The usual day of a zone. */
export class UsualDay {
  readonly occupancy = new DayProfile();
  readonly entered = new DayProfile();
  readonly left = new DayProfile();
}
