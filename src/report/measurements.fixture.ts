/** Made-up frames and windows with plausible figures, the same at every run. */
import {
  type CrowdWindow,
  type FrameMeasurement,
  frameNumber,
  gateId,
  type GateWindow,
  type Health,
  mediaTimeMs,
  utcMs,
  weidmannSpeedMps,
  type ZoneId,
  type ZoneSample,
  type ZoneWindow,
  zoneId,
} from '../contract/index.ts';
import { createRandom } from '../../test/helpers/random.ts';

/** Nothing to doubt. */
export const OK: Health = { state: 'ok', reasons: [] };

/** Figures of a zone of which only the count is known. */
export const NOTHING_KNOWN = {
  densityPerM2: null,
  speedMps: null,
  densityVoronoiPerM2: null,
  speedVoronoiMps: null,
  densityVoronoiCutoffPerM2: null,
  speedVoronoiCutoffMps: null,
  pressurePerS2: null,
} as const;

/** How busy the made-up place is, by time of the recording. */
export type Busyness = (timeS: number) => number;

interface FrameOptions {
  readonly count: number;
  readonly frameMs: number;
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly calibrated: boolean;
  readonly busyness: Busyness;
  /** Of each zone, m². Default 108. */
  readonly areaM2?: number;
  /** Frames that were lost. */
  readonly isLost?: (timeS: number) => boolean;
}

/** A zone at one frame, with a crowd as plausible as its density. */
const sampleOf = (
  zone: ZoneId,
  occupancy: number,
  densityPerM2: number | null,
  speedMps: number | null,
): ZoneSample => {
  const isKnown = densityPerM2 !== null && speedMps !== null;
  return {
    zone,
    occupancy,
    densityPerM2,
    speedMps,
    densityVoronoiPerM2: isKnown ? densityPerM2 * 0.96 : null,
    speedVoronoiMps: isKnown ? speedMps * 0.98 : null,
    densityVoronoiCutoffPerM2: isKnown ? densityPerM2 * 0.97 : null,
    speedVoronoiCutoffMps: isKnown ? speedMps * 0.97 : null,
    pressurePerS2: isKnown && occupancy > 1 ? densityPerM2 * (0.004 + 0.01 * (1.34 - speedMps) ** 2) : null,
  };
};

/** Frames of a place in which people come and go at random. */
export function* makeFrames(options: FrameOptions): Generator<FrameMeasurement> {
  const { areaM2 = 108 } = options;
  const random = createRandom(7);
  const cumulative = new Map<string, number>();
  let people = options.busyness(0);
  for (let i = 0; i < options.count; i++) {
    const timeMs = i * options.frameMs;
    people += (options.busyness(timeMs / 1000) - people) * 0.05 + (random() - 0.5) * 0.9;
    if (options.isLost?.(timeMs / 1000)) continue;
    const present = Math.max(0, Math.round(people));
    const zones = options.zones.map((zone, z) => {
      const occupancy = z === 0 ? present : Math.max(0, Math.round((present * 0.7) / z - random()));
      const densityPerM2 = options.calibrated ? occupancy / areaM2 : null;
      const isKnown = densityPerM2 !== null && occupancy > 0;
      const speedMps = isKnown ? weidmannSpeedMps(densityPerM2) * (0.78 + (random() - 0.5) * 0.22) : null;
      return sampleOf(zoneId(zone), occupancy, densityPerM2, speedMps);
    });
    const gates = options.gates.map((gate) => {
      const crossed = random() < 0.02 ? 1 : 0;
      const inwards = random() < 0.55 ? crossed : 0;
      cumulative.set(gate, (cumulative.get(gate) ?? 0) + crossed);
      return { gate: gateId(gate), in: inwards, out: crossed - inwards, cumulative: cumulative.get(gate) ?? 0 };
    });
    yield { frame: frameNumber(i + 1), timeMs: mediaTimeMs(timeMs), zones, gates };
  }
}

const figure = (value: number | null, standardError: number | null) => ({ value, standardError });
const UNKNOWN = figure(null, null);

const crowdOf = (densityPerM2: number, speedMps: number, windowS: number): CrowdWindow => ({
  densityVoronoiPerM2: figure(densityPerM2 * 0.96, 0.002),
  speedVoronoiMps: figure(speedMps * 0.98, 0.03),
  edieFlowPerMS: figure(densityPerM2 * speedMps, 0.004),
  pressurePerS2: figure(densityPerM2 * 0.005, 0.0001),
  pressureMaxPerS2: densityPerM2 * 0.012,
  densityPeakPerM2: densityPerM2 * 3.1,
  congestionLevelPerM: densityPerM2 * 0.4,
  congestionNumber: densityPerM2 * 0.03,
  counterflowIndex: 0.42,
  stopAndGoShare: 0.031,
  pastCapacity: densityPerM2 > 1.8,
  timeInLevelsS: { A: windowS * 0.75, B: windowS * 0.25, C: 0, D: 0, E: 0, F: 0 },
  dwellS: figure(14.2, 1.1),
  queueLength: figure(0.4, 0.1),
  queueExtentM: figure(0.2, 0.1),
  timeToClearS: null,
});

interface WindowOptions {
  readonly startUtc: number | null;
  readonly windowS: number;
  readonly durationS: number;
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly calibrated: boolean;
  readonly busyness: Busyness;
  readonly coverage?: (startS: number) => number;
}

const BLIND: Health = {
  state: 'unknown',
  reasons: [{ code: 'FRAMES_LOST', message: 'The recording has no pictures here.' }],
};
const PATCHY: Health = {
  state: 'degraded',
  reasons: [{ code: 'FRAMES_LOST', message: 'Some pictures could not be decoded.' }],
};

const healthOf = (coverage: number): Health => {
  if (coverage === 0) return BLIND;
  return coverage < 1 ? PATCHY : OK;
};

/** Windows of the same place. */
export function* makeWindows(options: WindowOptions): Generator<ZoneWindow | GateWindow> {
  const random = createRandom(11);
  for (let startS = 0; startS < options.durationS; startS += options.windowS) {
    const coverage = options.coverage?.(startS) ?? 1;
    const shared = {
      startMs: mediaTimeMs(startS * 1000),
      endMs: mediaTimeMs(Math.min(startS + options.windowS, options.durationS) * 1000),
      startUtc: options.startUtc === null ? null : utcMs(options.startUtc + startS * 1000),
      coverage,
      health: healthOf(coverage),
    };
    const seen = coverage > 0;
    for (const [z, zone] of options.zones.entries()) {
      const mean = (options.busyness(startS) * (z === 0 ? 1 : 0.7)) / Math.max(1, z) + random();
      const known = seen && options.calibrated;
      const speedMps = 1.02 + random() * 0.1;
      yield {
        ...shared,
        zone: zoneId(zone),
        occupancyMean: seen ? figure(mean, 0.2 + random() * 0.1) : UNKNOWN,
        occupancyMax: seen ? Math.ceil(mean * 1.5) : null,
        occupancyP95: seen ? Math.ceil(mean * 1.3) : null,
        densityPerM2: known ? figure(mean / 108, 0.0021) : UNKNOWN,
        speedMps: known ? figure(speedMps, 0.03) : UNKNOWN,
        crowd: known ? crowdOf(mean / 108, speedMps, options.windowS) : null,
      };
    }
    for (const gate of options.gates) {
      const [inwards, outwards] = [Math.floor(random() * 6), Math.floor(random() * 6)];
      const flow = (inwards + outwards) / options.windowS;
      yield {
        ...shared,
        gate: gateId(gate),
        in: seen ? figure(inwards, 0.5) : UNKNOWN,
        out: seen ? figure(outwards, 0.4) : UNKNOWN,
        flowPerS: seen ? figure(flow, 0.011) : UNKNOWN,
        specificFlowPerMS: seen && options.calibrated ? figure(flow / 4, 0.003) : UNKNOWN,
        headwayS: seen && flow > 0 ? figure(1 / flow, 0.4) : UNKNOWN,
      };
    }
  }
}
