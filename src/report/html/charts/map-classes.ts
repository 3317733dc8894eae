import { max } from 'd3-array';
import type { GroundGrid } from '../../../contract/index.ts';
import { RAMP_STEPS } from '../palette.ts';

/** Limits of the steps of colour: step i holds figures above `limits[i]` up to `limits[i + 1]`. */
export type ClassLimits = readonly number[];

/** What a map shows of each cell; NaN where it is not known. */
export interface MapFigure {
  readonly values: Float64Array;
  readonly limits: ClassLimits;
  /** No density is nobody, and has a colour of its own; no speed is the slowest. */
  readonly ramp: 'density' | 'speed';
}

const ROUND_DIGITS = [1, 2, 2.5, 5, 10];
/** Room for the last digit of a division. */
const TRIFLE = 1e-9;

/** Round limits from zero to the highest figure or beyond, as many steps as there are colours at most. */
export const classLimits = (values: Float64Array): ClassLimits => {
  const highest = max(values) ?? 0;
  if (!(highest > 0)) return [0];
  const power = 10 ** Math.floor(Math.log10(highest / RAMP_STEPS));
  const digit = ROUND_DIGITS.find((each) => each * power * RAMP_STEPS >= highest * (1 - TRIFLE)) ?? 10;
  const steps = Math.ceil((highest / (digit * power)) * (1 - TRIFLE));
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * digit * power).toPrecision(6)));
};

/** The step of a figure: 0 for nothing at all, 1 to 7 for colours, -1 where it is not known. */
export const classStep = (value: number, limits: ClassLimits): number => {
  if (Number.isNaN(value)) return -1;
  if (value <= 0) return 0;
  const step = limits.findIndex((limit) => value <= limit);
  return step === -1 ? limits.length - 1 : Math.max(1, step);
};

const PREFIX: Readonly<Record<MapFigure['ramp'], string>> = { density: 'd', speed: 's' };

/**
 * The colour class of a step. Few steps are spread over the whole ramp, so that the highest always has its end.
 *
 * @returns a class name such as `d7`
 */
export const stepClass = (step: number, { limits, ramp }: Omit<MapFigure, 'values'>): string => {
  if (step === 0 && ramp === 'density') return 'd0';
  const steps = limits.length - 1;
  if (steps < 2) return `${PREFIX[ramp]}${Math.ceil(RAMP_STEPS / 2)}`;
  return `${PREFIX[ramp]}${1 + Math.round(((Math.max(1, step) - 1) * (RAMP_STEPS - 1)) / (steps - 1))}`;
};

/** A run of neighbouring cells of one step: columns `from` to `to` (exclusive) of a row. */
export interface CellRun {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** The cells of a grid gathered by step, in runs along the rows; unknown cells are left out. */
export const cellRuns = ({ rows, columns }: GroundGrid, { values, limits }: MapFigure): Map<number, CellRun[]> => {
  const byStep = new Map<number, CellRun[]>();
  for (let row = 0; row < rows; row++) {
    for (let from = 0; from < columns; ) {
      const step = classStep(values[row * columns + from], limits);
      let to = from + 1;
      while (to < columns && classStep(values[row * columns + to], limits) === step) to++;
      const runs = byStep.get(step) ?? [];
      byStep.set(step, runs);
      runs.push({ row, from, to });
      from = to;
    }
  }
  byStep.delete(-1);
  return byStep;
};

/** A place where many people were. */
export interface BusySpot {
  readonly xM: number;
  readonly yM: number;
  readonly densityPerM2: number;
}

const SPOTS_APART_M = 2;

/** The densest cells, no two of them within two metres, densest first. */
export const busiestSpots = (grid: GroundGrid, atMost: number): BusySpot[] => {
  const cells = Array.from(grid.densityPerM2, (densityPerM2, i) => ({
    xM: grid.originXM + ((i % grid.columns) + 0.5) * grid.cellM,
    yM: grid.originYM + (Math.floor(i / grid.columns) + 0.5) * grid.cellM,
    densityPerM2,
  })).filter(({ densityPerM2 }) => densityPerM2 > 0);
  cells.sort((a, b) => b.densityPerM2 - a.densityPerM2);
  const spots: BusySpot[] = [];
  for (const cell of cells) {
    if (spots.length === atMost) break;
    const isApart = spots.every(({ xM, yM }) => Math.hypot(xM - cell.xM, yM - cell.yM) >= SPOTS_APART_M);
    if (isApart) spots.push(cell);
  }
  return spots;
};
