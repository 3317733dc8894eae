/** Keeps a connection that reads, and opens it again when it failed. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../../contract/index.ts';
import { createHistory, type History } from '../sqlite/history/history.ts';
import { Received } from '../sqlite/tables/received.ts';
import { backupLedger } from '../sqlite/upkeep/backup.ts';
import { checkLedger } from '../sqlite/upkeep/check.ts';
import { asReadError, openForReading } from '../sqlite/upkeep/read-only.ts';
import type { Handlers, ReaderOperations } from './protocol.ts';

/** What was not to be asked, or not to be written where it was wanted, is no fault of the connection. */
const KEEPS: ReadonlySet<string> = new Set(['STORE_BAD_QUERY', 'STORE_BACKUP_FAILED']);

/** An open ledger. */
interface Opened {
  readonly database: DatabaseSync;
  readonly history: History;
}

/** The connection that reads. */
export class Reader {
  readonly #path: string;
  #opened: Opened | null = null;

  constructor(folder: string) {
    this.#path = join(folder, 'ledger.sqlite');
  }

  /** What it can be asked, by name. */
  handlers(): Handlers<ReaderOperations> {
    return {
      latest: () => this.#use(({ database }) => new Received(database).latest()),
      zones: (query) => this.#use(({ history }) => history.zones(query)),
      gates: (query) => this.#use(({ history }) => history.gates(query)),
      cameras: (query) => this.#use(({ history }) => history.cameras(query)),
      fields: (query) => this.#use(({ history }) => history.fields(query)),
      gaps: (query) => this.#use(({ history }) => history.gaps(query)),
      check: () => this.#use(({ database }) => checkLedger(database, this.#path)),
      backup: (to) => this.#use(({ database }) => backupLedger(database, to).then(() => null)),
    };
  }

  /** Lets go of the connection; the next question opens it again. */
  close(): void {
    const opened = this.#opened;
    this.#opened = null;
    opened?.database.close();
  }

  async #use<Value>(work: (opened: Opened) => Value | Promise<Value>): Promise<Value> {
    try {
      this.#opened ??= this.#open();
      return await work(this.#opened);
    } catch (error) {
      const failure = asReadError(this.#path, error);
      if (!(failure instanceof StarlingError) || !KEEPS.has(failure.code)) this.close();
      throw failure;
    }
  }

  #open(): Opened {
    const database = openForReading(this.#path);
    try {
      return { database, history: createHistory(database) };
    } catch (error) {
      database.close();
      throw error;
    }
  }
}
