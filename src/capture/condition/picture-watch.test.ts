import { describe, expect, it } from 'vitest';
import { createPictureWatch } from './picture-watch.ts';
import { createPlace, createShow, HEIGHT, PER_S, picture, see, toned, WIDTH } from './pictures.fixture.ts';

const here = see(createPlace(1));
const live = (number: number) => picture(here, number);
const uniform = (luma: number) => new Uint8Array(WIDTH * HEIGHT).fill(luma);
const withClock = (number: number) => {
  const data = here.slice();
  for (let y = 5; y < 20; y++) data.fill((number * 50) % 256, y * WIDTH + 10, y * WIDTH + 60);
  return { ...live(0), data };
};
const nothing = { first: {}, last: {}, refused: 0 };

/** A fault for 15 s, and its end: told within 10 s, and gone within 10 s. */
const expectWithin10s = (code: string, fault: (number: number) => ReturnType<typeof live>, refused: 'all' | 'none') => {
  const show = createShow();
  expect(show.play(12, live)).toEqual(nothing);
  const during = show.play(15, fault);
  expect(during.first[code]).toBeLessThan(10);
  expect(during.last[code]).toBeGreaterThan(14.5);
  expect(Object.keys(during.first)).toEqual([code]);
  const after = show.play(15, live);
  expect(after.last[code] ?? 0).toBeLessThan(10);
  if (refused === 'none') expect(during.refused + after.refused).toBe(0);
  else expect(during.refused).toBeGreaterThan(PER_S * 4);
  expect(show.play(5, live)).toEqual(nothing);
};

describe('a fault of the picture is told within 10 s, and gone within 10 s of its end', () => {
  it('FROZEN', () => {
    const still = live(5);
    expectWithin10s('FROZEN', () => still, 'all');
  });

  it('BLACK, in both ranges', () => {
    expectWithin10s('BLACK', (number) => picture(uniform(16), number), 'all');
    expectWithin10s('BLACK', () => ({ ...live(0), data: uniform(0) }), 'all');
  });

  it('WHITE, in both ranges', () => {
    expectWithin10s('WHITE', (number) => picture(uniform(233), number), 'all');
    expectWithin10s('WHITE', () => ({ ...live(0), data: uniform(255) }), 'all');
  });

  it('REPLAYED', () => {
    // Two seconds of pictures, again and again.
    const loop = Array.from({ length: 2 * PER_S }, (_picture, i) => live(1000 + i));
    expectWithin10s('REPLAYED', (number) => loop[number % loop.length], 'all');
  });

  it('SMEARED', () => {
    expectWithin10s('SMEARED', (number) => picture(here, number, number % 4 === 0), 'none');
  });

  it('RESOLUTION_CHANGED', () => {
    // Every second row and column of the same view.
    const small = here.filter((_luma, i) => i % 2 === 0 && Math.floor(i / WIDTH) % 2 === 0);
    const halved = (number: number) => {
      const data = small.map((luma, i) => luma + ((i * 31 + number * 17) % 5));
      return { width: WIDTH / 2, height: HEIGHT / 2, stride: WIDTH / 2, data, damaged: false };
    };
    expectWithin10s('RESOLUTION_CHANGED', halved, 'none');
  });
});

describe('what is no fault', () => {
  it('a night with a lamp is not black', () => {
    const night = toned(here, (luma) => 16 + luma / 16);
    for (let y = 40; y < 56; y++) night.fill(200, y * WIDTH + 100, y * WIDTH + 116);
    expect(createShow().play(10, (number) => picture(night, number)).first).not.toHaveProperty('BLACK');
  });

  it('one black picture is not measured, and not told', () => {
    const show = createShow();
    const told = show.play(20, (number) => (number === 40 ? picture(uniform(16), number) : live(number)));
    expect(told).toEqual({ ...nothing, refused: 1 });
  });

  it('five seconds without a change are not told', () => {
    const show = createShow();
    const still = live(5);
    expect(show.play(20, (number) => (number > 50 && number <= 75 ? still : live(number)))).toEqual(nothing);
  });

  it('every picture twice, as from a camera that is slower than its stream', () => {
    expect(createShow().play(20, (number) => live(number >> 1))).toEqual(nothing);
  });

  it('a loop longer than what is remembered', () => {
    const loop = Array.from({ length: 31 * PER_S }, (_picture, i) => live(i));
    expect(createShow().play(70, (number) => loop[number % loop.length])).toEqual(nothing);
  });

  it('a short loop on purpose, where replays are not looked for', () => {
    const loop = Array.from({ length: 4 * PER_S }, (_picture, i) => live(i));
    const show = createShow({ thresholds: { replayMemoryS: 0 } });
    expect(show.play(30, (number) => loop[number % loop.length])).toEqual(nothing);
  });
});

describe('what was expected', () => {
  it('the size that the calibration was made for, from the first picture on', () => {
    const show = createShow({ expectedSize: { widthPx: 1920, heightPx: 1080 } });
    show.play(1, live);
    expect(show.watch.reasons(1000).map(({ message }) => message)).toEqual([
      'The picture is 288 × 216 and was 1920 × 1080: metres are suspended.',
    ]);
  });
});

describe('pictures and times that make no sense', () => {
  const cases: readonly [name: string, width: number, height: number, stride: number, bytes: number][] = [
    ['no size', 0, 0, 0, 0],
    ['fewer bytes than its size asks for', 64, 48, 64, 100],
    ['a row longer than its stride', 64, 48, 32, 64 * 48],
    ['no width', 0, 48, 64, 64 * 48],
  ];
  it.each(cases)('%s: not measured', (_name, width, height, stride, bytes) => {
    const watch = createPictureWatch({ expectedSize: null, reference: null });
    const bad = { width, height, stride, data: new Uint8Array(bytes), damaged: false };
    expect(watch.look(bad, 0)).toBe(false);
    expect(watch.look(bad, 100)).toBe(false);
    expect(watch.reasons(100).map(({ code }) => code)).toEqual(['SMEARED']);
  });

  it('a picture smaller than the grid is looked at', () => {
    const watch = createPictureWatch({ expectedSize: null, reference: null });
    for (let i = 0; i < 100; i++) {
      const data = Uint8Array.from({ length: 12 }, (_pixel, pixel) => 50 + ((pixel * 40 + i) % 100));
      expect(watch.look({ width: 4, height: 3, stride: 4, data, damaged: false }, i * 200)).toBe(true);
    }
    expect(watch.reasons(20_000)).toEqual([]);
  });

  it('a clock that jumps, stands still or is no number brings up nothing', () => {
    const watch = createPictureWatch({ expectedSize: null, reference: null });
    const times = [0, 200, 3_600_200, 3_600_400, 100, 300, 300, Number.NaN, 500, Number.POSITIVE_INFINITY, 700, 900];
    times.forEach((timeMs, i) => expect(watch.look(live(i), timeMs)).toBe(true));
    expect(watch.reasons(900)).toEqual([]);
    expect(watch.reasons(Number.NaN)).toEqual([]);
  });

  it('nothing was seen yet', () => {
    expect(createPictureWatch({ expectedSize: null, reference: null }).reasons(1e12)).toEqual([]);
  });
});

it('says nothing of a picture when none has come for ten seconds, but of what outlasts it', () => {
  const show = createShow({ expectedSize: { widthPx: 1, heightPx: 1 } });
  const still = live(1);
  show.play(10, () => still);
  expect(show.watch.reasons(10_000).map(({ code }) => code)).toEqual(['FROZEN', 'RESOLUTION_CHANGED']);
  expect(show.watch.reasons(30_000).map(({ code }) => code)).toEqual(['RESOLUTION_CHANGED']);
});

it('what is masked is not looked at: a clock that goes on does not hide that the picture stands still', () => {
  const masks = [[[0, 0] as const, [0.2, 0] as const, [0.2, 0.1] as const, [0, 0.1] as const]];
  expect(createShow({ masks }).play(10, withClock).first).toHaveProperty('FROZEN');
  expect(createShow().play(10, withClock).first).not.toHaveProperty('FROZEN');
});
