import { describe, expect, it } from 'vitest';
import { createReplayWatch } from './replay-watch.ts';
import { CONDITION_THRESHOLDS } from './thresholds.ts';

/** Pictures by letter, ten a second; `x` for those that are known to be repeats. */
const seen = (pictures: string): string => {
  const watch = createReplayWatch(CONDITION_THRESHOLDS);
  return Array.from(pictures, (letter, i) => (watch.look(letter.charCodeAt(0), i * 100) ? '.' : 'x')).join('');
};

describe('runs of pictures that come again', () => {
  const cases: readonly [name: string, pictures: string, seen: string][] = [
    ['the eighth in its order, and those after it', 'abcdefghijkl abcdefghijkl', '....................xxxxx'],
    ['until new ones come', 'abcdefghij abcdefghij uvw', '..................xxxx...'],
    ['seven are too few', 'abcdefghijkl abcdefg uvw', '........................'],
    ['with some left out', 'abcdefghijklmnop abcefghjklmn', '........................xxxxx'],
    ['from the middle', 'abcdefghijkl defghijkl', '....................xx'],
    ['in another order', 'abcdefghijkl lkjihgfedcba', '.........................'],
    ['one by one among new ones', 'abcdefgh aAbBcCdDeEfFgGhH', '.........................'],
    ['a lamp that blinks', 'ababababababababababab', '......................'],
    ['a beacon in three phases', 'abcabcabcabcabcabcabc', '.....................'],
  ];
  it.each(cases)('%s', (_name, pictures, expected) => {
    expect(seen(pictures)).toBe(expected);
  });
});

it('forgets pictures after half a minute, and has room for thousands', () => {
  const watch = createReplayWatch(CONDITION_THRESHOLDS);
  let refused = 0;
  for (let i = 0; i < 20_000; i++) if (!watch.look(i % 3100, i * 10)) refused++;
  expect(refused).toBe(0);
  for (let i = 0; i < 20_000; i++) if (!watch.look(i % 1000, 300_000 + i * 10)) refused++;
  expect(refused).toBe(20_000 - 1000 - 7);
});

it('tells it for three seconds after the last', () => {
  const watch = createReplayWatch(CONDITION_THRESHOLDS);
  for (let i = 0; i < 24; i++) watch.look(i % 12, i * 100);
  expect(watch.reason(2300)?.code).toBe('REPLAYED');
  expect(watch.reason(5400)).toBeNull();
});
