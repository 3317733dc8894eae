import { max, ticks } from 'd3-array';
import type { GroundGrid } from '../../../contract/index.ts';
import { RAMP_STEPS } from '../palette.ts';

/** Limits of the steps of colour, people per m²: step i holds densities above `limits[i]` up to `limits[i + 1]`. */
export type DensityLimits = readonly number[];

/** Round limits from zero to the highest density, at most as many steps as there are colours. */
export const densityLimits = ({ densityPerM2 }: GroundGrid): DensityLimits => {
  const highest = max(densityPerM2) ?? 0;
  if (!(highest > 0)) return [0];
  for (let wanted = RAMP_STEPS; wanted > 0; wanted--) {
    const marks = ticks(0, highest, wanted);
    const step = (marks[1] ?? highest) - (marks[0] ?? 0);
    const limits = (marks.at(-1) ?? 0) >= highest ? marks : [...marks, (marks.at(-1) ?? 0) + step];
    if (limits.length <= RAMP_STEPS + 1) return limits.map((limit) => Number(limit.toPrecision(6)));
  }
  return [0, highest];
};

/** The step of a density: 0 for nobody at all, 1 to 7 for colours, -1 where it is not known. */
export const densityStep = (density: number, limits: DensityLimits): number => {
  if (Number.isNaN(density)) return -1;
  if (density <= 0) return 0;
  const step = limits.findIndex((limit) => density <= limit);
  return step === -1 ? limits.length - 1 : Math.max(1, step);
};

/**
 * The colour class of a step. Few steps are spread over the whole ramp, so that the highest always has its end.
 *
 * @returns a class name such as `d7`
 */
export const stepClass = (step: number, limits: DensityLimits): string => {
  if (step === 0) return 'd0';
  const steps = limits.length - 1;
  if (steps < 2) return `d${Math.ceil(RAMP_STEPS / 2)}`;
  return `d${1 + Math.round(((step - 1) * (RAMP_STEPS - 1)) / (steps - 1))}`;
};

/** A run of neighbouring cells of one step: columns `from` to `to` (exclusive) of a row. */
export interface CellRun {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** The cells of a grid gathered by step, in runs along the rows; unseen cells are left out. */
export const cellRuns = (grid: GroundGrid, limits: DensityLimits): Map<number, CellRun[]> => {
  const byStep = new Map<number, CellRun[]>();
  for (let row = 0; row < grid.rows; row++) {
    for (let from = 0; from < grid.columns; ) {
      const step = densityStep(grid.densityPerM2[row * grid.columns + from], limits);
      let to = from + 1;
      while (to < grid.columns && densityStep(grid.densityPerM2[row * grid.columns + to], limits) === step) to++;
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
