import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MomentClock } from './moment-clock.ts';

const T = 1_795_320_000_000;

/** Milliseconds from T: what arrives, and what is then due. */
const play = (
  steps: readonly (readonly [atMs: number, told: Readonly<Record<string, number>>])[],
  expected = ['a', 'b'],
) => {
  const clock = new MomentClock(T);
  return steps.map(([atMs, told]) => {
    for (const [camera, endMs] of Object.entries(told)) clock.arrived(camera, T + endMs);
    return clock.due(T + atMs, expected).map((endMs) => endMs - T);
  });
};

test.each([
  [
    'when all have told of it',
    [
      [1100, { a: 1000 }],
      [1200, { b: 1000 }],
    ],
    [[], [1000]],
  ],
  [
    'at once where nobody is expected to',
    [
      [999, {}],
      [1000, {}],
    ],
    [[], [1000]],
    [],
  ],
  [
    'late without those who are missing',
    [
      [1100, { a: 1000 }],
      [1799, {}],
      [1800, {}],
    ],
    [[], [], [1000]],
  ],
  [
    'with the next, where both wait',
    [
      [1900, { a: 1000 }],
      [2000, { a: 2000, b: 2000 }],
    ],
    [[1000], [2000]],
  ],
  ['not before it is over', [[900, { a: 1000, b: 1000 }]], [[]]],
  [
    'from now on after a sleep',
    [
      [1800, {}],
      [60_000, { a: 60_000, b: 60_000 }],
    ],
    [[1000], [60_000]],
  ],
  [
    'from now on when the clock was set back',
    [
      [1800, {}],
      [-60_000, {}],
      [-59_200, {}],
    ],
    [[1000], [], [-60_000]],
  ],
] as const)('a second is told %s', (_, steps, due, expected: readonly string[] = ['a', 'b']) => {
  expect(play(steps, [...expected])).toEqual(due);
});

test('no second is told twice or out of order, while the clock runs forward', () => {
  const step = fc.record({ byMs: fc.integer({ min: 0, max: 3000 }), a: fc.integer({ min: 0, max: 60_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const clock = new MomentClock(T);
      let nowMs = T;
      let last = T;
      for (const { byMs, a } of steps) {
        nowMs += byMs;
        clock.arrived('a', T + a);
        for (const endMs of clock.due(nowMs, ['a'])) {
          expect(endMs).toBeGreaterThan(last);
          expect(endMs).toBeLessThanOrEqual(nowMs);
          last = endMs;
        }
        expect(nowMs - last).toBeLessThan(1000 + 800);
      }
    }),
  );
});
