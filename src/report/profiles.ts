/** `profiles.csv`: mean density and speed in cells of the ground. */
import type { GroundGrid } from '../contract/index.ts';
import { type ColumnDescription, column, namesOf } from './column.ts';
import { formatLine } from './csv.ts';

/** Columns of `profiles.csv`, in order. */
export const PROFILE_COLUMNS: readonly ColumnDescription[] = [
  column('x_m', 'number', 'm', "Middle of the cell, in the site's own frame"),
  column('y_m', 'number', 'm', "Middle of the cell, in the site's own frame"),
  column('density_per_m2', 'number', '1/m²', 'Mean density of the cell'),
  column('speed_mps', 'number', 'm/s', 'Mean speed there; empty where nobody walked'),
];

/**
 * The text of `profiles.csv`: the cells of which something is known, from the lowest row up.
 *
 * @returns null without a grid, as of a camera that is not calibrated
 */
export const formatProfiles = (grid: GroundGrid | null): string | null => {
  if (grid === null) return null;
  const { originXM, originYM, cellM, columns, densityPerM2, speedMps } = grid;
  const lines: string[] = [];
  for (let cell = 0; cell < densityPerM2.length; cell++) {
    if (Number.isNaN(densityPerM2[cell]) && Number.isNaN(speedMps[cell])) continue;
    const xM = originXM + ((cell % columns) + 0.5) * cellM;
    const yM = originYM + (Math.floor(cell / columns) + 0.5) * cellM;
    lines.push(formatLine([xM, yM, densityPerM2[cell], speedMps[cell]]));
  }
  return formatLine(namesOf(PROFILE_COLUMNS)) + lines.join('');
};
