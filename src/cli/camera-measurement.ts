/** A camera's recording as something to be measured. */
import { basename } from 'node:path';
import { type Health, type HealthReason, SITE_DEFAULTS, StarlingError } from '../contract/index.ts';
import { visibleGround } from '../ground/index.ts';
import { createMeter } from '../measure/index.ts';
import type { ReportPlan } from '../report/index.ts';
import { type MeasureOptions, type Measurement, startOf, type Told } from './measurement.ts';
import { meterOptionsFor, openSubject, plannedFrames, type Subject } from './subject.ts';
import { type Origin, summarize } from './summarize.ts';

const planOf = ({ site, camera, sensor }: Subject): ReportPlan => {
  const { width, height } = sensor.recording;
  const isHere = (item: object): boolean => !('camera' in item) || item.camera === camera?.id;
  return {
    zones: site?.zones.filter(isHere) ?? [],
    gates: site?.gates.filter(isHere) ?? [],
    walkable: site?.walkable ?? null,
    visibleArea: sensor.calibration && visibleGround(sensor.calibration),
    pictureAspect: width / height,
  };
};

/** Below it people move by more than their own width between frames, and are lost from one to the next. */
const LEAST_FRAME_RATE = 2;

const tooFewFrames = (framesPerS: number): HealthReason[] =>
  framesPerS >= LEAST_FRAME_RATE
    ? []
    : [
        {
          code: 'RATE_TOO_LOW',
          message: `With ${framesPerS.toPrecision(2)} frames a second, fewer than ${LEAST_FRAME_RATE}, nobody can be followed: counts are too low, and speeds and crossings are missing.`,
        },
      ];

/** Shorter than this, nobody is seen for long enough to count. */
const LEAST_DURATION_S = 1;

const tooShort = (measuredS: number): HealthReason[] =>
  measuredS >= LEAST_DURATION_S
    ? []
    : [{ code: 'TOO_SHORT', message: 'Less than a second was measured, which is too short to be sure of anybody.' }];

/** What reading lost makes the whole degraded, and so does a recording that nobody can be followed in. */
const healthOf = ({ sensor }: Subject, measuredS: number): Health => {
  const { state, reasons } = sensor.account().health;
  const doubts = [...tooFewFrames(sensor.framesPerS), ...tooShort(measuredS)];
  return { state: state === 'ok' && doubts.length > 0 ? 'degraded' : state, reasons: [...reasons, ...doubts] };
};

const originOf = (subject: Subject, measuredS: number): Origin => {
  const { camera, sensor } = subject;
  const { calibration, model } = sensor;
  return {
    camera: camera?.id ?? null,
    model: { name: model.manifest.name, sha256: model.manifest.sha256 },
    calibration: calibration && {
      residualM: calibration.residualM,
      leaveOneOutM: calibration.leaveOneOutM,
      points: calibration.points,
    },
    framesPerS: sensor.framesPerS,
    health: healthOf(subject, measuredS),
  };
};

/**
 * Opens a recording with its camera's calibration and model.
 *
 * @throws every code that a site file, a model or a recording can give
 */
export const openCameraMeasurement = async (input: string, options: MeasureOptions): Promise<Measurement> => {
  if (options.unit !== undefined)
    throw new StarlingError('CLI_USAGE', {
      problem: '--unit is for trajectory files; a recording has no unit.',
      command: 'starling measure',
    });
  const subject = await openSubject(input, options);
  const { site, camera, sensor } = subject;
  const { analysis, privacy } = site ?? SITE_DEFAULTS;
  const startUtc = startOf(options.startTime, camera?.startTime, sensor.recording.startUtc);
  const told: Told[] = [];
  const meter = createMeter({
    ...meterOptionsFor(subject),
    zones: site?.zones ?? [],
    walkable: site?.walkable ?? null,
    analysis,
    minimumCount: privacy.minimumCount,
    windowS: options.window,
    startUtc,
    onZoneWindow: (window) => told.push((writer) => writer.window(window)),
    onGateWindow: (window) => told.push((writer) => writer.window(window)),
  });
  return {
    writerOptions: {
      kind: 'camera',
      methods: { analysis, minimumCount: privacy.minimumCount },
      site: { name: site?.site.name ?? null, timezone: site?.site.timezone ?? 'UTC' },
      plan: planOf(subject),
    },
    plannedFrames: plannedFrames(sensor, options),
    async *frames(stop) {
      for await (const { footPoints, positions } of sensor.watch(stop)) yield meter.measure(footPoints, positions);
    },
    take: () => told.splice(0),
    finish: () => meter.finish(),
    results(stretch, complete) {
      const measured = meter.summary();
      const origin = originOf(subject, measured.measuredS);
      const summary = summarize({ source: basename(input), site, origin, stretch, complete, startUtc, measured });
      return { summary, grid: measured.map, speeds: measured.speeds };
    },
    [Symbol.asyncDispose]: () => sensor.close(),
  };
};
