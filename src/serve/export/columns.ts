/**
 * The columns of what is exported, in order: what each means, and where it comes from. They are part of the product: a
 * new one goes to the end, none is renamed or moved.
 */
import type { ZoneQuantity } from '../../contract/index.ts';
import type { GateSpan, Span, ZoneSpan } from '../../store/index.ts';
import { gateError, meanOf } from '../routes/history/rows.ts';
import type { Field } from './csv.ts';

/** In whose time instants are written. */
export const CLOCKS = ['utc', 'site'] as const;
/** One of {@link CLOCKS}. */
export type Clock = (typeof CLOCKS)[number];

/** A column for people. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: 'timestamp' | 'text' | 'number';
  /** Unit of a figure; null where it has none. */
  readonly unit: string | null;
  readonly meaning: string;
}

/** A column with the way to its values. Timestamps are ms since 1970. */
export interface Column<Row> extends ColumnDescription {
  readonly of: (row: Row, siteTime: (timeMs: number) => string) => Field;
}

const number = <Row>(name: string, unit: string, meaning: string, of: (row: Row) => number | null): Column<Row> => ({
  name,
  type: 'number',
  unit,
  meaning,
  of,
});

const words = <Row>(name: string, meaning: string, of: (row: Row) => string): Column<Row> => ({
  name,
  type: 'text',
  unit: null,
  meaning,
  of,
});

const instants: Readonly<Record<Clock, readonly Column<Span>[]>> = {
  utc: [
    { name: 'start_utc', type: 'timestamp', unit: null, meaning: 'Begin of the row, UTC', of: (row) => row.startMs },
    {
      name: 'end_utc',
      type: 'timestamp',
      unit: null,
      meaning: 'End of the row, UTC; the row does not hold this instant',
      of: (row) => row.endMs,
    },
  ],
  site: [
    {
      name: 'start_site',
      type: 'text',
      unit: null,
      meaning: "Begin of the row in the site's time zone, ISO 8601 with the offset from UTC",
      of: (row, siteTime) => siteTime(row.startMs),
    },
    {
      name: 'end_site',
      type: 'text',
      unit: null,
      meaning: 'End of the row, likewise; the row does not hold this instant',
      of: (row, siteTime) => siteTime(row.endMs),
    },
  ],
};

const COVERAGE: readonly Column<Span>[] = [
  words('camera', 'Name of the camera that measured it', (row) => row.camera),
  number('coverage', '1', 'Share of the time that was measured, 0 to 1', ({ measuredS, startMs, endMs }) =>
    Math.min(1, measuredS / ((endMs - startMs) / 1000)),
  ),
];

/** Figures as files name them. */
const QUANTITIES: Readonly<Record<ZoneQuantity, readonly [name: string, unit: string, meaning: string]>> = {
  occupancy: ['occupancy', 'people', 'People in the zone'],
  ownOccupancy: ['own_occupancy', 'people', "People in the part of the zone that is this camera's own"],
  densityPerM2: ['density_per_m2', '1/m²', 'People over the area that is seen'],
  densityVoronoiPerM2: ['density_voronoi_per_m2', '1/m²', 'Voronoi density'],
  densityPeakPerM2: ['density_peak_per_m2', '1/m²', 'Kernel density where it is greatest'],
  speedMps: ['speed_mps', 'm/s', 'Speed of the people whose speed is known'],
  pressurePerS2: ['pressure_per_s2', '1/s²', 'Crowd pressure where it is greatest'],
  counterflowIndex: ['counterflow_index', '1', '0 when all go one way, 1 when as many go each way'],
  standing: ['standing', 'people', 'People who stand or creep'],
  dwellS: ['dwell_s', 's', 'Stay of those who left'],
};

const figureColumns = (
  quantity: ZoneQuantity,
  [name, unit, meaning]: (typeof QUANTITIES)[ZoneQuantity],
): Column<ZoneSpan>[] => {
  const of = (part: 'mean' | 'min' | 'max' | 'standardError') => (row: ZoneSpan) => {
    const aggregate = row.figures[quantity];
    return aggregate ? meanOf(aggregate)[part] : null;
  };
  return [
    number(`${name}_mean`, unit, `${meaning}, mean`, of('mean')),
    number(`${name}_mean_se`, unit, `Standard error of ${name}_mean, at most`, of('standardError')),
    number(`${name}_min`, unit, `${meaning}, least`, of('min')),
    number(`${name}_max`, unit, `${meaning}, greatest`, of('max')),
  ];
};

const ofQuantity = (name: ZoneQuantity): Column<ZoneSpan>[] => figureColumns(name, QUANTITIES[name]);

const isQuantity = (name: string): name is ZoneQuantity => Object.hasOwn(QUANTITIES, name);

/** Columns of zones. */
export const zoneColumns = (clock: Clock): readonly Column<ZoneSpan>[] => [
  ...instants[clock],
  ...COVERAGE,
  words('zone', 'Name of the zone; view is the whole view of the camera', (row) => row.zone),
  number('seen_share', '1', 'Share of the zone that the camera sees', (row) => row.seenShare),
  number('area_m2', 'm²', 'Area of that part; empty without calibration', (row) => row.areaM2),
  ...Object.keys(QUANTITIES).filter(isQuantity).flatMap(ofQuantity),
];

const ofPeople = (way: 'in' | 'out') => (row: GateSpan) =>
  row.counts === null ? null : (row.counts.person?.[way] ?? 0);

const ofVehicles = (way: 'in' | 'out') => (row: GateSpan) =>
  row.counts === null
    ? null
    : Object.entries(row.counts).reduce((sum, [name, counts]) => (name === 'person' ? sum : sum + counts[way]), 0);

/** Columns of gates. */
export const gateColumns = (clock: Clock): readonly Column<GateSpan>[] => [
  ...instants[clock],
  ...COVERAGE,
  words('gate', 'Name of the gate', (row) => row.gate),
  number('seen_share', '1', 'Share of the gate that the camera sees', (row) => row.seenShare),
  number('width_m', 'm', 'Width of the gate; empty without calibration', (row) => row.widthM),
  number('people_in', 'people', 'Crossings inwards: from the right of the arrow to its left', ofPeople('in')),
  number('people_out', 'people', 'Crossings outwards', ofPeople('out')),
  number('people_se', 'people', 'Standard error of people_in and people_out together', gateError),
  number('vehicles_in', 'vehicles', 'Crossings inwards of bicycles and vehicles', ofVehicles('in')),
  number('vehicles_out', 'vehicles', 'Crossings outwards of bicycles and vehicles', ofVehicles('out')),
];
