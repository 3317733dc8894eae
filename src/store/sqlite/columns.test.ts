import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Figures, ZONE_QUANTITY_NAMES } from '../../contract/index.ts';
import { FIGURE_COLUMNS, figuresAt } from './columns.ts';
import { openDatabase } from './database.ts';

describe('columns', () => {
  it('every quantity has its five columns in the table, and the table has no others', () => {
    const database = openDatabase(':memory:');
    const columns = database.prepare("SELECT name FROM pragma_table_info('zone_span')").all();
    const own = ['level_s', 'place', 'start_s', 'measured_s', 'last_ms', 'seen_share', 'area_m2'];
    expect(columns.map(({ name }) => name)).toEqual([...own, ...FIGURE_COLUMNS]);
    expect(FIGURE_COLUMNS).toHaveLength(5 * ZONE_QUANTITY_NAMES.length);
    database.close();
  });

  it.each<{ what: string; row: readonly (number | null)[]; figures: Figures }>([
    { what: 'known', row: [1, 2, 3, 4, 5], figures: { occupancy: { sum: 1, weight: 2, min: 3, max: 4, errorSum: 5 } } },
    {
      what: 'known, without an error',
      row: [0, 2, 0, 0, null],
      figures: { occupancy: { sum: 0, weight: 2, min: 0, max: 0, errorSum: null } },
    },
    { what: 'unknown', row: [null, null, null, null, null], figures: {} },
    { what: 'missing', row: [], figures: {} },
  ])('a quantity that is $what', ({ row, figures }) => {
    expect(figuresAt([7, ...row], 1)).toEqual(figures);
  });

  it('keeps the columns that are in use', () => {
    const sql = readFileSync(new URL('migrations/0001.sql', import.meta.url), 'utf8');
    expect(FIGURE_COLUMNS.filter((name) => !sql.includes(` ${name} REAL`))).toEqual([]);
  });
});
