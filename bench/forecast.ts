/**
 * How good the forecasts of a zone's occupancy would have been (back-test, rolling origin), beside 'same as now' and
 * 'same as yesterday at this time', on made-up days of several kinds, and what a minute costs.
 *
 *   npm run bench -- forecast [--table]
 *
 * `--table` prints a table for people instead of JSON lines. Errors are in people; skill is 1 − RMSE ÷ RMSE of 'same as
 * now'; coverage is the share of what came that lay in the 90 % interval. The recordings at hand, of two minutes and
 * one minute, are too short to foretell a quarter of an hour.
 */
import { parseArgs } from 'node:util';
import { type BackTestRow, backTest } from '../src/measure/forecast/back-test.ts';
import {
  constantHall,
  eventNights,
  ordinarySquare,
  randomWalk,
  shockDay,
  squareWithGaps,
  stationHall,
  steadyCrossing,
} from '../src/measure/forecast/synthetic-days.fixture.ts';
import type { ZoneMinute } from '../src/measure/forecast/zone-minute.ts';
import { print } from './figures.ts';

const DAY_MIN = 1440;

/** A series, and the days at its beginning from which is only learnt. */
interface Series {
  readonly days: string;
  readonly make: () => readonly ZoneMinute[];
  readonly learn: number;
}

const SERIES: readonly Series[] = [
  { days: 'square, first day', make: () => ordinarySquare(1), learn: 0 },
  { days: 'square, second week', make: () => ordinarySquare(14), learn: 7 },
  { days: 'square with gaps, second week', make: () => squareWithGaps(14), learn: 7 },
  { days: 'station, first day', make: () => stationHall(1), learn: 0 },
  { days: 'station, second week', make: () => stationHall(14), learn: 7 },
  { days: 'event, first night', make: () => eventNights(1), learn: 0 },
  { days: 'event, nights 8 to 14', make: () => eventNights(14), learn: 7 },
  { days: 'steady crossing', make: () => steadyCrossing(5), learn: 2 },
  { days: 'a day unlike the week before', make: () => shockDay(8), learn: 7 },
  { days: 'random coming and going', make: () => randomWalk(5), learn: 2 },
  { days: 'hardly anything happens', make: () => constantHall(3), learn: 1 },
];

const decimals = (value: number | null | undefined, digits = 1): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);

const COLUMNS: readonly (readonly [title: string, width: number, cell: (row: BackTestRow) => string])[] = [
  ['min', 4, ({ horizonMin }) => String(horizonMin)],
  ['MAE', 7, ({ forecast }) => decimals(forecast.mae)],
  ['RMSE', 7, ({ forecast }) => decimals(forecast.rmse)],
  ['bias', 7, ({ forecast }) => decimals(forecast.bias)],
  ['MAE now', 9, ({ same }) => decimals(same.mae)],
  ['RMSE now', 9, ({ same }) => decimals(same.rmse)],
  ['RMSE yest.', 11, ({ yesterday }) => decimals(yesterday?.rmse)],
  ['skill', 7, ({ skill }) => decimals(skill, 2)],
  ['covered', 9, ({ interval }) => decimals(interval.coverage, 3)],
  ['width', 8, ({ interval }) => decimals(interval.width)],
  ['Winkler', 9, ({ interval }) => decimals(interval.winkler)],
];
const NAME_WIDTH = 30;

const printHeader = (): void => {
  console.log(' '.repeat(NAME_WIDTH) + COLUMNS.map(([title, width]) => title.padStart(width)).join(''));
};

const printRow = (days: string, row: BackTestRow): void => {
  console.log(days.padEnd(NAME_WIDTH) + COLUMNS.map(([, width, cell]) => cell(row).padStart(width)).join(''));
};

/** Runs the back-tests. */
export const runForecastBench = async (args: readonly string[]): Promise<void> => {
  const { table } = parseArgs({ args: [...args], options: { table: { type: 'boolean', default: false } } }).values;
  if (table) printHeader();
  for (const { days, make, learn } of SERIES) {
    const series = make();
    const started = performance.now();
    const rows = backTest(series, { warmUpMin: learn * DAY_MIN });
    const microsecondsPerMinute = ((performance.now() - started) * 1000) / series.length;
    for (const row of rows) {
      if (table) printRow(days, row);
      else print({ bench: 'forecast', days, microsecondsPerMinute, ...row });
    }
  }
};
