/**
 * A site file that is changed while it is in use: whole changes only, each checked before it is written, each a version
 * that can be gone back to.
 *
 * ```
 * change -> is it about the version at hand? -> check all of it -> write the file (all of it, or nothing) -> keep it
 * ```
 *
 * Somebody who edits the file by hand makes a version when it is read the next time, at a start. Until then what is in use is
 * what was read, and no change is written over theirs.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../contract/index.ts';
import { asBookError, openBook } from '../database/index.ts';
import { editSiteText } from './edit.ts';
import { parseSite, type SiteFile } from './parse.ts';

/** 'STFV' */
const APPLICATION_ID = 0x53544656;
/** Older ones are dropped. */
const MOST_VERSIONS = 1000;

/** A version of a site file. */
export interface SiteVersion {
  readonly version: string;
  /** UTC, ms since 1970. */
  readonly timeMs: number;
  /** Null when the file was changed by other means. */
  readonly by: string | null;
}

/** A site file at one of its versions. */
export interface SiteAt extends SiteFile {
  readonly version: string;
}

/** What a desk is about. */
export interface SiteDeskOptions {
  readonly path: string;
  /** Where versions are kept. */
  readonly bookPath: string;
  /** Says what else is wrong with a site, beyond its schema. @throws a StarlingError */
  readonly check: (file: SiteFile) => void | Promise<void>;
  /** Told of a site that is to be in use from now on. */
  readonly onChange: (file: SiteFile) => void | Promise<void>;
}

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All of it is on the disk, or what was there before. */
const replaceFile = async (path: string, text: string): Promise<void> => {
  // A link stays one: what it leads to is replaced.
  const real = realpathSync(path);
  const beside = `${real}.${randomUUID()}.new`;
  try {
    const file = await open(beside, 'wx');
    try {
      await file.chmod(statSync(real).mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, real);
  } catch (cause) {
    await rm(beside, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StarlingError('SITE_NOT_WRITABLE', { path, reason }, { cause });
  }
};

interface InUse {
  readonly version: string;
  readonly text: string;
  readonly file: SiteFile;
}

/** Changes a site file, a version at a time. */
export class SiteDesk implements Disposable {
  readonly #options: SiteDeskOptions;
  readonly #book: DatabaseSync;
  #inUse: InUse;
  /** Changes are made one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** @throws BOOK_*, SITE_* */
  constructor(options: SiteDeskOptions) {
    this.#options = options;
    const migrations = new URL('migrations/', import.meta.url);
    this.#book = openBook({ path: options.bookPath, applicationId: APPLICATION_ID, migrations });
    try {
      this.#inUse = this.#read();
    } catch (error) {
      this.#book.close();
      throw error;
    }
  }

  /** The site that is in use. */
  get(): SiteAt {
    return { version: this.#inUse.version, ...this.#inUse.file };
  }

  /** The newest versions, the latest first. */
  async history(limit = 100): Promise<SiteVersion[]> {
    return this.#book
      .prepare('SELECT version, time_ms, by FROM version ORDER BY version DESC LIMIT ?')
      .all(limit)
      .map((row) => ({
        version: String(row['version']),
        timeMs: Number(row['time_ms']),
        by: typeof row['by'] === 'string' ? row['by'] : null,
      }));
  }

  /**
   * Puts a site in the place of the one at hand.
   *
   * @param written the whole site as a file has it
   * @param version of the site that was changed
   * @throws SITE_CHANGED_MEANWHILE, SITE_CHANGED_BY_HAND, SITE_INVALID, SITE_NOT_WRITABLE, and what the check throws; then nothing is changed
   */
  change(written: unknown, version: string, by: string): Promise<SiteAt> {
    return this.#inTurn(async () => {
      const current = this.#unspoilt();
      if (current.version !== version)
        throw new StarlingError('SITE_CHANGED_MEANWHILE', { version, current: current.version });
      // Whatever it is, the schema says what is wrong with it.
      return this.#put(isPlain(written) ? editSiteText(current.text, written) : JSON.stringify(written), by);
    });
  }

  /** Goes back to the version before the one at hand; going back again goes on from there. @throws SITE_NOTHING_TO_UNDO */
  undo(by: string): Promise<SiteAt> {
    return this.#inTurn(async () => {
      const { text } = this.#unspoilt();
      const before = this.#textBefore(text);
      if (before === null) throw new StarlingError('SITE_NOTHING_TO_UNDO', { path: this.#options.path });
      return this.#put(before, by);
    });
  }

  [Symbol.dispose](): void {
    this.#book.close();
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #put(text: string, by: string): Promise<SiteAt> {
    const { path, check, onChange } = this.#options;
    const before = this.#inUse;
    const file = parseSite(text, path);
    await check(file);
    const version = this.#keep(text, by);
    try {
      await replaceFile(path, text);
      await onChange(file);
    } catch (error) {
      this.#forget(version);
      if (this.#readFile() !== before.text) await replaceFile(path, before.text);
      throw error;
    }
    this.#inUse = { version, text, file };
    return this.get();
  }

  /** The version in use, if the file still says the same. @throws SITE_CHANGED_BY_HAND */
  #unspoilt(): InUse {
    const { path } = this.#options;
    if (this.#readFile() !== this.#inUse.text) throw new StarlingError('SITE_CHANGED_BY_HAND', { path });
    return this.#inUse;
  }

  /** What the file says; a version of its own when nobody here wrote it. */
  #read(): InUse {
    const text = this.#readFile();
    const file = parseSite(text, this.#options.path);
    const newest = this.#book.prepare('SELECT version, text FROM version ORDER BY version DESC LIMIT 1').get();
    const version = newest?.['text'] === text ? String(newest['version']) : this.#keep(text, null);
    return { version, text, file };
  }

  #readFile(): string {
    const { path } = this.#options;
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      throw new StarlingError('SITE_NOT_FOUND', { path }, { cause });
    }
  }

  #forget(version: string): void {
    this.#book.prepare('DELETE FROM version WHERE version = ?').run(Number(version));
  }

  /** @throws BOOK_NOT_WRITABLE */
  #keep(text: string, by: string | null): string {
    try {
      return this.#insert(text, by);
    } catch (error) {
      throw asBookError(this.#options.bookPath, error);
    }
  }

  #insert(text: string, by: string | null): string {
    const { lastInsertRowid } = this.#book
      .prepare('INSERT INTO version (time_ms, by, text) VALUES (?, ?, ?)')
      .run(Date.now(), by, text);
    const version = Number(lastInsertRowid);
    this.#book.prepare('DELETE FROM version WHERE version <= ?').run(version - MOST_VERSIONS);
    return String(version);
  }

  /** A step back is a version, too; so the one before is looked for before the first time that this text was there. */
  #textBefore(text: string): string | null {
    const row = this.#book
      .prepare(
        `SELECT text FROM version WHERE version < (SELECT min(version) FROM version WHERE text = ?)
         ORDER BY version DESC LIMIT 1`,
      )
      .get(text);
    return typeof row?.['text'] === 'string' ? row['text'] : null;
  }
}
