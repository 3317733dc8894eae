import { expect, test } from 'vitest';
import { checkedName, nameKey } from './names.ts';

test.each([
  'ada',
  'Ada Lovelace',
  'ada@example.org',
  'a',
  '7',
  'Zoë',
  'Ümit',
  '王芳',
  'नेहा',
  'auth0|5f7c',
  'a.b_c-d+e',
  'x'.repeat(64),
])('%s can be a name', (name) => {
  expect(checkedName(name)).toBe(name.normalize('NFC'));
});

test.each([
  '',
  ' ada',
  'ada ',
  'a  b',
  '.ada',
  '-',
  'a\nb',
  'a\u0000',
  'a/b',
  '<b>',
  'a"b',
  "a'b",
  'a\u202eb',
  'a\u200bb',
  'nobody',
  'Starling',
  'x'.repeat(65),
])('%j cannot', (name) => {
  expect(() => checkedName(name)).toThrow(expect.objectContaining({ code: 'SERVE_BAD_NAME' }));
});

test.each([
  ['Ada', 'ada', true],
  ['ａｄａ', 'ada', true],
  ['Zoe\u0308', 'zoë', true],
  ['ada', 'adam', false],
])('%s and %s are the same name: %s', (a, b, same) => {
  expect(nameKey(a) === nameKey(b)).toBe(same);
});
