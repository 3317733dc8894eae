import { expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { asStoreError } from './store-error.ts';

const sqlite = (errcode: number): Error => Object.assign(new Error('said SQLite'), { errcode, errstr: 'so and so' });
const system = (code: string): Error => Object.assign(new Error(`${code}: said the system`), { code });

it.each([
  ['a full disk', sqlite(13), 'STORE_NOT_WRITABLE'],
  ['an error of the disk', sqlite(10), 'STORE_NOT_WRITABLE'],
  ['an error of fsync', sqlite(1034), 'STORE_NOT_WRITABLE'],
  ['a file system that is damaged', sqlite(8458), 'STORE_CORRUPT'],
  ['a read-only disk', sqlite(8), 'STORE_NOT_WRITABLE'],
  ['a folder that is not there', sqlite(14), 'STORE_NOT_WRITABLE'],
  ['a damaged page', sqlite(11), 'STORE_CORRUPT'],
  ['a damaged index', sqlite(779), 'STORE_CORRUPT'],
  ['no database', sqlite(26), 'STORE_CORRUPT'],
  ['another writer', sqlite(5), 'STORE_IN_USE'],
  ['EROFS', system('EROFS'), 'STORE_NOT_WRITABLE'],
  ['ENOSPC', system('ENOSPC'), 'STORE_NOT_WRITABLE'],
  ['EACCES', system('EACCES'), 'STORE_NOT_WRITABLE'],
])('%s', (_, error, code) => {
  const found = asStoreError('/data/ledger.db', error);
  expect(found).toBeInstanceOf(StarlingError);
  expect(found).toMatchObject({ code, cause: error });
  expect(found.message).toContain('/data/ledger.db');
});

it.each([
  ['a fault of the program', new TypeError('x is not a function')],
  ['a constraint', sqlite(19)],
  ['wrong SQL', sqlite(1)],
  ['an error of the catalogue', new StarlingError('STORE_NOT_FOUND', { path: 'x' })],
])('%s stays what it is', (_, error) => {
  expect(asStoreError('/data/ledger.db', error)).toBe(error);
});

it('what is no error becomes one', () => {
  expect(asStoreError('/data/ledger.db', 'oh')).toMatchObject({ message: 'oh' });
});
