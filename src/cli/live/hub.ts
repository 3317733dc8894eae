/**
 * The hub's stages, joined. It never sees a pixel: what comes to it are observations.
 *
 * ```
 * watching (sensors) --- Observation -> store (the ledger)
 *                               \-> moments: the whole site, once a second -> board, serve
 * ```
 */
import { type Server, type SiteHealth, startServer } from '../../serve/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import type { Board } from './board.ts';
import type { SensorOptions, Watched } from './plans.ts';
import type { Trouble } from './trouble.ts';
import { Upkeep } from './upkeep.ts';
import { Watching } from './watching.ts';

/** What a hub runs. */
export interface HubOptions extends SensorOptions {
  readonly watched: Watched;
  readonly host: string;
  readonly port: number;
  readonly board: Board;
}

const BOARD_MS = 1000;

/** One site, watched. */
class Hub implements AsyncDisposable {
  readonly #options: HubOptions;
  readonly #startedMs = Date.now();
  readonly #scope = new AsyncDisposableStack();
  readonly #watching: Watching;
  readonly #upkeep: Upkeep;

  constructor(options: HubOptions, store: Store) {
    const { board } = options;
    this.#options = options;
    this.#upkeep = this.#scope.use(new Upkeep(store));
    this.#watching = new Watching({ ...options, store, say: (line) => board.say(line), onObservation: () => {} });
  }

  async start(): Promise<void> {
    const { host, port, board, watched } = this.#options;
    const server: Server = this.#scope.use(await startServer({ host, port, health: () => this.#health() }));
    // Sensors end before anything that they tell does.
    this.#scope.use(this.#watching);
    board.say(`Watching ${watched.sources.size} cameras; ${server.url}/healthz`);
    await this.#watching.watch(watched);
    const timer = setInterval(() => this.#show(), BOARD_MS);
    this.#scope.defer(() => clearInterval(timer));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#scope.disposeAsync();
  }

  #trouble(): Trouble | null {
    return this.#upkeep.trouble ?? this.#watching.trouble;
  }

  #health(): SiteHealth {
    const nowMs = Date.now();
    return {
      site: this.#options.watched.site.site.name,
      upS: Math.round((nowMs - this.#startedMs) / 1000),
      ledger: this.#trouble(),
      cameras: this.#watching.now(nowMs).map(({ camera, health: { state, reasons } }) => ({ camera, state, reasons })),
    };
  }

  #show(): void {
    const nowMs = Date.now();
    const { watched, board } = this.#options;
    const { name, timezone } = watched.site.site;
    const head = { site: name, timezone, upMs: nowMs - this.#startedMs, trouble: this.#trouble()?.message ?? null };
    board.show(head, this.#watching.now(nowMs), nowMs);
  }
}

/**
 * Watches a site until it is asked to stop; then sensors end, and what they still have is stored.
 *
 * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, STORE_IN_USE
 */
export const runHub = async (options: HubOptions, stop: AbortSignal): Promise<void> => {
  const { watched, dataFolder, board } = options;
  await using store = await openStore({
    folder: dataFolder,
    retention: watched.site.privacy.retention,
    onTrouble: (error) => board.say(`${error.message} ${error.mend}`),
  });
  await using hub = new Hub(options, store);
  await hub.start();
  if (stop.aborted) return;
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
};
