/**
 * Fundamental-diagram anomaly: flow that falls while density rises. Up to its capacity a place passes more people the
 * more there are; past it fewer, so that it fills all the faster. That is when to hold people back.
 */
import { WEIDMANN_CAPACITY_DENSITY_PER_M2 } from '../../contract/index.ts';

/** How many of the last windows are looked at. */
const WINDOWS = 6;

/** Student's t with 4 degrees of freedom, one-sided 1 %. */
const SIGNIFICANT_T = 3.747;

/** A scatter smaller than this, relative to the mean, is rounding. */
const LEAST_SCATTER = 1e-9;

/**
 * t of the slope of a straight line fitted to y over x, of n points each:
 *
 *   b = Sxy / Sxx,   t = b / SE,   SE² = (Syy − b Sxy) / ((n − 2) Sxx)
 *
 * @returns 0 when x or y does not vary; infinite when the points lie on a line
 */
const slopeT = (x: Float64Array, y: Float64Array): number => {
  const n = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += x[i] / n;
    meanY += y[i] / n;
  }
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    xx += (x[i] - meanX) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
    yy += (y[i] - meanY) ** 2;
  }
  if (xx <= n * (LEAST_SCATTER * meanX) ** 2 || yy <= n * (LEAST_SCATTER * meanY) ** 2) return 0;
  return (xy / xx) * Math.sqrt(((n - 2) * xx) / Math.max(0, yy - (xy * xy) / xx));
};

/** Moves every value one place towards the front, and puts another at the end. */
const push = (values: Float64Array, value: number): void => {
  values.copyWithin(0, 1);
  values[values.length - 1] = value;
};

/**
 * Watches the means of a zone, window by window. It is past its capacity when, over the last six windows,
 *
 * 1. the last density is above the capacity density, by default Weidmann's, 1.75 people/m²,
 * 2. density rises: the slope of ρ over time is positive, and
 * 3. flow falls with density: the slope of q over ρ, dq/dρ, is negative,
 *
 * each slope being significant at 1 % (one-sided t test, 4 degrees of freedom).
 *
 * It speaks of the moment, with no memory of what it said: a crowd that stays jammed no longer rises, and is told by
 * its density. Windows of one minute make it 6 minutes, and an answer about 3 windows after the capacity; shorter ones
 * are quicker and noisier. Give it q and ρ of the same people, as Edie's are.
 *
 * False alarms: where density keeps rising and flow stays level, 1 in 100 windows, by the test's design (measured:
 * 1,020 in 100,000); where both only scatter about a mean, 1 in 10,000 (43 in 500,000). Errors of ρ bend the slope
 * towards 0, and errors that ρ and q share make it positive: both hide an alarm and raise none. A crowd that jams from
 * 2 to 4 people/m² within 12 windows is told of nearly always when the means scatter by 2 %, in 8 of 10 cases by 5 %,
 * in 2 of 10 by 10 %.
 *
 * The capacity density is contested: 1.2 to above 3 people/m² in the literature. It keeps the alarm from people who
 * stroll or stop in a place that is all but empty.
 *
 * @example
 * const watch = new CapacityWatch();
 * for (const { densityPerM2, flowPerMS } of windows) tell(watch.add(densityPerM2, flowPerMS));
 * @see Seyfried, Steffen, Klingsch & Boltes, J. Stat. Mech. (2005) P10002 (the diagram); Helbing, Johansson &
 *   Al-Abideen, Phys. Rev. E 75 (2007) 046109 (flow that falls before a disaster); the test is a choice
 */
export class CapacityWatch {
  readonly #capacityDensityPerM2: number;
  readonly #order = Float64Array.from({ length: WINDOWS }, (_, i) => i);
  readonly #density = new Float64Array(WINDOWS);
  readonly #flow = new Float64Array(WINDOWS);
  #count = 0;

  /** @param capacityDensityPerM2 density of the greatest flow, people/m² */
  constructor(capacityDensityPerM2 = WEIDMANN_CAPACITY_DENSITY_PER_M2) {
    this.#capacityDensityPerM2 = capacityDensityPerM2;
  }

  /**
   * Takes the next window. One that is unknown breaks the row: the next six are needed again.
   *
   * @param densityPerM2 ρ, mean of the window, people/m²; null when unknown
   * @param flowPerMS q, mean specific flow, people/(m·s); null when unknown
   * @returns whether flow falls while density rises past the capacity; null with too few windows to tell
   */
  add(densityPerM2: number | null, flowPerMS: number | null): boolean | null {
    if (densityPerM2 === null || flowPerMS === null || Number.isNaN(densityPerM2 + flowPerMS)) {
      this.#count = 0;
      return null;
    }
    push(this.#density, densityPerM2);
    push(this.#flow, flowPerMS);
    if (++this.#count < WINDOWS) return null;
    return (
      densityPerM2 > this.#capacityDensityPerM2 &&
      slopeT(this.#order, this.#density) > SIGNIFICANT_T &&
      slopeT(this.#density, this.#flow) < -SIGNIFICANT_T
    );
  }
}
