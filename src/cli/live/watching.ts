/**
 * The sensors of a site at work, and what comes of it: observations that are stored, and how each camera is now.
 *
 * ```
 * fleet (sensor processes) --- Observation -> store (the ledger)
 *                                        \-> state: how each camera is now
 * ```
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Observation } from '../../contract/index.ts';
import { type Fleet, type SensorPlan, type SensorState, startFleet } from '../../fleet/index.ts';
import type { Store } from '../../store/index.ts';
import { planSensors, sensorScript, type SensorOptions, type Watched } from './plans.ts';
import { type CameraStatus, type SensorNow, SiteState } from './site-state.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** What watching needs. */
export interface WatchingOptions extends SensorOptions {
  readonly store: Store;
  /** A line for the people who run the site. */
  readonly say: (line: string) => void;
  /** Told of the newest observation of a camera, as it comes. */
  readonly onObservation: (observation: Observation) => void;
}

/** All of a stop takes less than 5 s; this much of it is for the sensors. */
const STOP_MS = 3500;

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

const sensorNow = (state: SensorState): SensorNow => {
  if (state.kind === 'waiting') return { ended: state.reason };
  return state.kind === 'stopped' ? { ended: 'it was asked to' } : state.kind;
};

/** A site that is being watched. */
export class Watching implements AsyncDisposable {
  readonly #options: WatchingOptions;
  #plans: readonly SensorPlan[] = [];
  #state = new SiteState([], 0);
  #fleet: Fleet | null = null;
  /** Why observations were not taken last time; they are handed over again. */
  #appendTrouble: Trouble | null = null;
  /** Why observations of a sensor were refused last. */
  readonly #refusals = new Map<string, string>();

  constructor(options: WatchingOptions) {
    this.#options = options;
  }

  /** Watches a site from now on; one that is watched already is let go of first, and nothing of it is lost. */
  async watch(watched: Watched): Promise<void> {
    const { store, say, dataFolder } = this.#options;
    const spoolFolder = join(dataFolder, 'spool');
    await this.#fleet?.stop(STOP_MS);
    const before = this.#plans.map(({ cameras }) => cameras);
    this.#plans = planSensors(watched, this.#options, before);
    const own = new Set(this.#plans.flatMap(({ cameras }) => cameras));
    const inOrder = watched.site.cameras.map(({ id }) => id).filter((id) => own.has(id));
    this.#state = new SiteState(inOrder, Date.now());
    for (const name of await strangeSpools(spoolFolder, this.#plans))
      say(`${name} is of no camera of this site; what may be in it is not stored. Give the camera its name back.`);
    this.#fleet = startFleet({
      sensors: this.#plans,
      command: { script: sensorScript(), args: [] },
      spoolFolder,
      latest: await store.latest(),
      take: (observations) => this.#append(observations),
      onFailure: (error) => {
        this.#appendTrouble = troubleOf(error);
      },
      onLive: (observation) => this.#tell(observation),
      onState: (sensor, state) => this.#sensorIs(sensor, state),
      onLog: (sensor, line) => say(`${sensor}: ${line}`),
      onRefused: (sensor, problem) => this.#refused(sensor, problem),
      secrets: [...watched.sources.values(), ...watched.secrets],
    });
  }

  /** Every camera, in the order of the site. */
  now(nowMs: number): CameraStatus[] {
    return this.#state.now(nowMs);
  }

  /** Why observations are not stored; null while they are. */
  get trouble(): Trouble | null {
    return this.#appendTrouble;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#fleet?.stop(STOP_MS);
  }

  #tell(observation: Observation): void {
    this.#state.take(observation, Date.now());
    this.#options.onObservation(observation);
  }

  async #append(observations: readonly Observation[]): Promise<void> {
    const { store, say } = this.#options;
    const { refused } = await store.append(observations);
    this.#appendTrouble = null;
    if (refused === 0) return;
    say(`${refused} observations were left out: their numbers are taken by others. Please report it.`);
  }

  /** Said once: it would be the same every second. The camera is SENSOR_SILENT meanwhile. */
  #refused(sensor: string, problem: string): void {
    if (this.#refusals.get(sensor) === problem) return;
    this.#refusals.set(sensor, problem);
    this.#options.say(`${sensor}: an observation was refused: ${problem}`);
  }

  #sensorIs(sensor: string, state: SensorState): void {
    const cameras = this.#plans.find(({ name }) => name === sensor)?.cameras ?? [];
    this.#state.setSensor(cameras, sensorNow(state), Date.now());
    if (state.kind !== 'waiting') return;
    const { say } = this.#options;
    say(`${sensor} ended (${state.reason}); again in ${(state.againInMs / 1000).toFixed(1)} s`);
    for (const line of state.lastWords) say(`  ${line}`);
    if (state.error) say(`  ${state.error.message} ${state.error.mend}`);
  }
}
