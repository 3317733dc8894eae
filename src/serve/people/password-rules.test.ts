import { expect, test } from 'vitest';
import { checkPassword } from './password-rules.ts';

const around = { name: 'Ada.Lovelace', site: 'Old Town Market' };

/** What is said of a password, null for nothing. */
const problemWith = (password: string): string | null => {
  try {
    checkPassword(password, around);
    return null;
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)}`;
  }
};

test.each<[string, string, RegExp | null]>([
  ['four words', 'violet stapler orbits quietly', null],
  ['twelve letters', 'kfw0 3nap,xq', null],
  ['only lower case, no digit', 'heronsflyhomeat', null],
  ['other scripts', 'тихие цапли домой', null],
  ['as long as can be', 'abcdefgh'.repeat(32), null],
  ['signs of several code points', '🦢🐦🪶🌊⛅🚲🧭🪁🎐🧵🪡🔭', null],
  ['eleven letters', 'kfw03nap,xq', /has 11 letters/],
  ['letters counted, not code units', '🦢🐦🪶🌊⛅🚲', /has 6 letters/],
  ['too long', 'abcdefghi'.repeat(32), /more than 256/],
  ['one letter', 'aaaaaaaaaaaa', /repeats/],
  ['a few letters', 'abababababab', /repeats/],
  ['a row of digits', '123456789012', /row/],
  ['a row of letters', 'abcdefghijklm', /row/],
  ['a row backwards', 'zyxwvutsrqpo', /row/],
  ['common', 'correcthorsebatterystaple', /tried first/],
  ['common with a tail', 'QwertyUiop2026!', /tried first/],
  ['the name', 'ada.lovelace', /little more than the name/],
  ['the name with a tail', 'Ada.Lovelace1', /little more than the name/],
  ['part of the name', 'lovelace2026!', /little more than the name/],
  ['the site without its spaces', 'OldTownMarket', /little more than the name/],
  ['the site as it is written', 'Old Town Market', /little more than the name/],
  ['the program', 'starling-2026', /little more than the name/],
  ['password', 'Password-1234', /little more than the name/],
  ['the name inside of something else', 'lovelace keeps nine herons', null],
  ['wide letters of the name', 'ａｄａ．ｌｏｖｅｌａｃｅ', /little more than the name/],
])('%s', (_, password, problem) => {
  const found = problemWith(password);
  expect(found === null).toBe(problem === null);
  expect(found ?? '').toMatch(problem ?? /^$/);
});

test('what is said of a password does not repeat it', () => {
  expect(problemWith('lovelace2026!')).not.toContain('lovelace');
});
