import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StarlingError } from '../../contract/index.ts';

/** What the operating system's codes mean to somebody who wants to make a folder. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to make its folder',
  EPERM: 'you have no permission to make its folder',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file is where its folder should be',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ELOOP: 'the links of its path lead in a circle',
  ENAMETOOLONG: 'the name of its folder is too long',
  EIO: 'the disk reports an error',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Node's own recursive `mkdir` hides why it failed: on a read-only disk it says that there is no such folder. */
const make = (folder: string): void => {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && dirname(folder) !== folder) {
      make(dirname(folder));
      mkdirSync(folder);
    } else if (code !== 'EEXIST' || !isFolder(folder)) throw error;
  }
};

/**
 * Makes the folder of a ledger, and its parents, where they are not there.
 *
 * @param path of the ledger, to be named when it fails
 * @throws STORE_NOT_WRITABLE
 */
export const makeFolder = (folder: string, path: string): void => {
  try {
    if (!isFolder(folder)) make(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw new StarlingError('STORE_NOT_WRITABLE', { path, reason: REASONS[code] ?? code }, { cause: error });
  }
};
