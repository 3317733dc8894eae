import { describe, expect, it } from 'vitest';
import {
  blurred,
  createPlace,
  createShow,
  drawPerson,
  HEIGHT,
  PER_S,
  picture,
  see,
  type Show,
  toned,
  WIDTH,
} from './pictures.fixture.ts';
import { viewSignatureSchema } from './signature.ts';

const place = createPlace(1);
const here = see(place);
const elsewhere = see(createPlace(2));
const live = (number: number) => picture(here, number);
const of = (data: Uint8Array) => (number: number) => picture(data, number);
const nothing = { first: {}, last: {}, refused: 0 };
const percent = (share: number) => Math.round((share / 100) * WIDTH);

/** People who stand everywhere in a share of the view, from the left. */
const crowded = (share: number): Uint8Array => {
  const data = here.slice();
  for (let left = 0; left < share * WIDTH; left += 13)
    for (let top = 0; top < HEIGHT; top += 30) drawPerson(data, left * 7 + top, left + ((top * 7) % 5), top);
  return data;
};

/** The place as it becomes another. */
const mixed = (share: number) => here.map((luma, i) => luma * (1 - share) + elsewhere[i] * share);

const reference = (() => {
  const show = createShow();
  show.play(12, live);
  // As it is read from a file.
  return viewSignatureSchema.parse(JSON.parse(JSON.stringify(show.references[0])));
})();

/** A watch that knows the place, and has seen it for some seconds. */
const learnt = (): Show => {
  const show = createShow({ reference });
  expect(show.play(6, live)).toEqual(nothing);
  return show;
};

const walkedThrough = (number: number) => {
  const data = see(place, percent(5));
  for (let k = 0; k < 40; k++) drawPerson(data, k, ((k * 53 + number * 7) % (WIDTH + 40)) - 20, (k * 29) % HEIGHT);
  return picture(data, number);
};

describe('VIEW_SHIFTED, and back', () => {
  const cases: readonly [name: string, data: Uint8Array][] = [
    ['3 % of the width to the right', see(place, percent(3))],
    ['3 % to the left', see(place, -percent(3))],
    ['3 % of the width down', see(place, 0, percent(3))],
    ['5 % askew', see(place, percent(4), -percent(3))],
    ['10 %', see(place, percent(10))],
    ['20 %', see(place, percent(20))],
    ['another place', elsewhere],
    ['the same place in a mirror', here.map((_luma, i) => here[i - (i % WIDTH) + WIDTH - 1 - (i % WIDTH)])],
    ['upside down', here.toReversed()],
  ];
  it.each(cases)('%s', (_name, data) => {
    const show = learnt();
    const during = show.play(11, of(data));
    expect(during.first['VIEW_SHIFTED']).toBeLessThan(10);
    expect(during.last['VIEW_SHIFTED']).toBeGreaterThan(10.5);
    expect(during.refused).toBe(0);
    expect(show.play(10, live).last['VIEW_SHIFTED']).toBeLessThan(9.5);
  });

  it('tells of a shift in the middle of a crowd', () => {
    const show = learnt();
    expect(show.play(10, walkedThrough).first).toHaveProperty('VIEW_SHIFTED');
  });
});

describe('what does not shift the view', () => {
  const cases: readonly [name: string, next: (number: number) => Uint8Array][] = [
    ['a third of the contrast', () => toned(here, (luma) => 80 + luma / 3)],
    ['far too bright', () => toned(here, (luma) => luma + 50)],
    ['a gamma of one half', () => toned(here, (luma) => 255 * (luma / 255) ** 0.5)],
    ['a gamma of two', () => toned(here, (luma) => 255 * (luma / 255) ** 2)],
    ['light for dark', () => toned(here, (luma) => 255 - luma)],
    ['light that flickers', (number) => toned(here, (luma) => luma * (0.8 + 0.2 * Math.sin(number)))],
    ['a mast that sways by a pixel or two', (number) => see(place, Math.round(2 * Math.sin(number * 1.7)))],
    ['a shift of 0.5 %', () => see(place, percent(0.5))],
    ['people who stand in half of the view', () => crowded(0.5)],
    [
      'forty people who walk',
      (number) => {
        const data = here.slice();
        for (let k = 0; k < 40; k++)
          drawPerson(data, k, ((k * 53 + number * (4 + (k % 5))) % (WIDTH + 40)) - 20, (k * 29) % HEIGHT);
        return data;
      },
    ],
    [
      'a van that stops in front',
      () => {
        const data = here.slice();
        for (let y = 45; y < 170; y++) data.fill(y < 90 ? 70 : 200, y * WIDTH + 45, y * WIDTH + 210);
        return data;
      },
    ],
  ];
  it.each(cases)('%s', (_name, next) => {
    const show = learnt();
    const during = show.play(12, (number) => picture(next(number), number));
    expect(during.first).not.toHaveProperty('VIEW_SHIFTED');
    expect(show.play(6, live).first).not.toHaveProperty('VIEW_SHIFTED');
  });
});

describe('a view that cannot be told', () => {
  it('says nothing of what is too dark to see', () => {
    const dark = new Uint8Array(WIDTH * HEIGHT).fill(50);
    expect(learnt().play(20, of(dark)).first).not.toHaveProperty('VIEW_SHIFTED');
  });

  it('learns nothing from a bare wall', () => {
    const show = createShow();
    show.play(20, of(new Uint8Array(WIDTH * HEIGHT).fill(120)));
    expect(show.references).toEqual([]);
  });

  it('learns a camera that turns as it starts when it has come to rest', () => {
    const show = createShow();
    show.play(7, (number) => picture(see(place, 58 - number, number - 40), number));
    show.play(15, live);
    expect(show.references).toHaveLength(1);
    expect(show.play(10, live)).toEqual(nothing);
    expect(show.play(10, of(see(place, percent(5)))).first).toHaveProperty('VIEW_SHIFTED');
  });
});

/** A mast that gives way: 6 % of the width in thirty steps. */
const drifted = (share: number) => see(place, Math.round((Math.floor(30 * share) / 30) * percent(6)));

describe('slow change', () => {
  // A picture every two seconds, for half an hour.
  const seconds = 1800;
  const perS = 0.5;
  const stage = (number: number, stages: number): number => Math.floor((number * stages) / (seconds * perS)) / stages;

  it('is followed where it is of the light', () => {
    const stages = Array.from({ length: 19 }, (_stage, i) => mixed((0.9 * i) / 18));
    const show = createShow({ thresholds: { replayMemoryS: 0 } }, perS);
    expect(show.play(seconds, (number) => picture(stages[Math.round(18 * stage(number, 18))], number))).toEqual(
      nothing,
    );
    expect(show.references.length).toBeGreaterThan(1);
    expect(createShow({ reference: show.references[0] }).play(10, of(mixed(0.9))).first).toHaveProperty('VIEW_SHIFTED');
  }, 120_000);

  it('is not followed where it is of the camera', () => {
    const show = createShow({}, perS);
    const { first } = show.play(seconds / 2, (number) => picture(drifted(number / (seconds * perS)), number));
    // At 2 % of 6 %, a third of the time.
    expect(first['VIEW_SHIFTED']).toBeGreaterThan(seconds / 4);
    expect(first['VIEW_SHIFTED']).toBeLessThan(seconds / 2);
  }, 120_000);
});

describe('a view kept from the last run', () => {
  const cases: readonly [name: string, data: Uint8Array, told: boolean][] = [
    ['the same', here, false],
    ['the same, darker', toned(here, (luma) => luma * 0.6), false],
    ['moved by 3 % meanwhile', see(place, percent(3)), true],
    ['another', elsewhere, true],
  ];
  it.each(cases)('%s', (_name, data, told) => {
    const next = createShow({ reference });
    const { first } = next.play(15, of(data));
    expect(Object.keys(first)).toEqual(told ? ['VIEW_SHIFTED'] : []);
    expect(first['VIEW_SHIFTED'] ?? 0).toBeLessThan(10);
    expect(next.references).toEqual([]);
  });
});

describe('BLURRED', () => {
  const cases: readonly [name: string, data: Uint8Array, told: boolean][] = [
    ['out of focus by 1 % of the width', blurred(here, 2), true],
    ['fog', toned(here, (luma) => 170 + (luma - 170) * 0.25), true],
    ['half the contrast', toned(here, (luma) => 110 + (luma - 110) * 0.5), false],
    ['half as bright', toned(here, (luma) => luma * 0.5), false],
    ['people who stand in a third of the view', crowded(0.33), false],
    ['another place', elsewhere, false],
  ];
  it.each(cases)('%s', (_name, data, told) => {
    const show = learnt();
    const during = show.play(11, of(data));
    expect('BLURRED' in during.first).toBe(told);
    expect(during.first['BLURRED'] ?? 0).toBeLessThan(10);
    expect(told && 'VIEW_SHIFTED' in during.first).toBe(false);
    expect(during.refused).toBe(0);
    expect(show.play(11, live).last['BLURRED'] ?? 0).toBeLessThan(10);
  });
});

it('works at one picture a second', () => {
  const show = createShow({}, 1);
  expect(show.play(30, live)).toEqual(nothing);
  expect(show.play(10, of(see(place, percent(5)))).first).toHaveProperty('VIEW_SHIFTED');
});

it('tells a view once in a run, unless its light changes', () => {
  const show = createShow();
  show.play(30, live);
  expect(show.references).toHaveLength(1);
  expect(show.shown).toBe(30 * PER_S);
});
