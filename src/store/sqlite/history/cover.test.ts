import { describe, expect, it } from 'vitest';
import { Cover, stretchIn } from './cover.ts';

const MINUTE = { startMs: 60_000, endMs: 120_000 };

describe('stretchIn', () => {
  it.each([
    // up to where all was covered, how much of the minute is, from, to
    ['whole', 60_000, 60_000, 60_000, 120_000],
    ['whole but for what is not seen', 60_000, 59_500, 60_000, 120_000],
    ['goes on from an observation that ended in it', 60_400, 59_800, 60_000, 120_200],
    ['the same, with too little to be whole', 60_400, 58_000, 60_000, 118_400],
    ['ends with a gap', 60_000, 20_000, 60_000, 80_000],
    ['begins with the end of a gap', 10_000, 20_000, 100_000, 120_000],
    ['whole after a gap', 10_000, 60_000, 60_000, 120_000],
    ['the first', Number.NEGATIVE_INFINITY, 58_000, 62_000, 120_000],
    ['little before it is missing', 59_200, 60_000, 59_200, 120_000],
    ['longer than the minute', 60_000, 90_000, 60_000, 150_000],
    ['longer than the minute, after a gap', 10_000, 90_000, 60_000, 150_000],
  ])('%s', (_, untilMs, coveredMs, startMs, endMs) => {
    expect(stretchIn(MINUTE, untilMs, coveredMs)).toEqual({ startMs, endMs });
  });
});

describe('Cover', () => {
  it('keeps the gaps between stretches, also those that overlap', () => {
    const cover = new Cover();
    const all = [
      [0, 10],
      [11, 20],
      [22, 50],
      [30, 40],
      [50, 60],
    ] as const;
    for (const [startMs, endMs] of all) cover.add({ startMs, endMs });
    expect(cover).toMatchObject({ firstMs: 0, untilMs: 60, gaps: [{ startMs: 20, endMs: 22 }] });
  });
});
