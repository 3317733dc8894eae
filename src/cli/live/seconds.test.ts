import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Seconds } from './seconds.ts';

test('the first second begins with the camera, and the next are those of the clock', () => {
  const seconds = new Seconds(10_400);
  expect(seconds.over(10_999)).toEqual([]);
  expect(seconds.over(12_300)).toEqual([
    { startMs: 10_400, endMs: 11_000 },
    { startMs: 11_000, endMs: 12_000 },
  ]);
  expect(seconds.over(12_300)).toEqual([]);
});

test('a machine that slept shows a gap, and not an hour of seconds without a picture', () => {
  const seconds = new Seconds(10_000);
  expect(seconds.over(3_600_500)).toEqual([]);
  expect(seconds.over(3_601_100)).toEqual([{ startMs: 3_600_000, endMs: 3_601_000 }]);
});

test('a clock that is set back is followed, one that trembles is waited for', () => {
  const seconds = new Seconds(100_000);
  expect(seconds.over(99_500)).toEqual([]);
  expect(seconds.over(101_000)).toHaveLength(1);
  expect(seconds.over(50_300)).toEqual([]);
  expect(seconds.over(51_000)).toEqual([{ startMs: 50_300, endMs: 51_000 }]);
});

test('the last second ends when the camera does', () => {
  const seconds = new Seconds(10_000);
  expect(seconds.cut(10_000)).toBeNull();
  expect(seconds.cut(10_250)).toEqual({ startMs: 10_000, endMs: 10_250 });
  expect(seconds.over(11_000)).toEqual([{ startMs: 10_250, endMs: 11_000 }]);
});

test('seconds never overlap, and leave nothing out while the clock goes on', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 9000 }), { maxLength: 50 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), steps, (begin, gaps) => {
      const seconds = new Seconds(begin);
      let now = begin;
      let end = begin;
      for (const gap of gaps) {
        now += gap;
        for (const period of seconds.over(now)) {
          expect(period.startMs).toBe(end);
          expect(period.endMs).toBeGreaterThan(period.startMs);
          expect(period.endMs % 1000).toBe(0);
          end = period.endMs;
        }
        expect(now - end).toBeLessThan(1000);
      }
    }),
    { seed: 11 },
  );
});
