import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPictureClock } from './picture-clock.ts';

/** When pictures came, ms, and their stamps, ms; the times they are given. */
const run = (
  pictures: readonly (readonly [arrivalMs: number, stampMs: number | null])[],
  pace: 'live' | 'stored' = 'live',
) => {
  const clock = createPictureClock(pace);
  return pictures.map(([arrivalMs, stampMs]) => clock.timeOf(stampMs === null ? null : stampMs / 1000, arrivalMs));
};

const T0 = 1_800_000_000_000;

/** Pictures that come a fixed time after they were taken, every `periodMs`. */
const steady = (count: number, periodMs: number, fromMs = T0, stampFromMs = 0): [number, number][] =>
  Array.from({ length: count }, (_, i) => [fromMs + i * periodMs, stampFromMs + i * periodMs]);

describe('times of a live source', () => {
  it('are those of arrival, from the second picture on: the first may have been waiting somewhere', () => {
    expect(run(steady(4, 100))).toEqual([null, T0 + 100, T0 + 200, T0 + 300]);
  });

  it('are smoother than arrival: a picture stuck for a moment has the time at which it was taken', () => {
    const pictures = steady(6, 100).map(([arrival, stamp], i) => [arrival + (i === 3 ? 80 : 0), stamp] as const);
    expect(run(pictures).slice(1)).toEqual([100, 200, 300, 400, 500].map((ms) => T0 + ms));
  });

  it('are put right when the first pictures came late', () => {
    const delays = [80, 80, 0, 30, 10, 50];
    const pictures = delays.map((delay, i) => [T0 + i * 100 + delay, i * 100] as const);
    // The third is too close to the second, whose time is wrong, for anybody's speed to be believed.
    expect(run(pictures)).toEqual([null, T0 + 180, null, T0 + 300, T0 + 400, T0 + 500]);
  });

  it('hold through a stall: what comes at once afterwards has the times at which it was taken', () => {
    const pictures = steady(40, 100).map(
      ([arrival, stamp]) => [Math.max(arrival, stamp >= 1000 ? T0 + 2500 : 0), stamp] as const,
    );
    expect(run(pictures).slice(1)).toEqual(pictures.slice(1).map(([, stamp]) => T0 + stamp));
  });

  it('pass over what a server had kept, and are never in the future', () => {
    // Two seconds of pictures come within 20 ms, then life.
    const kept = Array.from({ length: 20 }, (_, i) => [T0 + i, i * 100] as const);
    const life = Array.from({ length: 10 }, (_, i) => [T0 + 119 + i * 100, 2000 + i * 100] as const);
    const times = run([...kept, ...life]);
    expect(times.slice(0, 20)).toEqual(Array(20).fill(null));
    expect(times.slice(20)).toEqual(life.map(([arrival]) => arrival));
  });

  it('follow a camera whose clock runs a little fast or slow', () => {
    for (const drift of [0.999, 1.001]) {
      const pictures = steady(3000, 100).map(([arrival, stamp]) => [arrival, stamp * drift] as const);
      const behind = run(pictures)
        .slice(1)
        .map((time, i) => pictures[i + 1][0] - (time ?? Number.NaN));
      expect(Math.max(...behind)).toBeLessThan(20);
      expect(Math.min(...behind)).toBeGreaterThanOrEqual(0);
    }
  });

  it('are anchored anew when the stamps stay behind: within 5 s', () => {
    const before = steady(50, 100);
    const after = steady(100, 100, T0 + 8000, 5000);
    const times = run([...before, ...after]);
    const late = after.map(([arrival], i) => arrival - (times[50 + i] ?? Number.NaN));
    expect(late[0]).toBe(3000);
    expect(Math.max(...late.slice(50))).toBeLessThan(10);
  });

  it('are those of arrival where there are no stamps', () => {
    expect(
      run([
        [T0, null],
        [T0 + 100, null],
        [T0 + 230, null],
        [T0 + 230, null],
      ]),
    ).toEqual([null, T0 + 100, T0 + 230, null]);
  });

  it('bear a first picture without a stamp, as RTSP has it', () => {
    expect(run([[T0, null], ...steady(3, 100, T0 + 100)])).toEqual([null, null, T0 + 200, T0 + 300]);
  });
});

describe('stamps that mean nothing', () => {
  const cases: readonly [name: string, stampOf: (i: number) => number][] = [
    ['that stand still', () => 0],
    ['at three times their pace', (i) => i * 300],
    ['at half their pace', (i) => i * 50],
  ];
  it.each(cases)('%s: arrival counts instead, after a while', (_, stampOf) => {
    const pictures = steady(300, 100).map(([arrival], i) => [arrival, stampOf(i)] as const);
    const clock = createPictureClock('live');
    const times = pictures.map(([arrival, stamp]) => clock.timeOf(stamp / 1000, arrival));
    expect(times.slice(-100)).toEqual(pictures.slice(-100).map(([arrival]) => arrival));
    expect(clock.disordered(T0 + 30_000)).toBe(false);
  });
});

describe('stamps in the wrong order', () => {
  it('once: the picture is passed over, and nothing is said', () => {
    const clock = createPictureClock('live');
    const stamps = [0, 100, 200, 150, 300, 300, 400];
    const times = stamps.map((stamp, i) => clock.timeOf(stamp / 1000, T0 + i * 100));
    expect(times.map((time) => time !== null)).toEqual([false, true, true, false, true, false, true]);
    expect(clock.disordered(T0 + 700)).toBe(false);
  });

  it('for good: it is said, and believed after five seconds', () => {
    const clock = createPictureClock('live');
    for (const [arrival, stamp] of steady(20, 100, T0, 100_000)) clock.timeOf(stamp / 1000, arrival);
    const again = steady(80, 100, T0 + 2000).map(([arrival, stamp]) => {
      const time = clock.timeOf(stamp / 1000, arrival);
      return { arrival, time, told: clock.disordered(arrival) };
    });
    expect(again[1].told).toBe(false);
    expect(again.slice(2, 50).every(({ time, told }) => time === null && told)).toBe(true);
    expect(again.slice(50).every(({ time, arrival, told }) => time === arrival && !told)).toBe(true);
  });
});

describe('times of a recording', () => {
  it('count from the first picture on', () => {
    expect(run(steady(3, 40), 'stored')).toEqual([T0, T0 + 40, T0 + 80]);
  });
});

it('always moves forward and never into the future, whatever the stamps and the network', () => {
  const step = fc.record({
    waitMs: fc.double({ min: 0, max: 3000, noNaN: true }),
    stampS: fc.option(fc.double({ min: -1e5, max: 1e5, noNaN: true })),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 200 }),
      fc.constantFrom('live' as const, 'stored' as const),
      (steps, pace) => {
        const clock = createPictureClock(pace);
        let arrival = T0;
        let last = Number.NEGATIVE_INFINITY;
        for (const { waitMs, stampS } of steps) {
          arrival += waitMs;
          const time = clock.timeOf(stampS, arrival);
          if (time === null) continue;
          expect(time).toBeGreaterThan(last);
          expect(time).toBeLessThanOrEqual(arrival);
          last = time;
        }
      },
    ),
  );
});
