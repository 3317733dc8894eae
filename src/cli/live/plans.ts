/**
 * Which sensor process does what: the cameras of a site shared out, with what each needs.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSimulated, type Site } from '../../contract/index.ts';
import { type SensorPlan, type Shares, shareOut } from '../../fleet/index.ts';
import { framesPerSOf, type WorkToSend } from './work.ts';

/** What is watched, and from where. */
export interface Watched {
  readonly site: Site;
  /** The site as its file has it: sensors read it for themselves. */
  readonly written: unknown;
  /** Where each camera's pictures come from, credentials and all. Cameras without one are not watched. */
  readonly sources: ReadonlyMap<string, string>;
  /** What was filled in to make them: no log may show it. */
  readonly secrets: readonly string[];
}

/** How it is watched. */
export interface SensorOptions {
  readonly dataFolder: string;
  /** Sensor processes; one a core unless given. */
  readonly sensors?: number;
  readonly model?: string;
  readonly truthFolder?: string;
}

/** A simulated crowd costs about as much as a look at one frame. */
const costOf = (camera: Site['cameras'][number], source: string): number =>
  isSimulated({ source }) ? 1 : framesPerSOf(camera);

/** A decoder holds a thread of the pool while it waits for a packet, and there are files and names to be looked up. */
const threadsFor = (cameras: number): string => String(16 + 4 * cameras);

/** Sensors tell nobody: rules, and secrets of those who are told, are none of their business. */
const withoutAlerts = (written: unknown): unknown =>
  typeof written === 'object' && written !== null ? { ...written, rules: [], notify: {} } : written;

/**
 * What each sensor process does.
 *
 * @param before who watched which camera until now: they stay where they are, unless that is unfair
 */
export const planSensors = (
  { site, written, sources }: Watched,
  options: SensorOptions,
  before: Shares = [],
): SensorPlan[] => {
  const { dataFolder, model = null, truthFolder = null } = options;
  const cameras = site.cameras.filter(({ id }) => sources.has(id));
  const count = Math.min(cameras.length, options.sensors ?? availableParallelism());
  const shares = shareOut(
    cameras.map((camera) => ({ id: camera.id, cost: costOf(camera, sources.get(camera.id) ?? '') })),
    count,
    before,
  );
  return shares.map((own, i) => {
    const ownSources = Object.fromEntries(own.map((id) => [id, sources.get(id) ?? '']));
    const viewFolder = join(dataFolder, 'views');
    const work: WorkToSend = { site: withoutAlerts(written), sources: ownSources, model, viewFolder, truthFolder };
    return {
      name: `sensor-${i + 1}`,
      cameras: own,
      work,
      environment: { UV_THREADPOOL_SIZE: threadsFor(own.length) },
    };
  });
};

/** The script that a sensor process runs. */
export const sensorScript = (): string => fileURLToPath(new URL(`./sensor-process${extension()}`, import.meta.url));
/** A checkout runs its TypeScript as it is, a published package the JavaScript made of it. */
const extension = (): string => (import.meta.url.endsWith('.ts') ? '.ts' : '.js');
