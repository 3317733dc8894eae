import type { Stats } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { StarlingError } from '../contract/index.ts';

const PICTURE_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png']);

/** Something that can be opened: one file, or a folder of pictures in order. */
export type RecordingPath =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'pictures'; readonly path: string; readonly files: readonly string[] };

/** Size and time of change of a file, to notice that it changed while it was read. */
export interface FileState {
  readonly size: number;
  readonly modifiedMs: number;
}

const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

const ERRNO_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk reports an error',
};

/** Turns what the file system said about `path` into an error of the catalogue. */
export const pathError = (path: string, error: unknown): StarlingError => {
  const errno = errnoOf(error);
  if (errno === 'ENOENT' || errno === 'ENOTDIR')
    return new StarlingError('CAPTURE_NOT_FOUND', { path }, { cause: error });
  const reason = ERRNO_WORDS[errno] ?? errno;
  return new StarlingError('CAPTURE_NOT_READABLE', { path, reason }, { cause: error });
};

const statOf = async (path: string): Promise<Stats> => {
  try {
    const found = await stat(path);
    await access(path, constants.R_OK);
    return found;
  } catch (error) {
    throw pathError(path, error);
  }
};

/** The state of the file at `path`; null when it is gone. */
export const fileState = async (path: string): Promise<FileState | null> => {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modifiedMs: mtimeMs };
  } catch {
    return null;
  }
};

// img2 before img10: people number pictures with and without leading zeros.
const byNumber = new Intl.Collator('en', { numeric: true });

const listPictures = async (folder: string): Promise<string[]> => {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw pathError(folder, error);
  }
  const pictures = names.filter((name) => !name.startsWith('.') && PICTURE_EXTENSIONS.has(extname(name).toLowerCase()));
  if (pictures.length === 0) throw new StarlingError('CAPTURE_NO_PICTURES', { path: folder });
  return pictures.toSorted(byNumber.compare).map((name) => join(folder, name));
};

/**
 * Finds out what lies at `path`, without looking into it.
 *
 * @throws CAPTURE_NOT_FOUND, CAPTURE_NOT_READABLE, CAPTURE_NO_PICTURES, CAPTURE_NOT_VIDEO (empty, or a device)
 */
export const inspectPath = async (path: string): Promise<RecordingPath> => {
  const found = await statOf(path);
  if (found.isDirectory()) return { kind: 'pictures', path, files: await listPictures(path) };
  if (!found.isFile()) throw new StarlingError('CAPTURE_NOT_VIDEO', { path, reason: 'it is not a file' });
  if (found.size === 0) throw new StarlingError('CAPTURE_NOT_VIDEO', { path, reason: 'the file is empty' });
  return { kind: 'file', path };
};
