import { expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { fromFailure, toFailure } from './failure.ts';

it.each([
  new StarlingError('STORE_IN_USE', { path: 'a' }),
  new StarlingError('STORE_NOT_FOUND', { path: 'a' }),
  new StarlingError('STORE_NOT_WRITABLE', { path: 'a', reason: 'b' }),
  new StarlingError('STORE_NOT_READABLE', { path: 'a', reason: 'b' }),
  new StarlingError('STORE_CORRUPT', { path: 'a', reason: 'b' }),
  new StarlingError('STORE_TOO_NEW', { path: 'a', found: 2, known: 1 }),
  new StarlingError('STORE_BACKUP_FAILED', { path: 'a', reason: 'b' }),
  new StarlingError('STORE_BAD_QUERY', { problem: 'b' }),
])('$code is the same on the other side', (error) => {
  const arrived = fromFailure(structuredClone(toFailure(error)));
  expect(arrived).toBeInstanceOf(StarlingError);
  expect(arrived).toMatchObject({
    code: error.code,
    message: error.message,
    mend: error.mend,
    exitCode: error.exitCode,
  });
});

it.each([
  // what was thrown, what its message says
  ['a fault of the program', new TypeError('no such thing'), /TypeError: no such thing/],
  ['an error of another room', new StarlingError('CAPTURE_NOT_FOUND', { path: 'a' }), /No such file: a/],
  ['what is no error', 'oh', /^oh$/],
])('%s comes over in words', (_what, thrown, message) => {
  const arrived = fromFailure(structuredClone(toFailure(thrown)));
  expect(arrived).not.toBeInstanceOf(StarlingError);
  expect(arrived.message).toMatch(message);
});
