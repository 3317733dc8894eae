/** What SQLite and the operating system say, as errors of the catalogue. */
import { StarlingError } from '../../contract/index.ts';

// Primary result codes of SQLite; https://sqlite.org/rescode.html
const BUSY = new Set([5, 6]);
const NOT_WRITABLE = new Set([3, 8, 10, 13, 14]);
const DAMAGED = new Set([11, 24, 26]);
/** An extended code: the file system says that it is damaged. */
const IOERR_CORRUPTFS = 8458;
const OUT_OF_ROOM_OR_RIGHTS = /^E(?:ROFS|NOSPC|DQUOT|ACCES|PERM|IO|NOENT|NOTDIR|ISDIR|MFILE|NFILE|FBIG|NXIO)$/;

const numberAt = (error: object, key: string): number | undefined => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'number' ? value : undefined;
};

const classify = (error: Error): 'STORE_IN_USE' | 'STORE_NOT_WRITABLE' | 'STORE_CORRUPT' | undefined => {
  const extended = numberAt(error, 'errcode');
  if (extended !== undefined) {
    // The low byte is the primary code.
    const primary = extended & 0xff;
    if (DAMAGED.has(primary) || extended === IOERR_CORRUPTFS) return 'STORE_CORRUPT';
    if (NOT_WRITABLE.has(primary)) return 'STORE_NOT_WRITABLE';
    return BUSY.has(primary) ? 'STORE_IN_USE' : undefined;
  }
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && OUT_OF_ROOM_OR_RIGHTS.test(code) ? 'STORE_NOT_WRITABLE' : undefined;
};

const reasonOf = (error: Error): string => {
  const said: unknown = Reflect.get(error, 'errstr');
  return typeof said === 'string' && !error.message.includes(said) ? `${error.message} (${said})` : error.message;
};

/**
 * The error of the catalogue for what went wrong with a ledger. What is no fault of a file or a disk comes back as it
 * is: that would be a fault of the program.
 */
export const asStoreError = (path: string, error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof StarlingError) return error;
  const code = classify(error);
  if (code === undefined) return error;
  if (code === 'STORE_IN_USE') return new StarlingError(code, { path }, { cause: error });
  return new StarlingError(code, { path, reason: reasonOf(error) }, { cause: error });
};
