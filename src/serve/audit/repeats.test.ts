import { expect, test } from 'vitest';
import { note } from './audit.fixture.ts';
import type { AuditNote, CountedNote } from './entry.ts';
import { Repeats } from './repeats.ts';

const at = (timeMs: number, what: string, given: Partial<AuditNote> = {}): CountedNote => ({
  ...note(what, { kind: 'looked', ...given }),
  timeMs,
  count: 1,
});

const stranger = (i: number): CountedNote =>
  at(i, `signIn ${i}`, { caller: 'nobody', by: 'nobody', kind: 'refused', address: `192.0.2.${i % 250}` });

const told = (notes: readonly CountedNote[]): number => notes.reduce((sum, { count }) => sum + count, 0);

test('looking again and again makes two entries a minute: the first, and how often after it', () => {
  const repeats = new Repeats();
  const first = at(0, 'getLive');
  expect(repeats.take(first)).toEqual([first]);
  for (let second = 1; second < 60; second++) expect(repeats.take(at(second * 1000, 'getLive'))).toEqual([]);
  expect(repeats.nextMs()).toBe(60_000);
  expect(repeats.due(59_999)).toEqual([]);
  expect(repeats.due(60_000)).toEqual([{ ...at(59_000, 'getLive'), count: 59 }]);
  expect(repeats.nextMs()).toBeNull();
});

test('what comes after the minute begins another, and tells of the one before', () => {
  const repeats = new Repeats();
  repeats.take(at(0, 'getLive'));
  repeats.take(at(1, 'getLive'));
  expect(repeats.take(at(60_000, 'getLive')).map(({ count, timeMs }) => [timeMs, count])).toEqual([
    [1, 1],
    [60_000, 1],
  ]);
});

test.each<[string, Partial<AuditNote>, number]>([
  ['the same', {}, 0],
  ['somebody else', { by: 'grace' }, 1],
  ['from elsewhere', { address: '192.0.2.8' }, 1],
  ['something else', { what: 'getOther' }, 1],
  ['the same, asked in another way', { details: 'from=2026' }, 0],
  ['a change', { kind: 'changed' }, 1],
  ['an export', { kind: 'exported' }, 1],
])('%s within a minute', (_, given, written) => {
  const repeats = new Repeats();
  repeats.take(at(0, 'getLive'));
  expect(repeats.take(at(1, 'getLive', given))).toHaveLength(written);
});

test('every change is an entry, however many', () => {
  const repeats = new Repeats();
  for (let i = 0; i < 100; i++) expect(repeats.take(at(i, 'put', { kind: 'changed' }))).toHaveLength(1);
});

test('strangers cannot fill the log: beyond 30 they are counted together', () => {
  const repeats = new Repeats();
  const written = Array.from({ length: 5000 }, (_, i) => repeats.take(stranger(i))).flat();
  expect(written).toHaveLength(31);
  expect(written.at(-1)).toMatchObject({ what: 'various', address: null });
  expect(repeats.all()).toMatchObject([{ what: 'various', count: 5000 - 31 }]);
  // And after a minute there is room for new ones.
  expect(repeats.take(stranger(70_000))).toMatchObject([{ what: 'signIn 70000' }]);
});

test('nothing that was counted is forgotten when there are too many things', () => {
  const repeats = new Repeats();
  let sum = 0;
  for (let i = 0; i < 12_000; i++)
    sum += told([...repeats.take(at(i / 1000, `get ${i}`)), ...repeats.take(at(i / 1000, `get ${i}`))]);
  expect(sum + told(repeats.all())).toBe(24_000);
});
