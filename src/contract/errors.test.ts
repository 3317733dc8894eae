import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import { EXIT_CODES } from './error-entry.ts';
import { StarlingError } from './errors.ts';

test('an error says what happened, to what, and how to mend it', () => {
  const error = new StarlingError('CAPTURE_RANGE_EMPTY', { path: 'a.mp4', last: 10, from: 11 });
  expect(error).toMatchObject({
    code: 'CAPTURE_RANGE_EMPTY',
    message: 'a.mp4 ends at frame 10; the range begins at frame 11.',
    mend: 'Choose --from-frame and --to-frame within the recording.',
    exitCode: EXIT_CODES.input,
  });
});

test('what is filled in is not filled in again', () => {
  expect(new StarlingError('CAPTURE_NOT_FOUND', { path: '{path}$&' }).message).toBe('No such file: {path}$&.');
});

test.each(Object.entries(ERROR_CATALOGUE))('%s is whole sentences, and its room is the first word', (code, entry) => {
  expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
  expect(entry.mend).toMatch(/^[A-Z].*\.$/);
  expect(entry.what).toMatch(/\.$|^\{problem\}$/);
});
