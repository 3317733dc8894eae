/**
 * The columns of `measurements.csv` and `measurements.parquet`, in order: what each means, and where it comes from.
 * They are part of the product: a new one goes to the end, none is renamed or moved.
 */
import type { GateWindow, UtcMs, ZoneWindow } from '../contract/index.ts';
import { CROWD_COLUMNS } from './crowd-columns.ts';
import { type CsvField, roundFigure } from './csv.ts';
import {
  everyRow,
  gateFigure,
  type MeasurementColumn,
  type WindowRow,
  withError,
  zoneFigure,
} from './measurement-column.ts';

const utcAfterStart = (window: ZoneWindow | GateWindow, afterMs: number): UtcMs | number | null =>
  window.startUtc === null ? null : Math.round(window.startUtc + afterMs);

const startUtc = ({ window }: WindowRow): number | null => utcAfterStart(window, 0);
const endUtc = ({ window }: WindowRow): number | null => utcAfterStart(window, window.endMs - window.startMs);

const inSiteTime =
  (instant: (row: WindowRow) => number | null) =>
  (row: WindowRow): string | null => {
    const timeMs = instant(row);
    return timeMs === null ? null : row.siteTime(timeMs);
  };

const reasons = ({ health }: ZoneWindow | GateWindow, field: 'code' | 'message'): string | null =>
  health.reasons.length === 0 ? null : health.reasons.map((reason) => reason[field]).join('; ');

const TIMES: readonly MeasurementColumn[] = [
  everyRow(
    'start_utc',
    'timestamp',
    null,
    'Begin of the window, UTC; empty when the recording does not say when it began',
    startUtc,
  ),
  everyRow('end_utc', 'timestamp', null, 'End of the window, UTC; the window does not hold this instant', endUtc),
  everyRow(
    'start_site',
    'text',
    null,
    "start_utc in the site's time zone, ISO 8601 with the offset from UTC",
    inSiteTime(startUtc),
  ),
  everyRow(
    'end_site',
    'text',
    null,
    "end_utc in the site's time zone, ISO 8601 with the offset from UTC",
    inSiteTime(endUtc),
  ),
  everyRow('start_s', 'number', 's', 'Begin of the window, from the beginning of the recording', ({ window }) =>
    roundFigure(window.startMs / 1000),
  ),
  everyRow('end_s', 'number', 's', 'End of the window, from the beginning of the recording', ({ window }) =>
    roundFigure(window.endMs / 1000),
  ),
];

const SUBJECT: readonly MeasurementColumn[] = [
  {
    name: 'kind',
    type: 'text',
    unit: null,
    of: 'every row',
    meaning: 'zone or gate: what was measured',
    zone: () => 'zone',
    gate: () => 'gate',
  },
  {
    name: 'id',
    type: 'text',
    unit: null,
    of: 'every row',
    meaning:
      'Name of the zone or gate in the site file; view is all that the camera sees, or everybody in a trajectory file',
    zone: ({ window }) => window.zone,
    gate: ({ window }) => window.gate,
  },
  everyRow('coverage', 'number', '1', 'Share of the window that was measured, 0 to 1', ({ window }) =>
    roundFigure(window.coverage),
  ),
];

const ZONES: readonly MeasurementColumn[] = [
  ...withError(
    zoneFigure,
    'occupancy_mean',
    'people',
    'People in the zone, mean over time',
    (w: ZoneWindow) => w.occupancyMean,
  ),
  zoneFigure('occupancy_max', 'people', 'Most people in the zone at once', (w) => w.occupancyMax),
  zoneFigure('occupancy_p95', 'people', 'People in the zone, exceeded in 5 % of the frames', (w) => w.occupancyP95),
  ...withError(
    zoneFigure,
    'density_per_m2',
    '1/m²',
    'People per square metre, mean over time',
    (w: ZoneWindow) => w.densityPerM2,
  ),
  ...withError(zoneFigure, 'speed_mps', 'm/s', 'Mean speed of the people in the zone', (w: ZoneWindow) => w.speedMps),
];

const GATES: readonly MeasurementColumn[] = [
  ...withError(
    gateFigure,
    'in',
    'crossings',
    'Crossings inwards, people and vehicles: from the right of the arrow to its left',
    (w: GateWindow) => w.in,
  ),
  ...withError(gateFigure, 'out', 'crossings', 'Crossings outwards, people and vehicles', (w: GateWindow) => w.out),
  ...withError(
    gateFigure,
    'flow_per_s',
    '1/s',
    'People per second, both directions together',
    (w: GateWindow) => w.flowPerS,
  ),
  ...withError(
    gateFigure,
    'specific_flow_per_m_s',
    '1/(m·s)',
    'People per second and metre of gate, both directions together',
    (w: GateWindow) => w.specificFlowPerMS,
  ),
];

const TRUST: readonly MeasurementColumn[] = [
  everyRow(
    'health',
    'text',
    null,
    'ok, degraded (measured, with doubt) or unknown (not measured)',
    ({ window }) => window.health.state,
  ),
  everyRow('reason_codes', 'text', null, 'Why health is not ok: codes, parted by semicolons', ({ window }) =>
    reasons(window, 'code'),
  ),
  everyRow('reasons', 'text', null, 'Why health is not ok: in words, parted by semicolons', ({ window }) =>
    reasons(window, 'message'),
  ),
];

/** All columns of a window's row. */
export const MEASUREMENT_COLUMNS: readonly MeasurementColumn[] = [
  ...TIMES,
  ...SUBJECT,
  ...ZONES,
  ...GATES,
  ...TRUST,
  ...CROWD_COLUMNS,
];

const isZoneRow = (row: WindowRow): row is WindowRow<ZoneWindow> => 'zone' in row.window;
const isGateRow = (row: WindowRow): row is WindowRow<GateWindow> => 'gate' in row.window;

/** A window's values, one per entry of {@link MEASUREMENT_COLUMNS}. */
export const measurementValues = (row: WindowRow): CsvField[] => {
  if (isZoneRow(row)) return MEASUREMENT_COLUMNS.map(({ zone }) => zone(row));
  return isGateRow(row) ? MEASUREMENT_COLUMNS.map(({ gate }) => gate(row)) : [];
};
