/** A camera's recording as something to be measured. */
import { basename } from 'node:path';
import { SITE_DEFAULTS } from '../contract/index.ts';
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

const originOf = ({ camera, sensor }: Subject): Origin => {
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
    health: sensor.account().health,
  };
};

/**
 * Opens a recording with its camera's calibration and model.
 *
 * @throws every code that a site file, a model or a recording can give
 */
export const openCameraMeasurement = async (input: string, options: MeasureOptions): Promise<Measurement> => {
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
      const origin = originOf(subject);
      const summary = summarize({ source: basename(input), site, origin, stretch, complete, startUtc, measured });
      return { summary, grid: measured.map, speeds: measured.speeds };
    },
    [Symbol.asyncDispose]: () => sensor.close(),
  };
};
