/**
 * Where the quantities of a zone are kept: five columns each, in the order of the contract's table. Names of columns
 * are made here and nowhere else.
 */
import { type Aggregate, type Figures, ZONE_QUANTITY_NAMES, type ZoneQuantity } from '../../contract/index.ts';

const PREFIXES: Readonly<Record<ZoneQuantity, string>> = {
  occupancy: 'occupancy',
  ownOccupancy: 'own_occupancy',
  densityPerM2: 'density',
  densityVoronoiPerM2: 'density_voronoi',
  densityPeakPerM2: 'density_peak',
  speedMps: 'speed',
  pressurePerS2: 'pressure',
  counterflowIndex: 'counterflow',
  standing: 'standing',
  dwellS: 'dwell',
};

const PARTS = ['sum', 'weight', 'min', 'max', 'error'] as const;

/** Columns of one quantity: sum, weight, min, max, error. */
export const PARTS_OF_A_FIGURE = PARTS.length;

/** Names of the columns of all quantities: sum, weight, min, max and error of the first, then of the next. */
export const FIGURE_COLUMNS: readonly string[] = ZONE_QUANTITY_NAMES.flatMap((name) =>
  PARTS.map((part) => `${PREFIXES[name]}_${part}`),
);

/**
 * Figures from a row whose columns from `from` on are {@link FIGURE_COLUMNS}. A quantity without a sum is unknown, and
 * has no key.
 */
export const figuresAt = (row: ArrayLike<unknown>, from: number): Figures => {
  const entries: [ZoneQuantity, Aggregate][] = [];
  ZONE_QUANTITY_NAMES.forEach((name, i) => {
    const at = from + i * PARTS_OF_A_FIGURE;
    const [sum, weight, min, max, errorSum] = [0, 1, 2, 3, 4].map((part) => row[at + part]);
    if (typeof sum !== 'number' || typeof weight !== 'number' || typeof min !== 'number' || typeof max !== 'number')
      return;
    entries.push([name, { sum, weight, min, max, errorSum: typeof errorSum === 'number' ? errorSum : null }]);
  });
  return Object.fromEntries(entries);
};
