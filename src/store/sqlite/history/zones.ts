import { type Aggregate, type Figures, ZONE_QUANTITY_NAMES, type ZoneQuantity } from '../../../contract/index.ts';
import type { ZoneSpan } from '../../store.ts';
import { FIGURE_COLUMNS, PARTS_OF_A_FIGURE } from '../columns.ts';
import { orNull } from '../rows.ts';
import { ZoneSums } from '../sums/zone-sums.ts';
import { type Kind, numberAt, type Row } from './kind.ts';

const FIGURES_AT = 5;

const addRow = (sums: ZoneSums, row: Row): void => {
  sums.measuredS += numberAt(row, 1);
  sums.addLast(numberAt(row, 2), numberAt(row, 3), numberAt(row, 4));
  for (let at = 0; at < FIGURE_COLUMNS.length; at += PARTS_OF_A_FIGURE) {
    const from = FIGURES_AT + at;
    const value = (part: number): number => numberAt(row, from + part);
    if (row[from] !== null) sums.addFigure(at, value(0), value(1), value(2), value(3), value(4));
  }
};

// Told for every zone and row: written so that nothing but what is told is allocated.
const figuresIn = ({ figures }: ZoneSums): Figures => {
  const told: Partial<Record<ZoneQuantity, Aggregate>> = {};
  ZONE_QUANTITY_NAMES.forEach((name, i) => {
    const at = i * PARTS_OF_A_FIGURE;
    if (Number.isNaN(figures[at])) return;
    const [sum, weight, min, max] = [figures[at], figures[at + 1], figures[at + 2], figures[at + 3]];
    told[name] = { sum, weight, min, max, errorSum: orNull(figures[at + 4]) };
  });
  return told;
};

/** Zones: figures add up as the contract's `addAggregates` says; share and area are those of the last second. */
export const ZONES: Kind<ZoneSums, ZoneSpan> = {
  places: `SELECT id, name FROM place WHERE camera = ? AND kind = 'zone' ORDER BY name`,
  key: 'place',
  tables: [
    {
      name: 'zone_span',
      columns: ['measured_s', 'last_ms', 'seen_share', 'area_m2', ...FIGURE_COLUMNS],
      add: addRow,
    },
  ],
  create: () => new ZoneSums(),
  parts: (observation) =>
    observation.zones.map((zone) => ({ place: zone.zone, add: (sums) => sums.addSecond(zone, observation) })),
  tell: (span, zone, sums) => ({
    ...span,
    zone,
    measuredS: sums.measuredS,
    seenShare: sums.seenShare,
    areaM2: orNull(sums.areaM2),
    figures: figuresIn(sums),
  }),
};
