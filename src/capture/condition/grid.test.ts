import { expect, it } from 'vitest';
import { blockOfCell, BLOCKS, CELLS, COLUMNS, openCells, ROWS } from './grid.ts';

it('has blocks of 36 cells', () => {
  const counts = new Uint8Array(BLOCKS);
  for (let cell = 0; cell < CELLS; cell++) counts[blockOfCell(cell)]++;
  expect(counts.every((count) => count === 36)).toBe(true);
});

it('closes what a mask touches, and a margin of one cell', () => {
  const square = [[0.25, 0.25] as const, [0.5, 0.25] as const, [0.5, 0.5] as const, [0.25, 0.5] as const];
  const open = openCells([square]);
  const rows = Array.from({ length: ROWS }, (_row, row) => open.subarray(row * COLUMNS, (row + 1) * COLUMNS));
  const closed = rows.map((row) => row.reduce((sum, cell) => sum + 1 - cell, 0));
  // 24 × 18 cells, the margin, and at most one more where a corner just touches.
  expect(Math.max(...closed)).toBeGreaterThanOrEqual(26);
  expect(Math.max(...closed)).toBeLessThanOrEqual(28);
  expect(closed.filter((count) => count > 0).length).toBeGreaterThanOrEqual(20);
  expect(rows[30][36]).toBe(0);
  expect(rows[30][10]).toBe(1);
});

it('has no holes where a row of masks ends at the edge of the picture', () => {
  const strip = [[0, 0] as const, [1, 0] as const, [1, 0.1] as const, [0, 0.1] as const];
  const open = openCells([strip]);
  expect(open.subarray(0, 8 * COLUMNS).every((cell) => cell === 0)).toBe(true);
  expect(open.subarray(10 * COLUMNS).every((cell) => cell === 1)).toBe(true);
});

it('is all open without masks', () => {
  expect(openCells([]).every((cell) => cell === 1)).toBe(true);
});
