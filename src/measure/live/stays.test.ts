/** Stays are told for several people at once, and nothing is known over an interruption. */
import { describe, expect, it } from 'vitest';
import { setUp, type Somebody, THREE, WEST, zoneOf } from './scene.fixture.ts';

/** Each of them walks in, stays for five seconds and walks out again; they come `everyMs` apart. */
const visitors = (ms: number, count: number, everyMs: number): Somebody[] =>
  Array.from({ length: count }, (_, k): Somebody => {
    const t = ms - k * everyMs;
    return [k + 1, t < 2000 ? 10 - t / 500 : t < 5000 ? 6 : 6 + (t - 5000) / 500, 1 + 2 * k];
  }).filter(([, x]) => x <= 10.001);

/** What is told of their stays, in twenty seconds. */
const run = (count: number, minimumCount: number) => {
  const { show, second } = setUp({ zones: [WEST], minimumCount });
  const told = [];
  for (let s = 0; s < 20; s++) {
    for (let ms = 0; ms < 1000; ms += 200) show(1000 * s + ms, visitors(1000 * s + ms, count, 1500));
    told.push(zoneOf(second(s), 'west').figures.dwellS);
  }
  return told.filter((dwell) => dwell !== undefined);
};

describe('stays', () => {
  it('are told once for three together', () => {
    const told = run(4, 3);
    expect(told).toHaveLength(1);
    expect(told[0]?.weight).toBe(3);
    // In at 8 m after 1 s, out again after 6 s.
    expect((told[0]?.sum ?? 0) / 3).toBeCloseTo(5, 0);
    expect(told[0]?.min).toBe(told[0]?.max);
  });

  it('are not told for two when three are asked for', () => expect(run(2, 3)).toEqual([]));

  it('are never told for one', () => {
    expect(run(1, 1)).toEqual([]);
    expect(run(4, 1).map(({ weight }) => weight)).toEqual([2, 2]);
  });

  it('do not last over an interruption', () => {
    const { meter, show, second } = setUp({ zones: [WEST], minimumCount: 2 });
    const inside: Somebody[] = THREE.map(([id, x, y]) => [id, x, y]);
    const outside: Somebody[] = THREE.map(([id, , y]) => [id, 12, y]);
    for (let ms = 0; ms < 2000; ms += 200) show(ms, outside);
    for (let ms = 2000; ms < 5000; ms += 200) show(ms, inside);
    meter.interrupt();
    for (let ms = 5000; ms < 7000; ms += 200) show(ms, inside);
    for (let ms = 7000; ms < 10_000; ms += 200) show(ms, outside);
    expect(Array.from({ length: 10 }, (_, i) => zoneOf(second(i), 'west').figures.dwellS)).toEqual(
      Array.from({ length: 10 }),
    );
  });
});

describe('an interruption', () => {
  it('is not measured, and nobody keeps a speed over it', () => {
    const { meter, show, second } = setUp({ zones: [WEST] });
    for (let ms = 0; ms < 2000; ms += 200) show(ms, THREE);
    expect(zoneOf(second(0), 'west').figures.speedMps).toBeDefined();
    expect(zoneOf(second(1), 'west').figures.speedMps).toBeDefined();
    meter.interrupt();
    show(2400, THREE);
    const third = second(2);
    expect(third.measuredS).toBeCloseTo(0.6, 9);
    expect(zoneOf(third, 'west').figures.speedMps).toBeUndefined();
  });
});
