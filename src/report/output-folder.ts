/**
 * All or nothing: files are written under temporary names beside their final ones, and take their places together.
 * Until `commit()` an earlier result in the folder stays as it was; `abandon()` leaves no trace.
 */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StarlingError } from '../contract/index.ts';
import { withFolderLock } from './folder-lock.ts';
import { failedWith, toOutputError } from './io-errors.ts';
import { type ClosableFile, createOutputFile, type OutputFile } from './output-file.ts';

/** A folder that receives a result. */
export interface OutputFolder {
  /** Absolute path. */
  readonly path: string;
  /**
   * Begins a file; it appears under its name on `commit()`.
   *
   * @throws OUTPUT_NOT_WRITABLE, OUTPUT_DISK_FULL
   */
  file(name: string): Promise<OutputFile>;
  /**
   * Puts all files in place, in the order in which they were begun. Whatever goes wrong, nothing temporary is left.
   *
   * @param family names of files that a result may hold: those that this one does not are removed, so that nothing
   *   of an earlier result stays beside it
   * @throws OUTPUT_NOT_WRITABLE, OUTPUT_DISK_FULL
   */
  commit(family?: readonly string[]): Promise<void>;
  /**
   * Removes everything that was begun, and the folder itself if it was made for this. May be called at any time; what
   * is begun afterwards goes nowhere.
   */
  abandon(): Promise<void>;
}

interface Pending {
  readonly temporary: string;
  readonly final: string;
  readonly file: ClosableFile;
}

/** Makes a folder unless it is there. */
const makeOne = async (path: string, made: string[]): Promise<void> => {
  try {
    await mkdir(path);
    made.unshift(path);
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
};

/**
 * Makes a folder and its missing parents, and notes those that it made, deepest first. Node's own recursive `mkdir`
 * hides why it failed: on a read-only disk it says that there is no such folder.
 */
const makeFolders = async (path: string, made: string[]): Promise<void> => {
  try {
    await makeOne(path, made);
  } catch (error) {
    if (!failedWith(error, 'ENOENT') || dirname(path) === path) throw error;
    await makeFolders(dirname(path), made);
    await makeOne(path, made);
  }
};

/** Removes folders that are empty; one in which somebody else has put something stays. */
const removeEmpty = async (folders: readonly string[]): Promise<void> => {
  for (const folder of folders) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
};

/** Writes a byte and removes it again: the one test of being writable that holds on every disk. */
const probe = async (path: string): Promise<void> => {
  const name = join(path, `.probe.${randomBytes(6).toString('hex')}.partial`);
  const handle = await open(name, 'wx');
  try {
    await handle.writeFile('.');
  } finally {
    await handle.close();
    await rm(name, { force: true });
  }
};

const refuseFolderInTheWay = async (final: string): Promise<void> => {
  try {
    if (!(await stat(final)).isDirectory()) return;
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return;
    throw error;
  }
  throw new StarlingError('OUTPUT_NOT_WRITABLE', { path: final, reason: 'a folder of that name is in the way' });
};

/** Removes a file if it is there; a folder of that name is somebody else's. */
const removeFile = async (path: string): Promise<void> => {
  try {
    if (!(await lstat(path)).isDirectory()) await rm(path, { force: true });
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw error;
  }
};

/** Makes a folder that can be written; returns the folders that were made for it, deepest first. */
const prepare = async (path: string): Promise<string[]> => {
  const made: string[] = [];
  try {
    await makeFolders(path, made);
    await probe(path);
    return made;
  } catch (error) {
    await removeEmpty(made);
    throw toOutputError(error, path);
  }
};

/** What is written to an abandoned result: a measurement that is being ended may still be finishing its files. */
const NOWHERE: OutputFile = { write: async () => {} };

/**
 * Makes a folder ready to receive a result, and checks that it can be written before any work is done.
 *
 * @param folder path; it and its parents are made where they are missing
 * @throws OUTPUT_NOT_WRITABLE (a file is in the way, no permission, a read-only disk), OUTPUT_DISK_FULL
 * @example
 * const output = await openOutput('starling-out');
 * const file = await output.file('summary.json');
 * await file.write('{}');
 * await output.commit();
 */
export const openOutput = async (folder: string): Promise<OutputFolder> => {
  const path = resolve(folder);
  const made = await prepare(path);
  const run = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const pending: Pending[] = [];
  let abandoned = false;

  const remove = async ({ file, temporary }: Pending): Promise<void> => {
    await file.discard();
    await rm(temporary, { force: true }).catch(() => {});
  };

  const abandon = async (): Promise<void> => {
    abandoned = true;
    for (const file of pending.splice(0)) await remove(file);
    await removeEmpty(made);
  };

  const begin = async (name: string): Promise<OutputFile> => {
    const final = join(path, name);
    const temporary = join(path, `.${name}.${run}.partial`);
    await refuseFolderInTheWay(final);
    if (abandoned) return NOWHERE;
    const file = createOutputFile(await open(temporary, 'wx'));
    if (abandoned) {
      await remove({ temporary, final, file });
      return NOWHERE;
    }
    pending.push({ temporary, final, file });
    return { write: (data) => file.write(data).catch((error: unknown) => Promise.reject(toOutputError(error, final))) };
  };

  const putInPlace = async (family: readonly string[]): Promise<void> => {
    for (const { file } of pending) await file.finish();
    for (const { final } of pending) await refuseFolderInTheWay(final);
    const written = new Set(pending.map(({ final }) => final));
    const outdated = family.map((name) => join(path, name)).filter((final) => !written.has(final));
    await withFolderLock(path, async () => {
      for (const { temporary, final } of pending) await rename(temporary, final);
      for (const final of outdated) await removeFile(final);
    });
    pending.length = 0;
    made.length = 0;
  };

  return {
    path,
    abandon,
    file: (name) => begin(name).catch((error: unknown) => Promise.reject(toOutputError(error, join(path, name)))),
    async commit(family = []) {
      if (abandoned) return;
      try {
        await putInPlace(family);
      } catch (error) {
        await abandon();
        throw toOutputError(error, path);
      }
    },
  };
};
