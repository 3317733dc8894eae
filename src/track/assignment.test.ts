import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAssignmentSolver, type SparseCosts } from './assignment.ts';

/** Costs by row; null where there is no edge. */
type Table = readonly (readonly (number | null)[])[];

const sparse = (table: Table, columns: number): SparseCosts => {
  const rowStart = [0];
  const column: number[] = [];
  const cost: number[] = [];
  for (const row of table) {
    for (const [j, value] of row.entries()) {
      if (value === null) continue;
      column.push(j);
      cost.push(value);
    }
    rowStart.push(column.length);
  }
  return {
    rows: table.length,
    columns,
    rowStart: Int32Array.from(rowStart),
    column: Int32Array.from(column),
    cost: Float64Array.from(cost),
  };
};

/** The least sum over every way to match, tried one by one. */
const bruteForce = (table: Table, unmatched: number, row = 0, taken = 0): number => {
  if (row === table.length) return 0;
  const alternatives = table[row].flatMap((cost, j) =>
    cost === null || (taken & (1 << j)) !== 0 ? [] : [cost + bruteForce(table, unmatched, row + 1, taken | (1 << j))],
  );
  return Math.min(unmatched + bruteForce(table, unmatched, row + 1, taken), ...alternatives);
};

const sumOf = (table: Table, matches: Int32Array, unmatched: number): number =>
  table.reduce((sum, row, i) => sum + (matches[i] < 0 ? unmatched : (row[matches[i]] ?? Infinity)), 0);

describe('assignment', () => {
  it.each<[string, Table, number, number[]]>([
    ['nothing', [], 1, []],
    ['a row without edges', [[null, null]], 1, [-1]],
    ['one pair', [[0.4, null]], 1, [0]],
    ['a pair that costs more than staying apart', [[1.2]], 1, [-1]],
    [
      'the greedy choice would cost more',
      [
        [0.1, 0.2],
        [0.15, 0.9],
      ],
      1,
      [1, 0],
    ],
    ['a row gives its column up and stays unmatched', [[0.6], [0.1]], 1, [-1, 0]],
    [
      'three rows hand columns on',
      [
        [0.1, 0.2, null],
        [0.1, null, 0.3],
        [0.1, null, null],
      ],
      1,
      [1, 2, 0],
    ],
    [
      'costs below zero',
      [
        [-0.3, -0.1],
        [-0.2, null],
      ],
      1,
      [1, 0],
    ],
  ])('%s', (_name, table, unmatched, expected) => {
    const matches = createAssignmentSolver().solve(sparse(table, 3), unmatched);
    expect(Array.from(matches.subarray(0, table.length))).toEqual(expected);
  });

  const tables = fc.integer({ min: 1, max: 6 }).chain((columns) =>
    fc.array(
      fc.array(fc.option(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { nil: null, freq: 2 }), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: 1, maxLength: 6 },
    ),
  );

  it('is as cheap as the best of all ways, and gives no column twice', () => {
    const solver = createAssignmentSolver();
    fc.assert(
      fc.property(tables, fc.constantFrom(0.3, 0.7, 1, 50), (table, unmatched) => {
        const matches = solver.solve(sparse(table, table[0].length), unmatched).slice(0, table.length);
        const taken = matches.filter((column) => column >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(sumOf(table, matches, unmatched)).toBeCloseTo(bruteForce(table, unmatched), 9);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('grows with what it is given', () => {
    const count = 300;
    const table = Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (__, j) => Math.abs(i - j) / count),
    );
    const matches = createAssignmentSolver().solve(sparse(table, count), 1);
    expect(Array.from(matches.subarray(0, count))).toEqual(Array.from({ length: count }, (_, i) => i));
  });
});
