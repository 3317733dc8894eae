import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const NAMES = ['square', 'square-north', 'squares', 'hall', 'a', 'b', 'x'.repeat(64)];

it.each([
  ['square', ['square', 'squares']],
  ['sqaure', ['square', 'squares']],
  ['SQUARE', ['square', 'squares']],
  ['squares-nroth', ['square-north']],
  ['hal', ['hall']],
  ['hlal', ['hall']],
  // Of so few letters none may be wrong.
  ['A', ['a']],
  ['c', []],
  ['', []],
  // More than four, and longer than a name.
  ['sqxxxx-xorth', []],
  ['x'.repeat(60), ['x'.repeat(64)]],
  ['x'.repeat(59), []],
  ['x'.repeat(65), []],
])('%s', (typed, names) => {
  expect(nearestNames(typed, NAMES)).toEqual(names);
});

it('finds a name again after a slip or two, wherever it is', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '1'), minLength: 6, maxLength: 60 });
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), fc.nat({ max: 3 }), (one, i, j, kind) => {
      const slip = (text: string, where: number): string => {
        const at = where % text.length;
        const [before, after] = [text.slice(0, at), text.slice(at + 1)];
        return [
          `${before}x${after}`,
          before + after,
          `${before}xx`.slice(0, -1) + text.slice(at),
          `${before}${after[0] ?? ''}${text[at]}${after.slice(1)}`,
        ][kind];
      };
      expect(nearestNames(slip(slip(one, i), j), [one])).toEqual([one]);
    }),
    { numRuns: 500, seed: 1 },
  );
});
