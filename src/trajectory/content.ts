/** What kind of file lies at a path, by a look at its first bytes. */
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { StarlingError } from '../contract/index.ts';
import { readHead } from './head.ts';

const TEXT_EXTENSIONS = new Set(['.txt', '.csv', '.tsv', '.dat', '.trajectories']);
const DATABASE_EXTENSIONS = new Set(['.sqlite', '.sqlite3', '.db']);

/** Enough for the comments and the first row. */
const LOOK_BYTES = 65_536;

/** What the first bytes say: a database, text, or why it is neither. */
type Content = 'database' | 'text' | { readonly reason: string };

/** Files that are taken for trajectories, and what they are instead. */
const OTHERS: readonly (readonly [begin: readonly number[], reason: string])[] = [
  [[0xff, 0xfe], 'it is text in UTF-16'],
  [[0xfe, 0xff], 'it is text in UTF-16'],
  [[0x89, 0x48, 0x44, 0x46], 'it is HDF5'],
  [[0x1f, 0x8b], 'it is packed with gzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'it is packed, as ZIP and Excel files are'],
];

const begins = (bytes: Buffer, begin: readonly number[]): boolean => begin.every((byte, i) => bytes[i] === byte);

const SQLITE = [...Buffer.from('SQLite format 3\0')];

const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32);

const contentOf = (bytes: Buffer): Content => {
  if (begins(bytes, SQLITE)) return 'database';
  const other = OTHERS.find(([begin]) => begins(bytes, begin));
  if (other) return { reason: other[1] };
  return bytes.some(isControl) ? { reason: 'it is not text' } : 'text';
};

const ERRNO_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk reports an error',
};

/** Turns what the file system said into an error of the catalogue. */
const fileError = (path: string, error: unknown): StarlingError => {
  const errno = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  if (errno === 'ENOENT' || errno === 'ENOTDIR')
    return new StarlingError('TRAJECTORY_NOT_FOUND', { path }, { cause: error });
  const reason = ERRNO_WORDS[errno] ?? errno;
  return new StarlingError('TRAJECTORY_NOT_READABLE', { path, reason }, { cause: error });
};

/** Runs something that reads `path`, and says in the catalogue's words what the file system refused. */
export const reading = async <T>(path: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw fileError(path, error);
  }
};

const look = async (path: string, size: number): Promise<Buffer> => {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, LOOK_BYTES)), position: 0 });
  return buffer.subarray(0, bytesRead);
};

/** Longer files do not fit into one block of memory. */
const MOST_BYTES = 2 ** 31 - 1;

const notTrajectories = (path: string, reason: string): StarlingError =>
  new StarlingError('TRAJECTORY_UNKNOWN_FORMAT', { path, reason });

const checkFile = (path: string, found: Stats): void => {
  if (found.isDirectory()) throw notTrajectories(path, 'it is a folder');
  if (!found.isFile()) throw notTrajectories(path, 'it is not a file');
  if (found.size === 0) throw notTrajectories(path, 'it is empty');
  if (found.size > MOST_BYTES)
    throw new StarlingError('TRAJECTORY_TOO_LARGE', { path, sizeGb: (found.size / 1e9).toFixed(1) });
};

/**
 * Looks at a file that should hold trajectories.
 *
 * @throws TRAJECTORY_NOT_FOUND, TRAJECTORY_NOT_READABLE, TRAJECTORY_UNKNOWN_FORMAT, TRAJECTORY_TOO_LARGE
 */
export const inspect = async (path: string): Promise<'database' | 'text'> => {
  const found = await reading(path, () => stat(path));
  checkFile(path, found);
  const content = contentOf(await reading(path, () => look(path, found.size)));
  if (typeof content === 'object') throw notTrajectories(path, content.reason);
  return content;
};

/** Text that names the columns of trajectories, or states a frame rate, whatever the name of the file. */
const looksLikeTrajectories = (bytes: Buffer): boolean => {
  const { layout, frameRate } = readHead(bytes);
  return layout !== null || frameRate.length > 0;
};

/**
 * Whether a path is meant as a trajectory file rather than as a video or a folder of pictures: by its extension, else
 * by its first bytes. It says nothing of whether the file can be read; {@link openTrajectories} says that in words.
 */
export const isTrajectoryFile = async (path: string): Promise<boolean> => {
  const extension = extname(path).toLowerCase();
  try {
    const found = await stat(path);
    if (!found.isFile()) return false;
    if (TEXT_EXTENSIONS.has(extension) || DATABASE_EXTENSIONS.has(extension)) return true;
    const bytes = await look(path, found.size);
    const content = contentOf(bytes);
    return content === 'database' || (content === 'text' && looksLikeTrajectories(bytes));
  } catch {
    return TEXT_EXTENSIONS.has(extension) || DATABASE_EXTENSIONS.has(extension);
  }
};
