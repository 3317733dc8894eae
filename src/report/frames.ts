/** `series.csv` and `gates.csv`: a row per measured frame and zone or gate, written as the frames come. */
import type { FrameMeasurement, ZoneSample } from '../contract/index.ts';
import { type ColumnDescription, column } from './column.ts';
import { formatField, formatFigure } from './csv.ts';
import { beginTable } from './csv-table.ts';
import type { OutputFolder } from './output-folder.ts';

const FRAME = column(
  'frame',
  'number',
  null,
  'Number of the frame in its source; 1 is the first picture of a video or folder, a trajectory file has its own numbers',
);
const TIME = column('time_s', 'number', 's', 'Time of the frame, from the beginning of the recording');

const COMMON: readonly ColumnDescription[] = [
  FRAME,
  TIME,
  column('zone', 'text', null, 'Name of the zone; view is all that the camera sees, or everybody in a trajectory file'),
  column('occupancy', 'number', 'people', 'People in the zone'),
  column(
    'density_per_m2',
    'number',
    '1/m²',
    'Classic density: people per square metre of the zone; empty without calibration',
  ),
  column('speed_mps', 'number', 'm/s', "Mean speed of the people in the zone; empty when nobody's speed is known"),
];

const DENSITY_VORONOI = column('density_voronoi', 'number', '1/m²', 'Voronoi density (Steffen and Seyfried 2010)');
const SPEED_VORONOI = column(
  'speed_voronoi',
  'number',
  'm/s',
  "Voronoi speed: weighted by the share of the zone that each person's cell covers",
);
const PRESSURE = column(
  'crowd_pressure_per_s2',
  'number',
  '1/s²',
  'Greatest crowd pressure in the zone: density times velocity variance (Helbing et al. 2007)',
);
const CUTOFF: readonly ColumnDescription[] = [
  column(
    'density_voronoi_cutoff',
    'number',
    '1/m²',
    'Voronoi density with cells cut to the circle of analysis.cutoff; the column is there only with a cut-off',
  ),
  column('speed_voronoi_cutoff', 'number', 'm/s', 'Voronoi speed with the same cells; only with a cut-off'),
];

/** What a row of `series.csv` holds: its columns, and the text of those after the zone's name. */
export interface SeriesLayout {
  readonly columns: readonly ColumnDescription[];
  readonly figures: (sample: ZoneSample) => string;
}

/** Of a camera's recording. */
export const CAMERA_SERIES: SeriesLayout = {
  columns: [...COMMON, DENSITY_VORONOI, SPEED_VORONOI, PRESSURE],
  figures: (zone) =>
    `${formatFigure(zone.occupancy)},${formatFigure(zone.densityPerM2)},${formatFigure(zone.speedMps)},${formatFigure(zone.densityVoronoiPerM2)},${formatFigure(zone.speedVoronoiMps)},${formatFigure(zone.pressurePerS2)}`,
};

/** Density and speed stand twice, the second time under the names that other programs look for. */
const TRAJECTORY_COLUMNS: readonly ColumnDescription[] = [
  ...COMMON,
  column('density_classic', 'number', '1/m²', 'density_per_m2 again'),
  DENSITY_VORONOI,
  column('speed_mean', 'number', 'm/s', 'speed_mps again'),
  SPEED_VORONOI,
];

const trajectoryFigures = (zone: ZoneSample): string => {
  const density = formatFigure(zone.densityPerM2);
  const speed = formatFigure(zone.speedMps);
  return `${formatFigure(zone.occupancy)},${density},${speed},${density},${formatFigure(zone.densityVoronoiPerM2)},${speed},${formatFigure(zone.speedVoronoiMps)}`;
};

/** Of a trajectory file, without a cut-off. */
export const TRAJECTORY_SERIES: SeriesLayout = {
  columns: [...TRAJECTORY_COLUMNS, PRESSURE],
  figures: (zone) => `${trajectoryFigures(zone)},${formatFigure(zone.pressurePerS2)}`,
};

/** Of a trajectory file, with a cut-off. */
export const CUTOFF_SERIES: SeriesLayout = {
  columns: [...TRAJECTORY_COLUMNS, ...CUTOFF, PRESSURE],
  figures: (zone) =>
    `${trajectoryFigures(zone)},${formatFigure(zone.densityVoronoiCutoffPerM2)},${formatFigure(zone.speedVoronoiCutoffMps)},${formatFigure(zone.pressurePerS2)}`,
};

/** Columns of `gates.csv`, in order. */
export const GATE_COLUMNS: readonly ColumnDescription[] = [
  FRAME,
  TIME,
  column('gate', 'text', null, 'Name of the gate'),
  column(
    'in',
    'number',
    'crossings',
    'Crossings inwards at this frame: from the right of the arrow to its left. In a trajectory file each person counts once, at the first crossing',
  ),
  column('out', 'number', 'crossings', 'Crossings outwards at this frame'),
  column('cumulative', 'number', 'crossings', 'In and out together since the beginning'),
];

const startOf = ({ frame, timeMs }: FrameMeasurement): string =>
  `${formatFigure(frame)},${formatFigure(timeMs / 1000)},`;

const seriesLines = (measured: FrameMeasurement, { figures }: SeriesLayout): string => {
  const start = startOf(measured);
  let lines = '';
  for (const zone of measured.zones) lines += `${start}${formatField(zone.zone)},${figures(zone)}\n`;
  return lines;
};

const gateLines = (measured: FrameMeasurement): string => {
  const start = startOf(measured);
  let lines = '';
  for (const gate of measured.gates) {
    lines += `${start}${formatField(gate.gate)},${formatFigure(gate.in)},${formatFigure(gate.out)},${formatFigure(gate.cumulative)}\n`;
  }
  return lines;
};

/**
 * Begins `series.csv` and `gates.csv` in a folder.
 *
 * @returns a function that appends a frame. It has read the frame when it returns; its promise says when the next
 *   frame may come
 */
export const openFrames = async (
  folder: OutputFolder,
  layout: SeriesLayout,
): Promise<(frame: FrameMeasurement) => Promise<void>> => {
  const series = await beginTable(folder, 'series.csv', layout.columns);
  const gates = await beginTable(folder, 'gates.csv', GATE_COLUMNS);
  return async (frame) => {
    await Promise.all([series.write(seriesLines(frame, layout)), gates.write(gateLines(frame))]);
  };
};
