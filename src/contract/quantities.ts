/**
 * What is known of a zone over a stretch of time, in a form that adds up: seconds to minutes, minutes to hours.
 */
import * as z from 'zod';

/**
 * Quantities of a zone, and what their means are weighted with. The names are those of keys in an observation and of
 * columns in the ledger.
 */
const QUANTITIES = {
  occupancy: { unit: 'people', weight: 's', what: 'People in the zone' },
  ownOccupancy: { unit: 'people', weight: 's', what: 'People in the part of the zone that is this camera’s own' },
  densityPerM2: { unit: '1/m²', weight: 's', what: 'People over the area that is seen' },
  densityVoronoiPerM2: { unit: '1/m²', weight: 's', what: 'Voronoi density' },
  densityPeakPerM2: { unit: '1/m²', weight: 's', what: 'Kernel density where it is greatest' },
  speedMps: { unit: 'm/s', weight: 'person·s', what: 'Speed of the people whose speed is known' },
  pressurePerS2: { unit: '1/s²', weight: 's', what: 'Crowd pressure where it is greatest' },
  counterflowIndex: { unit: '1', weight: 's', what: '0 when all go one way, 1 when as many go each way' },
  standing: { unit: 'people', weight: 's', what: 'People who stand or creep' },
  dwellS: { unit: 's', weight: 'people', what: 'Stay of those who left, told for several at once' },
} as const;

/** One of {@link ZONE_QUANTITY_NAMES}. */
export type ZoneQuantity = keyof typeof QUANTITIES;

const keys = Object.keys(QUANTITIES);
const isQuantity = (key: string): key is ZoneQuantity => keys.includes(key);

/** All quantities, in the order of the table. */
export const ZONE_QUANTITY_NAMES: readonly ZoneQuantity[] = keys.filter(isQuantity);

const amount = z.number().min(-1e12).max(1e12);

/**
 * A quantity over time as what adds up.
 *
 *   mean = sum / weight,   standard error of the mean ≤ errorSum / weight
 *
 * `sum` is Σ value · weight. `errorSum` is Σ standard error · weight: divided by the weight it bounds the standard error
 * of the mean whatever the correlation between the parts; null when unknown.
 */
export const aggregateSchema = z.strictObject({
  sum: amount,
  weight: z.number().positive().max(1e12),
  min: amount,
  max: amount,
  errorSum: amount.min(0).nullable(),
});

/** A quantity over time as what adds up. */
export type Aggregate = z.infer<typeof aggregateSchema>;

/** Figures of a zone; a quantity that is unknown has no key. */
export const figuresSchema = z.partialRecord(z.string().max(30).refine(isQuantity), aggregateSchema);

/** Figures of a zone; a quantity that is unknown has no key. */
export type Figures = { readonly [Name in ZoneQuantity]?: Aggregate };

/** Two stretches of time as one. */
export const addAggregates = (a: Aggregate, b: Aggregate): Aggregate => ({
  sum: a.sum + b.sum,
  weight: a.weight + b.weight,
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  errorSum: a.errorSum === null || b.errorSum === null ? null : a.errorSum + b.errorSum,
});
