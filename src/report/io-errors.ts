import { StarlingError } from '../contract/index.ts';

/** What the operating system's codes mean to somebody who wants to write a folder. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to write there',
  EPERM: 'you have no permission to write there',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'a folder of that name is in the way',
  ENOENT: 'the folder is not there, or was removed meanwhile',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EFBIG: 'a file grew larger than the disk or your limit allows',
  EIO: 'the disk reports an error',
};

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);

const systemCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Whether an operation failed with that code of the operating system, such as `ENOENT`. */
export const failedWith = (error: unknown, code: string): boolean => systemCode(error) === code;

/**
 * The catalogue's error for a failed write.
 *
 * @param error what the operating system threw
 * @param path  what was to be written
 * @returns OUTPUT_DISK_FULL (no room, or over quota) or OUTPUT_NOT_WRITABLE; any other error as it came
 */
export const toOutputError = (error: unknown, path: string): unknown => {
  const code = systemCode(error);
  if (code === null || error instanceof StarlingError) return error;
  if (DISK_FULL.has(code)) return new StarlingError('OUTPUT_DISK_FULL', { path }, { cause: error });
  const reason = REASONS[code] ?? code;
  return new StarlingError('OUTPUT_NOT_WRITABLE', { path, reason }, { cause: error });
};
