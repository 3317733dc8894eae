/** What SQLite's result codes mean for a spool. @see https://www.sqlite.org/rescode.html */

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** The words are for people who run the place, not for those who know SQLite. */
const IN_WORDS: Readonly<Record<number, string>> = {
  [SQLITE_FULL]: 'the disk is full',
  [SQLITE_READONLY]: 'the disk or the file is read-only',
  [SQLITE_IOERR]: 'the disk fails',
  [SQLITE_CANTOPEN]: 'the file cannot be opened',
};

const primaryCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;

/** Another process has the file. */
export const isInUse = (error: unknown): boolean => primaryCode(error) === SQLITE_BUSY;

/** What is in the file is not what was written there. */
export const isDamage = (error: unknown): boolean => {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
};

/** What went wrong, in words. */
export const inWords = (error: unknown): string => {
  const known = IN_WORDS[primaryCode(error) ?? -1];
  const said = error instanceof Error ? error.message : String(error);
  return known ? `${known} (${said})` : said;
};
