/** A trajectory file as something to be measured. */
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type HealthReason, type Positions, SITE_DEFAULTS, type Site, StarlingError } from '../contract/index.ts';
import { createTrajectoryMeter } from '../measure/index.ts';
import { openTrajectories, type TrajectoryRecording } from '../trajectory/index.ts';
import { type MeasureOptions, type Measurement, startOf, type Told } from './measurement.ts';
import { loadSite } from '../site/index.ts';
import { type Origin, summarize } from './summarize.ts';

const refuse = (problem: string): StarlingError =>
  new StarlingError('CLI_USAGE', { problem, command: 'starling measure' });

/** What a camera would be told means nothing to a file that has people already. */
const checkOptions = ({ camera, model }: MeasureOptions): void => {
  if (camera !== undefined) throw refuse('--camera is for recordings; a trajectory file has none.');
  if (model !== undefined) throw refuse('--model is for recordings; a trajectory file has its people already.');
};

const open = (input: string, { frameRate, unit, fromFrame, toFrame }: MeasureOptions): Promise<TrajectoryRecording> =>
  openTrajectories(input, {
    ...(frameRate !== undefined && { frameRate }),
    ...(unit !== undefined && { unit }),
    ...(fromFrame !== undefined && { fromFrame }),
    ...(toFrame !== undefined && { toFrame }),
  });

/** Frames until somebody asks to stop. */
function* until(stop: AbortSignal, frames: Iterable<Positions>): Generator<Positions> {
  for (const frame of frames) {
    if (stop.aborted) return;
    yield frame;
  }
}

/** As long as this without a pause, ms: then signals and the disk have their turn. */
const TURN_MS = 50;

/** The same, with a pause every now and then in which a request to stop can be heard. */
async function* inTurns<T>(items: Iterable<T>): AsyncGenerator<T> {
  let sinceMs = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - sinceMs < TURN_MS) continue;
    await setImmediate();
    sinceMs = performance.now();
  }
}

const originOf = ({ frameRate, frameStep, doubts }: TrajectoryRecording): Origin => ({
  camera: null,
  model: null,
  calibration: null,
  framesPerS: frameRate / frameStep,
  health: { state: doubts.length > 0 ? 'degraded' : 'ok', reasons: [...doubts] },
});

/** Zones and gates drawn on a camera's picture mean nothing to a file. */
const onPicture = (site: Site | null): HealthReason[] =>
  [...(site?.zones ?? []), ...(site?.gates ?? [])]
    .filter((place) => 'camera' in place)
    .map(({ id }) => ({
      code: 'NOT_MEASURED',
      message: `${id} is drawn on a camera's picture: in a trajectory file nothing is known about it.`,
    }));

const onGround = (site: Site | null) => ({
  zones: site?.zones.flatMap((zone) => ('polygon' in zone ? [zone] : [])) ?? [],
  gates: site?.gates.flatMap((gate) => ('line' in gate ? [gate] : [])) ?? [],
});

/**
 * Opens a trajectory file with what the site file says about the place.
 *
 * @throws every code that a site file or a trajectory file can give
 */
export const openTrajectoryMeasurement = async (input: string, options: MeasureOptions): Promise<Measurement> => {
  checkOptions(options);
  const site = options.site === undefined ? null : await loadSite(options.site);
  const file = await open(input, options);
  const startUtc = startOf(options.startTime, undefined, null);
  const told: Told[] = [];
  const places = onGround(site);
  const { analysis, privacy } = site ?? SITE_DEFAULTS;
  const { minimumCount } = privacy;
  const walkable = site?.walkable ?? file.geometry;
  const meter = createTrajectoryMeter({
    ...places,
    walkable,
    bounds: file.bounds,
    frameStep: file.frameStep,
    analysis,
    frameRate: file.frameRate,
    minimumCount,
    windowS: options.window,
    startUtc,
    onZoneWindow: (window) => told.push((writer) => writer.window(window)),
    onGateWindow: (window) => told.push((writer) => writer.window(window)),
    onPassage: (passage) => told.push((writer) => writer.passage(passage)),
    onFlowWindow: (window) => told.push((writer) => writer.flowWindow(window)),
  });
  return {
    writerOptions: {
      kind: 'trajectories',
      methods: { analysis, minimumCount },
      site: { name: site?.site.name ?? null, timezone: site?.site.timezone ?? 'UTC' },
      plan: { ...places, walkable, visibleArea: null, pictureAspect: null },
    },
    plannedFrames: file.frames,
    frames: (stop) => inTurns(meter.measure(until(stop, file.positions()))),
    take: () => told.splice(0),
    finish: () => meter.finish(),
    results(stretch, complete) {
      const summed = meter.summary();
      const measured = { ...summed, unknowns: [...onPicture(site), ...summed.unknowns] };
      const origin = originOf(file);
      const summary = summarize({ source: basename(input), site, origin, stretch, complete, startUtc, measured });
      return { summary, grid: measured.map, speeds: measured.speeds };
    },
    [Symbol.asyncDispose]: async () => {},
  };
};
