import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateClock, createStampClock } from './clock.ts';

const run = (stamps: readonly (number | null)[], rate = 10): { times: number[]; disordered: number; gaps: number } => {
  const clock = createStampClock(rate);
  const times = stamps.map((stampS, i) => Number(clock.timeOf(i + 1, stampS).toFixed(6)));
  return { times, disordered: clock.disordered, gaps: clock.gaps };
};

describe('a clock that believes the time stamps', () => {
  const cases: readonly [name: string, stamps: (number | null)[], times: number[], disordered: number][] = [
    ['a constant rate', [0, 0.1, 0.2], [0, 100, 200], 0],
    ['a stream that does not begin at zero', [7.5, 7.6, 7.7], [0, 100, 200], 0],
    ['a variable rate', [0, 0.1, 0.5, 0.55], [0, 100, 500, 550], 0],
    ['no time stamps at all: the nominal rate', [null, null, null], [0, 100, 200], 0],
    ['one missing: a step on from the one before', [0, null, 0.21], [0, 100, 210], 0],
    ['the first missing', [null, 3, 3.1], [0, 100, 200], 0],
    ['one that stands still', [0, 0, 0.2], [0, 100, 200], 1],
    ['one that runs back, and recovers', [0, 0.1, 0.05, 0.3], [0, 100, 200, 300], 1],
    ['a clock set back for good', [5, 5.1, 0, 0.1], [0, 100, 200, 300], 2],
  ];
  it.each(cases)('%s', (_, stamps, times, disordered) => {
    expect(run(stamps)).toMatchObject({ times, disordered });
  });

  it('keeps time for a number that was passed over', () => {
    const clock = createStampClock(10);
    expect(clock.timeOf(2, null)).toBe(100);
    expect(clock.timeOf(5, null)).toBe(400);
  });

  it('counts holes longer than 2 s, not shorter ones', () => {
    expect(run([0, 0.1, 2.1]).gaps).toBe(0);
    expect(run([0, 0.1, 12.2, 12.3]).gaps).toBe(1);
    // At one frame a minute, a minute is no hole.
    expect(run([0, 60, 120], 1 / 60).gaps).toBe(0);
  });

  it('always moves forward, whatever the stamps', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: -1e4, max: 1e4, noNaN: true }))), (stamps) => {
        const { times } = run(stamps);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { seed: 1 },
    );
  });
});

describe('a clock with a given rate', () => {
  it('puts frame n at (n − 1) / rate, whatever the stamp says', () => {
    const clock = createRateClock(7);
    expect(clock.timeOf(1, 99)).toBe(0);
    expect(clock.timeOf(8, 3)).toBeCloseTo(1000, 9);
    expect(clock.timeOf(420, null)).toBeCloseTo(59_857.142857, 6);
  });
});
