/**
 * On real video. The plaza ships with the project; the road lies in ../shared, and is skipped where it is absent.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LumaPicture } from '../live/luma-picture.ts';
import { openRecording } from '../open.ts';
import { createShow, lumaOf, toned } from './pictures.fixture.ts';

const PLAZA = 'samples/plaza.mp4';
const PLAZA_PER_S = 7;
const ROAD = '../shared/data/car-detection/car-detection.mp4';
const WIDTH = 288;
const HEIGHT = 216;

const load = async (path: string): Promise<LumaPicture[]> => {
  const pictures: LumaPicture[] = [];
  await using recording = await openRecording(path, { width: WIDTH, height: HEIGHT });
  for await (const frame of recording) pictures.push(lumaOf(frame));
  return pictures;
};

const plaza = await load(PLAZA);
const road = existsSync(ROAD) ? await load(ROAD) : null;
if (!road) process.stderr.write(`${ROAD} is not there: the tests with another scene are skipped\n`);

/** Shifted by whole pixels; what comes in from outside is the opposite edge in a mirror. */
const shifted = (picture: LumaPicture, columns: number): LumaPicture => {
  const data = picture.data.map((_luma, i) => {
    const x = (i % WIDTH) + columns;
    return picture.data[i - (i % WIDTH) + (x < WIDTH ? x : 2 * WIDTH - 2 - x)];
  });
  return { ...picture, data };
};

describe('the plaza', () => {
  const tones: readonly [name: string, tone: (luma: number) => number][] = [
    ['as it is', (luma) => luma],
    ['a third of the gain', (luma) => 16 + (luma - 16) / 3],
    ['nearly twice the gain', (luma) => Math.min(235, 16 + (luma - 16) * 1.8)],
    ['a gamma of one half', (luma) => 16 + 219 * (Math.max(0, luma - 16) / 219) ** 0.5],
    ['a gamma of two and a half', (luma) => 16 + 219 * (Math.max(0, luma - 16) / 219) ** 2.5],
  ];
  it.each(tones)('gives no alarm in a minute: %s after 20 s', (_name, tone) => {
    const show = createShow({}, PLAZA_PER_S);
    const told = show.play(60, (number) => {
      const picture = plaza[number];
      return number < 20 * PLAZA_PER_S ? picture : { ...picture, data: toned(picture.data, tone) };
    });
    expect(told).toEqual({ first: {}, last: {}, refused: 0 });
  });

  const shifts: readonly [share: number, told: boolean][] = [
    [0.005, false],
    [0.01, false],
    [0.03, true],
    [0.05, true],
    [0.1, true],
  ];
  it.each(shifts)('shifted by %f of the width after 15 s', (share, told) => {
    const show = createShow({}, PLAZA_PER_S);
    show.play(15, (number) => plaza[number]);
    const { first, refused } = show.play(15, (number) => shifted(plaza[number], Math.round(share * WIDTH)));
    expect(Object.keys(first)).toEqual(told ? ['VIEW_SHIFTED'] : []);
    expect(first['VIEW_SHIFTED'] ?? 0).toBeLessThan(10);
    expect(refused).toBe(0);
    expect(show.play(15, (number) => plaza[number]).last['VIEW_SHIFTED'] ?? 0).toBeLessThan(10);
  });
});

describe.skipIf(road === null)('another scene', () => {
  const cases: readonly [name: string, from: LumaPicture[], to: LumaPicture[]][] = [
    ['the road for the plaza', plaza, road ?? []],
    ['the plaza for the road', road ?? [], plaza],
  ];
  it.each(cases)('%s', (_name, from, to) => {
    const show = createShow({}, PLAZA_PER_S);
    expect(show.play(15, (number) => from[number]).first).toEqual({});
    expect(show.play(15, (number) => to[number]).first['VIEW_SHIFTED']).toBeLessThan(10);
    expect(show.play(15, (number) => from[number]).last['VIEW_SHIFTED']).toBeLessThan(10);
  });
});
