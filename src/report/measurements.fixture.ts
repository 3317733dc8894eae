/** Made-up frames and windows with plausible figures, the same at every run. */
import {
  type FrameMeasurement,
  frameNumber,
  gateId,
  type GateWindow,
  type Health,
  mediaTimeMs,
  utcMs,
  type ZoneWindow,
  zoneId,
} from '../contract/index.ts';

/** Nothing to doubt. */
export const OK: Health = { state: 'ok', reasons: [] };

/** A small generator of random numbers with a seed (mulberry32). */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** How busy the made-up place is, by time of the recording. */
export type Busyness = (timeS: number) => number;

interface FrameOptions {
  readonly count: number;
  readonly frameMs: number;
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly calibrated: boolean;
  readonly busyness: Busyness;
  /** Frames that were lost. */
  readonly isLost?: (timeS: number) => boolean;
}

/** Frames of a place in which people come and go at random. */
export function* makeFrames(options: FrameOptions): Generator<FrameMeasurement> {
  const random = seeded(7);
  const cumulative = new Map<string, number>();
  let people = options.busyness(0);
  for (let i = 0; i < options.count; i++) {
    const timeMs = i * options.frameMs;
    people += (options.busyness(timeMs / 1000) - people) * 0.05 + (random() - 0.5) * 0.9;
    if (options.isLost?.(timeMs / 1000)) continue;
    const present = Math.max(0, Math.round(people));
    const zones = options.zones.map((zone, z) => {
      const occupancy = z === 0 ? present : Math.max(0, Math.round((present * 0.7) / z - random()));
      const isKnown = options.calibrated && occupancy > 0;
      return {
        zone: zoneId(zone),
        occupancy,
        densityPerM2: options.calibrated ? occupancy / 108 : null,
        speedMps: isKnown ? 1.05 + (random() - 0.5) * 0.3 : null,
      };
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
  const random = seeded(11);
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
      yield {
        ...shared,
        zone: zoneId(zone),
        occupancyMean: seen ? figure(mean, 0.2 + random() * 0.1) : UNKNOWN,
        occupancyMax: seen ? Math.ceil(mean * 1.5) : null,
        occupancyP95: seen ? Math.ceil(mean * 1.3) : null,
        densityPerM2: known ? figure(mean / 108, 0.0021) : UNKNOWN,
        speedMps: known ? figure(1.02 + random() * 0.1, 0.03) : UNKNOWN,
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
      };
    }
  }
}
