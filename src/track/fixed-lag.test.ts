import { describe, expect, it } from 'vitest';
import { createTracks, frameNumber, mediaTimeMs, type Tracks } from '../contract/index.ts';
import { createFixedLag } from './fixed-lag.ts';

/** One row of a frame: seen and counted (O), seen (o), predicted and counted (C), predicted (.). */
type Mark = 'O' | 'o' | 'C' | '.';

const FPS = 5;
const WIDTH = 0.04;

/** A frame in which each track stands at `x(frame)`; rows in order of id. */
const frameOf = (
  frame: number,
  rows: readonly { id: number; mark: Mark; x?: number; classIndex?: number }[],
): Tracks => {
  const tracks = createTracks(Math.max(1, rows.length));
  tracks.frame = frameNumber(frame);
  tracks.timeMs = mediaTimeMs(((frame - 1) * 1000) / FPS);
  tracks.count = rows.length;
  for (const [i, { id, mark, x = 0.1 + 0.02 * frame, classIndex = 0 }] of rows.entries()) {
    tracks.id[i] = id;
    tracks.classIndex[i] = classIndex;
    tracks.left[i] = x - WIDTH / 2;
    tracks.right[i] = x + WIDTH / 2;
    tracks.top[i] = 0.4;
    tracks.bottom[i] = 0.6;
    tracks.confirmed[i] = mark === 'O' || mark === 'C' ? 1 : 0;
    tracks.observed[i] = mark === 'O' || mark === 'o' ? 1 : 0;
  }
  return tracks;
};

/** A track's marks over the frames; a blank is a frame without it. */
const framesOf = (marks: string): Tracks[] =>
  Array.from(marks, (mark, i) => {
    const known = mark === 'O' || mark === 'o' || mark === 'C' || mark === '.';
    return frameOf(i + 1, known ? [{ id: 1, mark }] : []);
  });

interface Out {
  readonly frame: number;
  readonly ids: number[];
  readonly x: number[];
  readonly classes: number[];
}

const copy = (tracks: Tracks): Out => {
  const rows = Array.from({ length: tracks.count }, (_, i) => i);
  return {
    frame: tracks.frame,
    ids: rows.map((i) => tracks.id[i]),
    x: rows.map((i) => (tracks.left[i] + tracks.right[i]) / 2),
    classes: rows.map((i) => tracks.classIndex[i]),
  };
};

const settle = (frames: readonly Tracks[], smoothLagS = 1): Out[] => {
  const lag = createFixedLag({ smoothLagS });
  const out: Out[] = [];
  for (const frame of frames) for (const tracks of lag.push(frame)) out.push(copy(tracks));
  for (const tracks of lag.flush()) out.push(copy(tracks));
  return out;
};

describe('what counts', () => {
  // Five frames a second, a lag of one second.
  it.each([
    ['counted from the start', 'OOOOOO', 'xxxxxx'],
    ['counted later: from the first sight on', 'ooOOOO', 'xxxxxx'],
    ['counted more than the lag later: as far back as is held', 'ooooooooOO', '---xxxxxxx'],
    ['never counted', 'oooooo', '------'],
    ['never counted, and gone', 'oo....', '------'],
    ['lost and found: bridged', 'OOCC.OO', 'xxxxxxx'],
    ['lost, found before it counted again: bridged by its later sightings', 'OOCC.OOO', 'xxxxxxxx'],
    ['lost for longer than the lag: bridged as far back as is held', 'OO........OO', 'xx---xxxxxxx'],
    ['lost for good: what was only predicted is taken back', 'OOCCC...', 'xx------'],
    ['left the picture: the same', 'OOC     ', 'xx------'],
    ['seen once before it was lost', 'oOC.O', 'xxxxx'],
    ['nobody at all', '      ', '------'],
  ])('%s', (_name, marks, expected) => {
    const out = settle(framesOf(marks));
    expect(out.map(({ ids }) => (ids.length > 0 ? 'x' : '-')).join('')).toBe(expected);
  });

  it('less than half of a box in the picture does not', () => {
    const frames = [0.3, 0.6, 0.97, 1.01, 1.05].map((x, i) => frameOf(i + 1, [{ id: 1, mark: 'O', x }]));
    expect(settle(frames, 0).map(({ ids }) => ids.length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('the last class holds', () => {
    const frames = [2, 6, 6, 6].map((classIndex, i) => frameOf(i + 1, [{ id: 1, mark: 'O', classIndex }]));
    expect(settle(frames).map(({ classes }) => classes[0])).toEqual([6, 6, 6, 6]);
  });
});

const jitter = (i: number): number => (i % 2 === 0 ? 0.005 : -0.005);
const speedingUp = (i: number): number => 0.1 + 0.01 * i * i;

describe('where things are', () => {
  it('a steady walk is left as it is, gaps and ends included', () => {
    for (const { frame, x } of settle(framesOf('oOOOCC.OOOOO'))) expect(x[0]).toBeCloseTo(0.1 + 0.02 * frame, 5);
  });

  it('jitter becomes less', () => {
    const frames = Array.from({ length: 20 }, (_, i) => frameOf(i + 1, [{ id: 1, mark: 'O', x: 0.5 + jitter(i) }]));
    for (const { x } of settle(frames).slice(5, 15)) expect(Math.abs(x[0] - 0.5)).toBeLessThan(0.0015);
  });

  it('what moves by its own size from frame to frame is not smoothed', () => {
    const frames = Array.from({ length: 9 }, (_, i) => frameOf(i + 1, [{ id: 1, mark: 'O', x: speedingUp(i) }]));
    expect(settle(frames)[8].x[0]).toBeCloseTo(speedingUp(8), 5);
  });

  it('the frames that went in are not touched', () => {
    const frames = framesOf('ooOOCCOO');
    const before = frames.map((frame) => [copy(frame), Array.from(frame.confirmed)]);
    settle(frames);
    expect(frames.map((frame) => [copy(frame), Array.from(frame.confirmed)])).toEqual(before);
  });
});

describe('when frames come', () => {
  it('each exactly the lag behind, in order, and the rest at the end', () => {
    const lag = createFixedLag({ smoothLagS: 1 });
    const frames = framesOf('OOOOOOOOOO');
    const out = frames.map((frame) => Array.from(lag.push(frame), (tracks) => tracks.frame));
    expect(out).toEqual([[], [], [], [], [], [1], [2], [3], [4], [5]]);
    expect(Array.from(lag.flush(), (tracks) => tracks.frame)).toEqual([6, 7, 8, 9, 10]);
    expect([...lag.flush()]).toEqual([]);
  });

  it('several at once after frames were skipped', () => {
    const lag = createFixedLag({ smoothLagS: 1 });
    const out = [1, 2, 3, 9].map((frame) =>
      Array.from(lag.push(frameOf(frame, [{ id: 1, mark: 'O' }])), (tracks) => tracks.frame),
    );
    expect(out).toEqual([[], [], [], [1, 2, 3]]);
  });

  it('at once without a lag', () => {
    expect(settle(framesOf('oOO'), 0).map(({ ids }) => ids.length)).toEqual([0, 1, 1]);
  });

  it('many tracks, some coming and some going', () => {
    const frames = Array.from({ length: 12 }, (_, i) =>
      frameOf(
        i + 1,
        Array.from({ length: 100 }, (__, k) => ({ id: k + 1 + i * 10, mark: 'O' as const, x: 0.5 })),
      ),
    );
    for (const { ids, frame } of settle(frames))
      expect(ids).toEqual(Array.from({ length: 100 }, (_, k) => k + 1 + (frame - 1) * 10));
  });
});
