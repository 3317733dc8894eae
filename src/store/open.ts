/** The ledger as the rest of Starling uses it: threads do the work, and nothing here waits for a disk. */
import { join, resolve } from 'node:path';
import { type Observation, type Retention, StarlingError } from '../contract/index.ts';
import type { Appended, Store, StoreStatus } from './store.ts';
import type { KeeperOperations, KeeperSettings, ReaderOperations, ReaderSettings } from './thread/protocol.ts';
import { StoreThread } from './thread/store-thread.ts';

/** Which ledger is opened, and how it is kept. */
export interface StoreOptions {
  /** Folder of the live site's data; the ledger is `ledger.sqlite` in it. */
  readonly folder: string;
  /** How long what is kept, ms: `privacy.retention` of the site file. */
  readonly retention: Retention;
  /** Whether a ledger is begun where there is none, or where there is a damaged one. Default true. */
  readonly create?: boolean;
  /** Told of what no answer tells: that a ledger was damaged and put aside, or taken away, and a new one begun. */
  readonly onTrouble?: (error: StarlingError) => void;
}

/** Troubles that go away by themselves, or when somebody sees to the disk: the store waits for that. */
const PASSING: ReadonlySet<string> = new Set(['STORE_NOT_WRITABLE', 'STORE_CORRUPT']);

const isPassing = (error: unknown): boolean => error instanceof StarlingError && PASSING.has(error.code);

/** The built package holds JavaScript, a checkout TypeScript. */
const [KEEPER, READER] = import.meta.url.endsWith('.ts')
  ? [new URL('./thread/keeper-thread.ts', import.meta.url), new URL('./thread/reader-thread.ts', import.meta.url)]
  : [new URL('./thread/keeper-thread.js', import.meta.url), new URL('./thread/reader-thread.js', import.meta.url)];

const startReader = (folder: string, path: string): StoreThread<ReaderOperations> =>
  new StoreThread<ReaderOperations>({
    module: READER,
    settings: { folder } satisfies ReaderSettings,
    unavailable: (reason) => new StarlingError('STORE_NOT_READABLE', { path, reason }),
  });

class ThreadedStore implements Store {
  readonly #folder: string;
  readonly #path: string;
  readonly #keeper: StoreThread<KeeperOperations>;
  #reader: StoreThread<ReaderOperations>;
  #status: StoreStatus = { state: 'ok' };

  constructor({ folder, retention, create = true, onTrouble }: StoreOptions) {
    this.#folder = resolve(folder);
    this.#path = join(this.#folder, 'ledger.sqlite');
    this.#keeper = new StoreThread<KeeperOperations>({
      module: KEEPER,
      settings: { folder: this.#folder, retention, create } satisfies KeeperSettings,
      unavailable: (reason) => new StarlingError('STORE_NOT_WRITABLE', { path: this.#path, reason }),
      onTrouble: (error) => {
        this.#readAnew();
        if (error instanceof StarlingError) onTrouble?.(error);
      },
    });
    this.#reader = startReader(this.#folder, this.#path);
  }

  /** @throws what waiting does not mend */
  async open(): Promise<void> {
    try {
      await this.#noting(this.#keeper.ask('open', null));
    } catch (error) {
      if (isPassing(error)) return;
      await this.#keeper.close();
      throw error;
    }
  }

  status(): StoreStatus {
    return this.#status;
  }

  append(observations: readonly Observation[]): Promise<Appended> {
    return this.#noting(this.#keeper.ask('append', observations));
  }

  /**
   * A ledger that cannot be written can often be read. One that cannot be read either knows of nothing: sensors go on
   * with the numbers that they keep themselves.
   */
  async latest(): Promise<ReadonlyMap<string, number>> {
    try {
      return await this.#keeper.ask('latest', null);
    } catch (error) {
      if (!isPassing(error)) throw error;
      return this.#reader.ask('latest', null).catch(() => new Map());
    }
  }

  tend: Store['tend'] = (nowMs, elapsedMs) => this.#keeper.ask('tend', { nowMs, elapsedMs: elapsedMs ?? null });
  rebuild: Store['rebuild'] = ({ fromMs, toMs }) => this.#keeper.ask('rebuild', { fromMs, toMs });
  compact: Store['compact'] = () => this.#keeper.ask('compact', null);
  zones: Store['zones'] = (query) => this.#reader.ask('zones', query);
  gates: Store['gates'] = (query) => this.#reader.ask('gates', query);
  cameras: Store['cameras'] = (query) => this.#reader.ask('cameras', query);
  fields: Store['fields'] = (query) => this.#reader.ask('fields', query);
  gaps: Store['gaps'] = (query) => this.#reader.ask('gaps', query);
  check: Store['check'] = () => this.#apart((reader) => reader.ask('check', null));

  async backup(path: string): Promise<void> {
    await this.#apart((reader) => reader.ask('backup', resolve(path)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#keeper.close(), this.#reader.close()]);
  }

  /** Whether the ledger takes observations is what the last attempt says. */
  async #noting<Value>(attempt: Promise<Value>): Promise<Value> {
    try {
      const value = await attempt;
      this.#status = { state: 'ok' };
      return value;
    } catch (error) {
      if (error instanceof StarlingError) this.#status = { state: 'failed', error };
      throw error;
    }
  }

  /** What takes long has a thread of its own, so that nobody who looks at the last hour waits for it. */
  async #apart<Value>(work: (reader: StoreThread<ReaderOperations>) => Promise<Value>): Promise<Value> {
    const reader = startReader(this.#folder, this.#path);
    try {
      return await work(reader);
    } finally {
      await reader.close();
    }
  }

  /** There is another file under the ledger's name. */
  #readAnew(): void {
    const former = this.#reader;
    this.#reader = startReader(this.#folder, this.#path);
    void former.close();
  }
}

/**
 * Opens the ledger of a live site, and begins one where there is none. A disk that cannot be written now is no error
 * here, so that a site starts measuring all the same: `status()` says so, and every `append` tries again.
 *
 * One process at a time has a ledger. Whoever has it lets go with `await store[Symbol.asyncDispose]()`, or by ending,
 * in whatever way.
 *
 * @throws STORE_IN_USE, STORE_TOO_NEW; STORE_NOT_FOUND with `create` false
 * @example
 * await using store = await openStore({ folder: 'data', retention: site.privacy.retention });
 * await store.append([observation]);
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const store = new ThreadedStore(options);
  await store.open();
  return store;
};
