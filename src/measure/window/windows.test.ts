import { describe, expect, it } from 'vitest';
import { StarlingError, utcMs } from '../../contract/index.ts';
import { type ClosedWindow, Windows } from './windows.ts';

const cut = (timesMs: readonly number[], windowS = 60, frameRate = 1): (ClosedWindow & { frames: number })[] => {
  const closed: (ClosedWindow & { frames: number })[] = [];
  const windows = new Windows<number[]>({
    windowS,
    frameRate,
    startUtc: utcMs(1_000_000),
    open: () => [],
    close: (frames, window) => closed.push({ ...window, frames: frames.length }),
  });
  for (const timeMs of timesMs) windows.at(timeMs).push(timeMs);
  windows.finish();
  return closed;
};
const seconds = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => (from + i) * 1000);

describe('Windows', () => {
  const table: readonly [what: string, timesMs: readonly number[], windows: readonly (readonly number[])[]][] = [
    // Each window: start, end (ms), frames, coverage.
    ['a minute', seconds(0, 60), [[0, 60_000, 60, 1]]],
    [
      'a minute and a half',
      seconds(0, 90),
      [
        [0, 60_000, 60, 1],
        [60_000, 90_000, 30, 1],
      ],
    ],
    [
      'from the middle of a minute',
      seconds(45, 70),
      [
        [45_000, 60_000, 15, 1],
        [60_000, 70_000, 10, 1],
      ],
    ],
    ['half as many frames as announced, evenly', seconds(0, 30).map((t) => 2 * t), [[0, 60_000, 30, 1]]],
    ['a hole within a window', [...seconds(0, 20), ...seconds(50, 60)], [[0, 60_000, 30, 0.5]]],
    [
      'a hole of whole windows comes as one',
      [...seconds(0, 60), ...seconds(240, 300)],
      [
        [0, 60_000, 60, 1],
        [60_000, 240_000, 0, 0],
        [240_000, 300_000, 60, 1],
      ],
    ],
    [
      'a hole of a year is still one',
      [0, 365 * 86_400_000],
      [
        [0, 60_000, 1, 1 / 60],
        [60_000, 31_536_000_000, 0, 0],
        [31_536_000_000, 31_536_001_000, 1, 1],
      ],
    ],
    ['one frame', [0], [[0, 1000, 1, 1]]],
    ['no frame', [], []],
    ['time that steps back stays in the window', [61_000, 62_000, 10_000, 63_000], [[61_000, 64_000, 4, 1]]],
  ];
  it.each(table)('%s', (_what, timesMs, windows) => {
    expect(cut(timesMs).map(({ startMs, endMs, frames, coverage }) => [startMs, endMs, frames, coverage])).toEqual(
      windows,
    );
  });

  it('does not lose a frame to rounding at the border', () => {
    const frames = Array.from({ length: 840 }, (_, i) => (i * 1000) / 7);
    expect(cut(frames, 60, 7).map((window) => window.frames)).toEqual([420, 420]);
  });

  it('says when a window began in UTC', () => {
    expect(cut(seconds(0, 70)).map(({ startUtc }) => startUtc)).toEqual([1_000_000, 1_060_000]);
  });

  it.each([0, -1, Number.NaN])('refuses a window of %f s', (windowS) => {
    expect(() => cut([], windowS)).toThrow(StarlingError);
  });
});
