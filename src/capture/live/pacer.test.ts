import { describe, expect, it } from 'vitest';
import { createPacer } from './pacer.ts';

/** When pictures are shown that are ready at once, or after a delay; ms since the first. */
const shown = (pictures: readonly (readonly [stampS: number | null, busyMs?: number])[], periodMs = 40): number[] => {
  const pacer = createPacer(periodMs);
  let nowMs = 1000;
  return pictures.map(([stampS, busyMs = 0]) => {
    nowMs += busyMs;
    nowMs += pacer.waitMs(stampS, nowMs);
    return nowMs - 1000;
  });
};

describe('the pace of a recording', () => {
  const cases: readonly [name: string, pictures: [number | null, number?][], times: number[]][] = [
    ['by its stamps', [[5], [5.1], [5.5]], [0, 100, 500]],
    ['without stamps by its rate', [[null], [null], [null]], [0, 40, 80]],
    ['one stamp missing', [[0], [null], [0.1]], [0, 40, 80]],
    ['busy for a while, but in time', [[0], [0.1, 70], [0.2, 100]], [0, 100, 200]],
    ['a little late: the next is on time again', [[0], [0.1, 300], [0.5]], [0, 300, 500]],
    ['far behind: time is let go', [[0], [0.1, 2000], [0.2]], [0, 2000, 2100]],
    ['a recording that begins again', [[0], [0.1], [0], [0.1]], [0, 100, 140, 240]],
    ['stamps that run back', [[9], [3], [3.1]], [0, 40, 140]],
    ['an hour’s hole is not waited for', [[0], [3600], [3600.1]], [0, 40, 140]],
    ['one picture in ten seconds', [[0], [10]], [0, 10_000]],
  ];
  it.each(cases)('%s', (_, pictures, times) => {
    expect(shown(pictures).map(Math.round)).toEqual(times);
  });
});
