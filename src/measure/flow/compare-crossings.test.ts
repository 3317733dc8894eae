import { describe, expect, it } from 'vitest';
import { compareCrossings, type GateEvent } from './compare-crossings.ts';

const events = (gate: string, direction: 'in' | 'out', ...timesS: number[]): GateEvent[] =>
  timesS.map((timeS) => ({ gate, direction, timeMs: 1000 * timeS }));

describe('compareCrossings', () => {
  const table: readonly [what: string, truth: GateEvent[], measured: GateEvent[], counts: readonly number[]][] = [
    // matched, missed, extra of direction in, tolerance 1 s
    ['all found', events('a', 'in', 1, 5), events('a', 'in', 1.5, 4.2), [2, 0, 0]],
    ['one missed', events('a', 'in', 1, 5), events('a', 'in', 5), [1, 1, 0]],
    ['one invented', events('a', 'in', 1), events('a', 'in', 1, 9), [1, 0, 1]],
    ['too late', events('a', 'in', 1), events('a', 'in', 2.1), [0, 1, 1]],
    ['just in time', events('a', 'in', 1), events('a', 'in', 2), [1, 0, 0]],
    // The nearest first would pair 1.9 with 2 and leave 1 and 2.9 without a partner.
    ['as many pairs as can be', events('a', 'in', 1, 2), events('a', 'in', 1.9, 2.9), [2, 0, 0]],
    ['the wrong way', events('a', 'in', 1), events('a', 'out', 1), [0, 1, 0]],
    ['another gate', events('a', 'in', 1), events('b', 'in', 1), [0, 1, 0]],
    ['not in order', events('a', 'in', 5, 1), events('a', 'in', 1, 5), [2, 0, 0]],
  ];
  it.each(table)('%s', (_what, truth, measured, counts) => {
    const row = compareCrossings(truth, measured, 1).find(({ gate, direction }) => gate === 'a' && direction === 'in');
    expect([row?.matched, row?.missed, row?.extra]).toEqual(counts);
  });

  it('has a row for each gate and direction of either list', () => {
    const rows = compareCrossings(events('a', 'in', 1), events('b', 'out', 1), 1);
    expect(rows.map(({ gate, direction, truth, measured }) => [gate, direction, truth, measured])).toEqual([
      ['a', 'in', 1, 0],
      ['a', 'out', 0, 0],
      ['b', 'in', 0, 0],
      ['b', 'out', 0, 1],
    ]);
  });

  it('has no rows for nothing', () => {
    expect(compareCrossings([], [], 1)).toEqual([]);
  });
});
