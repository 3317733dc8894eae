import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLatch } from './latch.ts';

const told = (answers: readonly (boolean | null)[], raiseMs = 2000, clearMs = 3000): string => {
  const latch = createLatch(raiseMs, clearMs);
  return answers
    .map((answer, second) => {
      latch.tell(answer, second * 1000);
      return latch.raised ? '#' : '.';
    })
    .join('');
};

describe('a latch of 2 s and 3 s, told once a second', () => {
  const Y = true;
  const n = false;
  const cases: readonly [name: string, answers: (boolean | null)[], raised: string][] = [
    ['holds: raised after two seconds', [n, Y, Y, Y, Y], '...##'],
    ['holds for a moment', [n, Y, Y, n, Y, Y, n], '.......'],
    ['cleared after three seconds', [Y, Y, Y, n, n, n, n, n], '..####..'],
    ['a moment without', [Y, Y, Y, n, n, Y, n, n, n], '..#######'],
    ['nothing can be said: as it was', [Y, Y, Y, null, null, null, n, null, null, n], '..#######.'],
  ];
  it.each(cases)('%s', (_name, answers, raised) => {
    expect(told(answers)).toBe(raised);
  });
});

it('changes at most once in the shorter of its times', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.boolean()), { maxLength: 60 }), (answers) => {
      const changes = [...told(answers).matchAll(/\.#|#\./g)].map(({ index }) => index);
      expect(changes.every((at, i) => i === 0 || at - changes[i - 1] >= 2)).toBe(true);
    }),
    { seed: 1 },
  );
});
