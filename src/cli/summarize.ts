import type { Camera, Health, HealthReason, MediaTimeMs, Site, Summary, UtcMs } from '../contract/index.ts';
import type { MeterSummary } from '../measure/index.ts';
import type { Sensor } from './sensor.ts';

/** The stretch of a recording that was measured. */
export interface Stretch {
  readonly frames: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** When the first frame was, on the recording's clock. */
  readonly firstMs: MediaTimeMs;
}

interface Facts {
  readonly source: string;
  readonly site: Site | null;
  readonly camera: Camera | null;
  readonly sensor: Sensor;
  readonly stretch: Stretch;
  /** False when it was stopped before its end. */
  readonly complete: boolean;
  /** UTC of the recording's beginning; null when unknown. */
  readonly startUtc: UtcMs | null;
  readonly measured: MeterSummary;
}

/** Zones and gates in metres that a camera without calibration cannot measure, though another camera may. */
const notMeasured = ({ site, measured }: Facts): HealthReason[] =>
  (site ? [...site.zones, ...site.gates] : [])
    .filter((item) => !('camera' in item) && !(item.id in measured.zones) && !(item.id in measured.gates))
    .map(({ id }) => ({
      code: 'NOT_MEASURED',
      message: `${id} is drawn in metres, and this camera is not calibrated: nothing is known about it.`,
    }));

const stopped = ({ stretch, complete }: Facts): HealthReason[] =>
  complete
    ? []
    : [{ code: 'INCOMPLETE', message: `The measurement was stopped at frame ${stretch.lastFrame}, before the end.` }];

/** What reading lost makes the whole degraded; what the set-up cannot know is said, and is no fault. */
const healthOf = (facts: Facts): Health => {
  const { state, reasons } = facts.sensor.account().health;
  const faults = [...reasons, ...stopped(facts), ...notMeasured(facts)];
  const worst = state === 'ok' && faults.length > 0 ? 'degraded' : state;
  return { state: worst, reasons: [...faults, ...facts.measured.unknowns] };
};

/** Puts everything about a measured recording together: the contents of `summary.json`. */
export const summarize = (facts: Facts): Summary => {
  const { source, site, camera, sensor, stretch, complete, startUtc, measured } = facts;
  const { frameRate } = sensor.recording;
  const { frames, firstFrame, lastFrame, firstMs } = stretch;
  const { calibration } = sensor;
  return {
    source,
    site: site?.site.id ?? null,
    camera: camera?.id ?? null,
    frames,
    firstFrame,
    lastFrame,
    frameRate,
    durationS: frames / frameRate,
    startTime: startUtc === null ? null : new Date(startUtc + firstMs).toISOString(),
    complete,
    model: { name: sensor.model.manifest.name, sha256: sensor.model.manifest.sha256 },
    calibration: calibration && {
      residualM: calibration.residualM,
      leaveOneOutM: calibration.leaveOneOutM,
      points: calibration.points,
    },
    zones: measured.zones,
    gates: measured.gates,
    health: healthOf(facts),
  };
};
