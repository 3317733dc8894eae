/** A camera's file through good and bad times: opened when needed, put aside when damaged, opened anew after a fault. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Changes, DiskFailure, type DiskState, type Kept } from './disk.ts';
import { type FileLimits, SqliteFile, UnknownFormatError } from './sqlite-file.ts';
import { inWords, isDamage, isInUse } from './sqlite-error.ts';

/** The same as a `SpoolDisk`, without waiting. */
export class FileDisk {
  readonly #path: string;
  readonly #limits: FileLimits;
  readonly #nowMs: () => number;
  #file: SqliteFile | null = null;
  #putAside: string | null = null;

  constructor(path: string, limits: FileLimits, nowMs: () => number = Date.now) {
    this.#path = path;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Opens the file, or makes it. @throws DiskFailure */
  open(): DiskState {
    return this.#try((file) => file.state());
  }

  /** @throws DiskFailure */
  write(changes: Changes): DiskState {
    return this.#try((file) => file.write(changes, this.#nowMs()));
  }

  /** @throws DiskFailure */
  read(after: number, limit: number): Kept[] {
    try {
      return this.#open().read(after, limit);
    } catch (error) {
      this.#putAsideIfDamaged(error);
      throw this.#failed(error);
    }
  }

  /** Lets go of the file. */
  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #open(): SqliteFile {
    if (this.#file) return this.#file;
    mkdirSync(dirname(this.#path), { recursive: true });
    this.#file = new SqliteFile(this.#path, this.#limits);
    return this.#file;
  }

  #try(action: (file: SqliteFile) => DiskState): DiskState {
    try {
      return this.#told(action(this.#open()));
    } catch (error) {
      if (!this.#putAsideIfDamaged(error)) throw this.#failed(error);
    }
    try {
      return this.#told(action(this.#open()));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** What was put aside is told once. */
  #told(state: DiskState): DiskState {
    const putAside = this.#putAside;
    this.#putAside = null;
    return { ...state, putAside };
  }

  /** The write-ahead log goes with the file: one belongs to the other. */
  #putAsideIfDamaged(error: unknown): boolean {
    if (!isDamage(error) && !(error instanceof UnknownFormatError)) return false;
    this.#closeQuietly();
    const to = `${this.#path}.damaged-${this.#nowMs()}`;
    try {
      for (const part of ['', '-wal']) if (existsSync(this.#path + part)) renameSync(this.#path + part, to + part);
    } catch (cause) {
      throw this.#failed(cause);
    }
    this.#putAside = `the file was damaged (${inWords(error)}); it is kept as ${basename(to)}, and what it held is not sent`;
    return true;
  }

  /** After a fault the file is opened anew: the disk may be another one by then. */
  #failed(error: unknown): DiskFailure {
    this.#closeQuietly();
    return new DiskFailure(inWords(error), isInUse(error));
  }

  #closeQuietly(): void {
    try {
      this.#file?.close();
    } catch {
      // It is given up either way, and the fault that led here is the one to tell.
    }
    this.#file = null;
  }
}
