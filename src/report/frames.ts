/** `series.csv` and `gates.csv`: a row per measured frame and zone or gate, written as the frames come. */
import type { FrameMeasurement } from '../contract/index.ts';
import { formatField, formatFigure, formatLine } from './csv.ts';
import type { ColumnDescription } from './measurement-columns.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputFolder } from './output-folder.ts';

const column = (name: string, type: 'number' | 'text', unit: string | null, meaning: string): ColumnDescription => ({
  name,
  type,
  unit,
  of: 'every row',
  meaning,
});

const FRAME = column('frame', 'number', null, 'Number of the frame in its source; 1 is the first picture');
const TIME = column('time_s', 'number', 's', 'Time of the frame, from the first picture of the recording');

/** Columns of `series.csv`, in order. */
export const SERIES_COLUMNS: readonly ColumnDescription[] = [
  FRAME,
  TIME,
  column('zone', 'text', null, 'Name of the zone; view is all that the camera sees'),
  column('occupancy', 'number', 'people', 'People in the zone'),
  column('density_per_m2', 'number', '1/m²', 'People per square metre of the zone; empty without calibration'),
  column('speed_mps', 'number', 'm/s', "Mean speed of the people in the zone; empty when nobody's speed is known"),
];

/** Columns of `gates.csv`, in order. */
export const GATE_COLUMNS: readonly ColumnDescription[] = [
  FRAME,
  TIME,
  column('gate', 'text', null, 'Name of the gate'),
  column('in', 'number', 'crossings', 'Crossings inwards at this frame: from the right of the arrow to its left'),
  column('out', 'number', 'crossings', 'Crossings outwards at this frame'),
  column('cumulative', 'number', 'crossings', 'In and out together since the beginning'),
];

const seriesLines = ({ frame, timeMs, zones }: FrameMeasurement): string => {
  const start = `${formatFigure(frame)},${formatFigure(timeMs / 1000)},`;
  let lines = '';
  for (const { zone, occupancy, densityPerM2, speedMps } of zones) {
    lines += `${start}${formatField(zone)},${formatFigure(occupancy)},${formatFigure(densityPerM2)},${formatFigure(speedMps)}\n`;
  }
  return lines;
};

const gateLines = ({ frame, timeMs, gates }: FrameMeasurement): string => {
  const start = `${formatFigure(frame)},${formatFigure(timeMs / 1000)},`;
  let lines = '';
  for (const gate of gates) {
    lines += `${start}${formatField(gate.gate)},${formatFigure(gate.in)},${formatFigure(gate.out)},${formatFigure(gate.cumulative)}\n`;
  }
  return lines;
};

const begin = async (
  folder: OutputFolder,
  name: string,
  columns: readonly ColumnDescription[],
): Promise<OutputFile> => {
  const file = await folder.file(name);
  await file.write(formatLine(columns.map((each) => each.name)));
  return file;
};

/**
 * Begins `series.csv` and `gates.csv` in a folder.
 *
 * @returns a function that appends a frame. It has read the frame when it returns; its promise says when the next
 *   frame may come
 */
export const openFrames = async (folder: OutputFolder): Promise<(frame: FrameMeasurement) => Promise<void>> => {
  const series = await begin(folder, 'series.csv', SERIES_COLUMNS);
  const gates = await begin(folder, 'gates.csv', GATE_COLUMNS);
  return async (frame) => {
    await Promise.all([series.write(seriesLines(frame)), gates.write(gateLines(frame))]);
  };
};
