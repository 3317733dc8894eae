/**
 * A sensor: the process that owns some cameras. It is started by the hub, and told by it what to watch; frames, boxes
 * and tracks live and die in it, and only observations leave it.
 */
import { type Camera, isSimulated, StarlingError } from '../../contract/index.ts';
import { type HubConnection, joinHub } from '../../fleet/index.ts';
import { reportFailure } from '../failure.ts';
import type { Watch } from './watch.ts';
import { type Work, workSchema } from './work.ts';

/** Frames that are being looked at when a second ends have this long to be counted in it, ms. */
const GRACE_MS = 250;
const TICK_MS = 50;
const PACE_MS = 1000;
const VIEW_MS = 2000;

/** What is watched, and what has to be let go of at the end. */
interface Watching {
  readonly watches: readonly Watch[];
  /** Gives each camera the pace that there is time for; null where nothing is short. */
  readonly pace: (() => void) | null;
  readonly close: () => Promise<void>;
}

/** Only these need a model and a decoder, which take a second to load. */
const watchCameras = async (cameras: readonly Camera[], work: Work, hub: HubConnection): Promise<Watching> => {
  if (cameras.length === 0) return { watches: [], pace: null, close: async () => {} };
  const { openCameras } = await import('./cameras.ts');
  return openCameras(cameras, work, hub);
};

const watchAll = async (work: Work, hub: HubConnection): Promise<Watching> => {
  const own = work.site.cameras.filter(({ id }) => hub.cameras.includes(id));
  const seen = await watchCameras(
    own.filter(({ id }) => !isSimulated({ source: work.sources[id] })),
    work,
    hub,
  );
  const simulated = own.filter(({ id }) => isSimulated({ source: work.sources[id] }));
  if (simulated.length === 0) return seen;
  const { watchCrowd } = await import('./crowd-watch.ts');
  const watches = [...seen.watches, ...simulated.map((camera) => watchCrowd(camera, work, hub))];
  return { ...seen, watches };
};

const runUntilAsked = async ({ watches, pace }: Watching, hub: HubConnection): Promise<void> => {
  const timers = [
    setInterval(() => {
      const now = Date.now() - GRACE_MS;
      for (const watch of watches) watch.tick(now);
    }, TICK_MS),
    setInterval(() => {
      pace?.();
      for (const watch of watches) watch.pace();
    }, PACE_MS),
    setInterval(() => {
      for (const watch of watches) void watch.checkView();
    }, VIEW_MS),
  ];
  try {
    await Promise.race([hub.stopping, ...watches.map(({ failed }) => failed)]);
  } finally {
    for (const timer of timers) clearInterval(timer);
  }
};

const run = async (): Promise<void> => {
  const hub = await joinHub();
  const read = workSchema.safeParse(hub.work);
  if (!read.success) throw new StarlingError('CLI_INTERNAL', { problem: 'the hub’s words were not understood' });
  const watching = await Promise.race([watchAll(read.data, hub), hub.stopping]);
  // Asked to stop before anything was watched: there is nothing to be kept.
  if (!watching) return hub.leave();
  hub.ready();
  try {
    await runUntilAsked(watching, hub);
  } finally {
    await Promise.all(watching.watches.map((watch) => watch.close()));
    await hub.leave();
    await watching.close();
  }
};

try {
  await run();
} catch (error) {
  reportFailure(error);
}
process.exit();
