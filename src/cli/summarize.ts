import type { Health, HealthReason, MediaTimeMs, Site, Summary, UtcMs } from '../contract/index.ts';
import type { MeterSummary } from '../measure/index.ts';

/** The stretch of a recording that was measured. */
export interface Stretch {
  readonly frames: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** When the first frame was, on the recording's clock. */
  readonly firstMs: MediaTimeMs;
}

/** Where the people come from: a camera with its model and calibration, or a file that has them already. */
export interface Origin {
  /** Name of the camera; null without one. */
  readonly camera: string | null;
  readonly model: Summary['model'];
  readonly calibration: Summary['calibration'];
  /** Frames measured per second. */
  readonly framesPerS: number;
  /** What reading lost, and what else makes the figures doubtful. */
  readonly health: Health;
}

interface Facts {
  readonly source: string;
  readonly site: Site | null;
  readonly origin: Origin;
  readonly stretch: Stretch;
  /** False when it was stopped before its end. */
  readonly complete: boolean;
  /** UTC of the recording's beginning; null when unknown. */
  readonly startUtc: UtcMs | null;
  readonly measured: MeterSummary;
}

/** Zones and gates in metres that a camera without calibration cannot measure, though another camera may. */
const notMeasured = ({ site, measured }: Facts): HealthReason[] => {
  const zones = site?.zones.filter((zone) => !('camera' in zone) && !Object.hasOwn(measured.zones, zone.id)) ?? [];
  const gates = site?.gates.filter((gate) => !('camera' in gate) && !Object.hasOwn(measured.gates, gate.id)) ?? [];
  return [...zones, ...gates].map(({ id }) => ({
    code: 'NOT_MEASURED',
    message: `${id} is drawn in metres, and this camera is not calibrated: nothing is known about it.`,
  }));
};

const stopped = ({ stretch, complete }: Facts): HealthReason[] =>
  complete
    ? []
    : [{ code: 'INCOMPLETE', message: `The measurement was stopped at frame ${stretch.lastFrame}, before the end.` }];

/** What reading lost makes the whole degraded; what the set-up cannot know is said, and is no fault. */
const healthOf = (facts: Facts): Health => {
  const { state, reasons } = facts.origin.health;
  const faults = [...reasons, ...facts.measured.doubts, ...stopped(facts), ...notMeasured(facts)];
  const worst = state === 'ok' && faults.length > 0 ? 'degraded' : state;
  return { state: worst, reasons: [...faults, ...facts.measured.unknowns] };
};

/** Puts everything about a measured recording together: the contents of `summary.json`. */
export const summarize = (facts: Facts): Summary => {
  const { source, site, origin, stretch, complete, startUtc, measured } = facts;
  const { frames, firstFrame, lastFrame, firstMs } = stretch;
  return {
    source,
    site: site?.site.id ?? null,
    camera: origin.camera,
    frames,
    firstFrame,
    lastFrame,
    frameRate: origin.framesPerS,
    durationS: measured.measuredS,
    startTime: startUtc === null ? null : new Date(startUtc + firstMs).toISOString(),
    complete,
    model: origin.model,
    calibration: origin.calibration,
    zones: measured.zones,
    gates: measured.gates,
    originDestination: [...measured.originDestination],
    health: healthOf(facts),
  };
};
