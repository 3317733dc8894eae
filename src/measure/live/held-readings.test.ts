import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldReadings } from './held-readings.ts';

/** Marks a reading, so that it is known again. */
const see = (held: HeldReadings, timeMs: number, mark = timeMs): void => held.begin(timeMs).put(0, 0, mark, 0);

/** What holds between two instants: marks and for how long. */
const take = (held: HeldReadings, startMs: number, endMs: number): [mark: number, ms: number][] => {
  const taken: [number, number][] = [];
  held.take(startMs, endMs, (reading, ms) => taken.push([reading.value[0], ms]));
  return taken;
};

describe('HeldReadings', () => {
  const cases: readonly [what: string, frames: readonly number[], expected: readonly [number, number][]][] = [
    ['nothing without a frame', [], []],
    ['three ordinary periods after the last frame', [100], [[100, 600]]],
    [
      'each frame until the next',
      [100, 300, 450],
      [
        [100, 200],
        [300, 150],
        [450, 550],
      ],
    ], // prettier-ignore
    [
      'no longer than three periods',
      [0, 900],
      [
        [0, 600],
        [900, 100],
      ],
    ], // prettier-ignore
    [
      'exactly three periods',
      [0, 600],
      [
        [0, 600],
        [600, 400],
      ],
    ], // prettier-ignore
    ['a frame at the very end not at all', [400, 1000], [[400, 600]]],
    [
      'frames at one time: the last',
      [100, 300, 300],
      [
        [100, 200],
        [300, 600],
      ],
    ], // prettier-ignore
    [
      'time that steps back: what was seen after it is forgotten',
      [100, 300, 500, 250],
      [
        [100, 150],
        [250, 600],
      ],
    ], // prettier-ignore
    ['time that steps back to before all', [500, 700, 100], [[100, 600]]],
  ];
  it.each(cases)('holds %s', (_, frames, expected) => {
    const held = new HeldReadings(1, 200);
    for (const [i, timeMs] of frames.entries())
      see(held, timeMs, i < frames.length - 1 ? timeMs : (frames.at(-1) ?? 0));
    expect(take(held, 0, 1000)).toEqual(expected);
  });

  it('splits a reading at the ends of seconds', () => {
    const held = new HeldReadings(1, 800);
    see(held, 900);
    see(held, 2300);
    expect(take(held, 0, 1000)).toEqual([[900, 100]]);
    expect(take(held, 1000, 2000)).toEqual([[900, 1000]]);
    expect(take(held, 2000, 3000)).toEqual([
      [900, 300],
      [2300, 700],
    ]);
  });

  it('takes a frame that comes after its second was closed, for what is left of it', () => {
    const held = new HeldReadings(1, 500);
    see(held, 0);
    expect(take(held, 0, 1000)).toEqual([[0, 1000]]);
    see(held, 800); // seen before the end, and told after it
    see(held, 1200);
    expect(take(held, 1000, 2000)).toEqual([
      [800, 200],
      [1200, 800],
    ]);
  });

  it('keeps what is later than the second for the next ones, however late they are closed', () => {
    const held = new HeldReadings(1, 200);
    for (let timeMs = 0; timeMs < 3000; timeMs += 200) see(held, timeMs);
    for (const start of [0, 1000, 2000]) {
      expect(take(held, start, start + 1000).reduce((sum, [, ms]) => sum + ms, 0)).toBe(1000);
    }
  });

  it('learns that frames come further apart than announced', () => {
    const held = new HeldReadings(1, 100);
    for (let timeMs = 0; timeMs <= 10_000; timeMs += 1000) see(held, timeMs);
    expect(held.periodMs).toBe(1000);
    expect(take(held, 9000, 13_500)).toEqual([
      [9000, 1000],
      [10_000, 3000],
    ]);
  });

  it('holds for one ordinary period before an interruption, and learns no period over it', () => {
    const held = new HeldReadings(1, 200);
    see(held, 0);
    see(held, 200);
    held.interrupt();
    held.interrupt();
    see(held, 800);
    expect(held.periodMs).toBe(200);
    expect(take(held, 0, 1000)).toEqual([
      [0, 200],
      [200, 200],
      [800, 200],
    ]);
  });

  it('keeps no more than it has to, also when nobody closes a second', () => {
    const held = new HeldReadings(1, 200);
    for (let i = 0; i < 10_000; i++) see(held, i * 200);
    expect(held.kept).toBe(2048);
    expect(take(held, 1_999_000, 2_000_000)).toHaveLength(5);
    see(held, 2_000_100);
    take(held, 2_000_000, 2_001_000);
    expect(held.kept).toBe(0);
  });

  const gap = fc.double({ min: -500, max: 3000, noNaN: true });
  it('tells every instant once, however time is cut', () => {
    fc.assert(
      fc.property(
        fc.array(gap, { maxLength: 40 }),
        fc.array(fc.double({ min: 1, max: 3000, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (gaps, lengths, backwards) => {
          const frames: number[] = [];
          for (const ms of gaps) frames.push((frames.at(-1) ?? 0) + (backwards ? ms : Math.abs(ms)));
          const cut = new HeldReadings(1, 200);
          const whole = new HeldReadings(1, 200);
          for (const timeMs of frames) {
            see(cut, timeMs);
            see(whole, timeMs);
          }
          let start = 0;
          let sum = 0;
          for (const length of lengths) {
            const ms = take(cut, start, start + length).reduce((total, [, part]) => total + part, 0);
            expect(ms).toBeLessThanOrEqual(length + 1e-6);
            sum += ms;
            start += length;
          }
          expect(sum).toBeCloseTo(
            take(whole, 0, start).reduce((total, [, part]) => total + part, 0),
            6,
          );
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
