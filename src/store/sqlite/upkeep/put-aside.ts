import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A ledger and what SQLite keeps beside it while it is open. */
const ENDINGS = ['-wal', '-shm', ''] as const;

/** An instant for the name of a file: `20261122T030405Z`. */
const compactTime = (time: Date): string => time.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** A name beside the ledger that nothing has yet. */
const freeName = (path: string, time: Date): string => {
  const stem = join(dirname(path), `${basename(path, '.sqlite')}.corrupt-${compactTime(time)}`);
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : `-${n}`}.sqlite`;
    if (ENDINGS.every((ending) => !existsSync(`${name}${ending}`))) return name;
  }
};

/**
 * Moves a damaged ledger out of the way, with its log: `ledger.corrupt-20261122T030405Z.sqlite`. Nothing is deleted;
 * part of it can often be read.
 *
 * @returns its new path
 * @throws what the operating system says, when it cannot be moved
 */
export const putAside = (path: string, time: Date): string => {
  const aside = freeName(path, time);
  // The log first: without it the ledger is only older, and a new ledger beside a strange log would be damaged too.
  for (const ending of ENDINGS) if (existsSync(`${path}${ending}`)) renameSync(`${path}${ending}`, `${aside}${ending}`);
  return aside;
};
