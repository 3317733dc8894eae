/** What SQLite and the operating system say, sorted by what it means. */

// Primary result codes of SQLite; https://sqlite.org/rescode.html
const BUSY = new Set([5, 6]);
const NOT_WRITABLE = new Set([3, 8, 10, 13, 14]);
const DAMAGED = new Set([11, 24, 26]);
/** An extended code: the file system says that it is damaged. */
const IOERR_CORRUPTFS = 8458;
const OUT_OF_ROOM_OR_RIGHTS = /^E(?:ROFS|NOSPC|DQUOT|ACCES|PERM|IO|NOENT|NOTDIR|ISDIR|MFILE|NFILE|FBIG|NXIO)$/;

/** What is wrong with a file or its disk. */
export type Trouble = 'inUse' | 'notWritable' | 'damaged';

const numberAt = (error: object, key: string): number | undefined => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'number' ? value : undefined;
};

/** What is wrong with a file or its disk; null when that is not what the error is about, but a fault of the program. */
export const troubleOf = (error: Error): Trouble | null => {
  const extended = numberAt(error, 'errcode');
  if (extended !== undefined) {
    // The low byte is the primary code.
    const primary = extended & 0xff;
    if (DAMAGED.has(primary) || extended === IOERR_CORRUPTFS) return 'damaged';
    if (NOT_WRITABLE.has(primary)) return 'notWritable';
    return BUSY.has(primary) ? 'inUse' : null;
  }
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && OUT_OF_ROOM_OR_RIGHTS.test(code) ? 'notWritable' : null;
};

/** The error's own words, and SQLite's where they say more. */
export const reasonOf = (error: Error): string => {
  const said: unknown = Reflect.get(error, 'errstr');
  return typeof said === 'string' && !error.message.includes(said) ? `${error.message} (${said})` : error.message;
};
