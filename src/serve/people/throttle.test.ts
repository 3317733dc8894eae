import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThrottle, type Throttle } from './throttle.ts';

const OPTIONS = { free: 3, firstDelayMs: 1000, longestDelayMs: 60_000, forgetMs: 3_600_000, size: 20 };

/** Tries when it may, as somebody who guesses does; how often that was. */
const guess = (throttle: Throttle, key: string, forMs: number, stepMs: number): number => {
  let tries = 0;
  for (let nowMs = 0; nowMs < forMs; nowMs += stepMs)
    if (throttle.waitMs(key, nowMs) === 0) {
      throttle.charge(key, nowMs);
      tries++;
    }
  return tries;
};

describe('a throttle', () => {
  it('lets the first ones through, then makes wait twice as long each time, up to a bound', () => {
    const throttle = createThrottle(OPTIONS);
    const waits = Array.from({ length: 12 }, () => {
      throttle.charge('a', 0);
      return throttle.waitMs('a', 0) / 1000;
    });
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(throttle.waitMs('a', 59_999)).toBe(1);
    expect(throttle.waitMs('a', 60_000)).toBe(0);
    expect(throttle.waitMs('b', 0)).toBe(0);
  });

  it('forgets after a long time', () => {
    const throttle = createThrottle(OPTIONS);
    for (let i = 0; i < 10; i++) throttle.charge('a', 0);
    throttle.charge('a', 3_600_000);
    expect(throttle.waitMs('a', 3_600_000)).toBe(0);
  });

  it('takes back what was right, and only that', () => {
    const throttle = createThrottle(OPTIONS);
    for (let i = 0; i < 5; i++) throttle.charge('a', 0);
    throttle.refund('a');
    expect(throttle.waitMs('a', 0)).toBe(1000);
    throttle.forget('a');
    throttle.refund('a');
    expect([throttle.waitMs('a', 0), throttle.size()]).toEqual([0, 0]);
  });

  it('lets few through however fast somebody asks', () => {
    // 3 free, 7 while it doubles, then one a minute.
    expect(guess(createThrottle(OPTIONS), 'a', 3_600_000, 100)).toBe(68);
  });

  it('never keeps anybody out for longer than its longest delay, and never grows, whatever happens', () => {
    const step = fc.record({
      key: fc.nat(40).map(String),
      what: fc.constantFrom('charge', 'refund', 'forget'),
      // Clocks are set back now and then.
      passMs: fc.integer({ min: -100_000, max: 200_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const throttle = createThrottle(OPTIONS);
        let nowMs = 0;
        for (const { key, what, passMs } of steps) {
          nowMs += passMs;
          if (what === 'charge') throttle.charge(key, nowMs);
          else if (what === 'refund') throttle.refund(key);
          else throttle.forget(key);
          const waitMs = throttle.waitMs(key, nowMs);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(OPTIONS.longestDelayMs);
          expect(throttle.size()).toBeLessThanOrEqual(OPTIONS.size);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('makes nobody wait for what others did, as long as there is room', () => {
    const others = fc.array(fc.record({ key: fc.nat(18).map((i) => `other ${i}`), passMs: fc.nat(5000) }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(others, (charges) => {
        const throttle = createThrottle(OPTIONS);
        let nowMs = 0;
        for (const { key, passMs } of charges) {
          nowMs += passMs;
          throttle.charge(key, nowMs);
          expect(throttle.waitMs('me', nowMs)).toBe(0);
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it('forgets first whoever was there longest ago', () => {
    const throttle = createThrottle({ ...OPTIONS, size: 2 });
    for (let i = 0; i < 5; i++) {
      throttle.charge('a', 0);
      throttle.charge('b', 0);
    }
    throttle.charge('a', 0);
    throttle.charge('c', 0);
    expect(['a', 'b', 'c'].map((key) => throttle.waitMs(key, 0) > 0)).toEqual([true, false, false]);
  });
});
