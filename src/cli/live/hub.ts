/**
 * The hub's stages, joined. It never sees a pixel: what comes to it are observations.
 *
 * ```
 * fleet (sensor processes) --- Observation -> store (the ledger)
 *                                        \-> state: how each camera is now -> board, serve
 * ```
 */
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSimulated, type Observation, type Site, StarlingError } from '../../contract/index.ts';
import { type Fleet, type SensorPlan, type SensorState, shareOut, startFleet } from '../../fleet/index.ts';
import { type Server, type SiteHealth, startServer } from '../../serve/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import type { Board } from './board.ts';
import { type SensorNow, SiteState } from './site-state.ts';
import { framesPerSOf, type WorkToSend } from './work.ts';

/** What a hub runs. */
export interface HubOptions {
  readonly site: Site;
  /** The site as its file has it: sensors read it for themselves. */
  readonly written: unknown;
  /** Where each camera's pictures come from, credentials and all. Cameras without one are not watched. */
  readonly sources: ReadonlyMap<string, string>;
  /** What was filled in to make them: no log may show it. */
  readonly secrets: readonly string[];
  readonly dataFolder: string;
  /** Sensor processes; one a core unless given. */
  readonly sensors?: number;
  readonly host: string;
  readonly port: number;
  readonly model?: string;
  readonly truthFolder?: string;
  readonly board: Board;
}

const BOARD_MS = 1000;
const TEND_MS = 1000;
/** All of a stop takes less than 5 s; this much of it is for the sensors. */
const STOP_MS = 3500;

/** A simulated crowd costs about as much as a look at one frame. */
const costOf = (camera: Site['cameras'][number], source: string): number =>
  isSimulated({ source }) ? 1 : framesPerSOf(camera);

/** A decoder holds a thread of the pool while it waits for a packet, and there are files and names to be looked up. */
const threadsFor = (cameras: number): string => String(16 + 4 * cameras);

/** What each sensor process does: the cameras shared out, with what they need. */
export const planSensors = (options: Omit<HubOptions, 'host' | 'port' | 'board'>): SensorPlan[] => {
  const { site, written, sources, dataFolder, model = null, truthFolder = null } = options;
  const cameras = site.cameras.filter(({ id }) => sources.has(id));
  const count = Math.min(cameras.length, options.sensors ?? availableParallelism());
  const shares = shareOut(
    cameras.map((camera) => ({ id: camera.id, cost: costOf(camera, sources.get(camera.id) ?? '') })),
    count,
  );
  return shares.map((own, i) => {
    const ownSources = Object.fromEntries(own.map((id) => [id, sources.get(id) ?? '']));
    const viewFolder = join(dataFolder, 'views');
    const work: WorkToSend = { site: written, sources: ownSources, model, viewFolder, truthFolder };
    return {
      name: `sensor-${i + 1}`,
      cameras: own,
      work,
      environment: { UV_THREADPOOL_SIZE: threadsFor(own.length) },
    };
  });
};

const SPOOL = /^(.*)\.spool\.sqlite$/;

/** Spools of cameras that were renamed or taken out of the site. */
const strangeSpools = async (folder: string, plans: readonly SensorPlan[]): Promise<string[]> => {
  const names = await readdir(folder).catch(() => []);
  const own = new Set(plans.flatMap(({ cameras }) => cameras));
  return names.filter((name) => {
    const [, camera] = SPOOL.exec(name) ?? [];
    return camera !== undefined && !own.has(camera);
  });
};

/** The script that a sensor process runs. */
export const sensorScript = (): string => fileURLToPath(new URL(`./sensor-process${extension()}`, import.meta.url));
/** A checkout runs its TypeScript as it is, a published package the JavaScript made of it. */
const extension = (): string => (import.meta.url.endsWith('.ts') ? '.ts' : '.js');

const sensorNow = (state: SensorState): SensorNow => {
  if (state.kind === 'waiting') return { ended: state.reason };
  return state.kind === 'stopped' ? { ended: 'it was asked to' } : state.kind;
};

const troubleOf = (error: unknown): SiteHealth['ledger'] =>
  error instanceof StarlingError
    ? { code: error.code, message: error.message }
    : { code: 'CLI_INTERNAL', message: error instanceof Error ? error.message : String(error) };

/** One site, watched. */
class Hub implements AsyncDisposable {
  readonly #options: HubOptions;
  readonly #store: Store;
  readonly #state: SiteState;
  readonly #startedMs = Date.now();
  readonly #plans: readonly SensorPlan[];
  #timers: readonly NodeJS.Timeout[] = [];
  #fleet: Fleet | null = null;
  /** When figures were last rolled up, by a clock that cannot be set. */
  #tendedMs = performance.now();
  /** Why observations were not taken last time; they are handed over again. */
  #appendTrouble: SiteHealth['ledger'] = null;
  /** Why figures could not be rolled up last time. */
  #tendTrouble: SiteHealth['ledger'] = null;
  /** Why observations of a sensor were refused last. */
  readonly #refusals = new Map<string, string>();
  #server: Server | null = null;

  constructor(options: HubOptions, store: Store) {
    this.#options = options;
    this.#store = store;
    this.#plans = planSensors(options);
    const watched = new Set(this.#plans.flatMap(({ cameras }) => cameras));
    const inOrder = options.site.cameras.map(({ id }) => id).filter((id) => watched.has(id));
    this.#state = new SiteState(inOrder, this.#startedMs);
  }

  async start(): Promise<void> {
    const { host, port, board, dataFolder, sources, secrets } = this.#options;
    const spoolFolder = join(dataFolder, 'spool');
    this.#server = await startServer({ host, port, health: () => this.#health() });
    board.say(`Watching ${this.#plans.flatMap(({ cameras }) => cameras).length} cameras; ${this.#server.url}/healthz`);
    for (const name of await strangeSpools(spoolFolder, this.#plans))
      board.say(
        `${name} is of no camera of this site; what may be in it is not stored. Give the camera its name back.`,
      );
    this.#fleet = startFleet({
      sensors: this.#plans,
      command: { script: sensorScript(), args: [] },
      spoolFolder,
      latest: await this.#store.latest(),
      take: (observations) => this.#append(observations),
      onFailure: (error) => {
        this.#appendTrouble = troubleOf(error);
      },
      onLive: (observation) => this.#state.take(observation, Date.now()),
      onState: (sensor, state) => this.#sensorIs(sensor, state),
      onLog: (sensor, line) => board.say(`${sensor}: ${line}`),
      onRefused: (sensor, problem) => this.#refused(sensor, problem),
      secrets: [...sources.values(), ...secrets],
    });
    this.#timers = [setInterval(() => this.#show(), BOARD_MS), setInterval(() => void this.#tend(), TEND_MS)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#fleet?.stop(STOP_MS);
    await this.#server?.[Symbol.asyncDispose]();
  }

  async #append(observations: readonly Observation[]): Promise<void> {
    const { refused } = await this.#store.append(observations);
    this.#appendTrouble = null;
    if (refused === 0) return;
    this.#options.board.say(
      `${refused} observations were left out: their numbers are taken by others. Please report it.`,
    );
  }

  async #tend(): Promise<void> {
    try {
      const steadyMs = performance.now();
      const elapsedMs = steadyMs - this.#tendedMs;
      this.#tendedMs = steadyMs;
      await this.#store.tend(Date.now(), elapsedMs);
      this.#tendTrouble = null;
    } catch (error) {
      this.#tendTrouble = troubleOf(error);
    }
  }

  /** Said once: it would be the same every second. The camera is SENSOR_SILENT meanwhile. */
  #refused(sensor: string, problem: string): void {
    if (this.#refusals.get(sensor) === problem) return;
    this.#refusals.set(sensor, problem);
    this.#options.board.say(`${sensor}: an observation was refused: ${problem}`);
  }

  #sensorIs(sensor: string, state: SensorState): void {
    const cameras = this.#plans.find(({ name }) => name === sensor)?.cameras ?? [];
    this.#state.setSensor(cameras, sensorNow(state), Date.now());
    if (state.kind !== 'waiting') return;
    const { board } = this.#options;
    board.say(`${sensor} ended (${state.reason}); again in ${(state.againInMs / 1000).toFixed(1)} s`);
    for (const line of state.lastWords) board.say(`  ${line}`);
    if (state.error) board.say(`  ${state.error.message} ${state.error.mend}`);
  }

  #trouble(): SiteHealth['ledger'] {
    const status = this.#store.status();
    return status.state === 'ok' ? (this.#appendTrouble ?? this.#tendTrouble) : troubleOf(status.error);
  }

  #health(): SiteHealth {
    const nowMs = Date.now();
    return {
      site: this.#options.site.site.name,
      upS: Math.round((nowMs - this.#startedMs) / 1000),
      ledger: this.#trouble(),
      cameras: this.#state.now(nowMs).map(({ camera, health: { state, reasons } }) => ({ camera, state, reasons })),
    };
  }

  #show(): void {
    const nowMs = Date.now();
    const { site, board } = this.#options;
    const { name, timezone } = site.site;
    const head = { site: name, timezone, upMs: nowMs - this.#startedMs, trouble: this.#trouble()?.message ?? null };
    board.show(head, this.#state.now(nowMs), nowMs);
  }
}

/**
 * Watches a site until it is asked to stop; then sensors end, and what they still have is stored.
 *
 * @throws SERVE_PORT_TAKEN, SERVE_NO_SUCH_HOST, STORE_IN_USE
 */
export const runHub = async (options: HubOptions, stop: AbortSignal): Promise<void> => {
  const { site, dataFolder, board } = options;
  await using store = await openStore({
    folder: dataFolder,
    retention: site.privacy.retention,
    onTrouble: (error) => board.say(`${error.message} ${error.mend}`),
  });
  await using hub = new Hub(options, store);
  await hub.start();
  if (stop.aborted) return;
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
};
