/**
 * From tallies to the figures that are told: a zone or a gate over a window, and over a whole recording.
 */
import type {
  Analysis,
  CrowdWindow,
  Estimate,
  GateSummary,
  GateWindow,
  Health,
  HealthReason,
  ZoneSummary,
  ZoneWindow,
} from '../../contract/index.ts';
import { meanDensity } from '../density/classic.ts';
import { flow, specificFlow } from '../flow/flow.ts';
import type { GateTally } from './gate-tally.ts';
import { levelOfService } from '../density/level-of-service.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { flowStandardError } from '../uncertainty/flow-error.ts';
import { ifKnown } from './if-known.ts';
import { UNKNOWN } from '../statistics/series.ts';
import { type Kind, unseen } from '../places/unknowns.ts';
import type { ClosedWindow } from './windows.ts';
import type { ZoneTally } from './zone-tally.ts';

/** A window of which less than this share was measured is in doubt. */
const FULL_COVERAGE = 0.95;

const gaps = (coverage: number): HealthReason[] => {
  if (coverage === 0) return [{ code: 'NOT_MEASURED', message: 'No frame was measured.' }];
  if (coverage >= FULL_COVERAGE) return [];
  return [{ code: 'GAPS', message: `Only ${Math.round(100 * coverage)} % of the window was measured.` }];
};

const windowHealth = (kind: Kind, planned: PlannedZone | PlannedGate, coverage: number): Health => {
  const reasons = [...unseen(kind, planned), ...gaps(coverage)];
  if (coverage === 0 || planned.seenShare === 0) return { state: 'unknown', reasons };
  return { state: reasons.length > 0 ? 'degraded' : 'ok', reasons };
};

const densityOf = ({ areaM2 }: PlannedZone, occupancy: Estimate): Estimate =>
  areaM2 === null ? UNKNOWN : meanDensity(occupancy, areaM2);

/** One zone over one window. */
export const zoneWindow = (
  zone: PlannedZone,
  tally: ZoneTally,
  window: ClosedWindow,
  detection: DetectionError,
  crowd: CrowdWindow | null,
): ZoneWindow => {
  const { lengthS, ...span } = window;
  const measuredS = lengthS * window.coverage;
  const occupancyMean = tally.occupancyMean(measuredS, detection);
  return {
    ...span,
    zone: zone.id,
    occupancyMean,
    occupancyMax: tally.occupancyMax,
    occupancyP95: tally.occupancyP95,
    densityPerM2: densityOf(zone, occupancyMean),
    speedMps: tally.speed(zone.scaleError, measuredS, detection),
    crowd,
    health: windowHealth('zone', zone, window.coverage),
  };
};

/** Flow of people as a rate, people/s. */
const flowOf = (tally: GateTally, measuredS: number, detection: DetectionError): Estimate => ({
  value: flow(tally.people, measuredS),
  standardError: flowStandardError(tally.people, tally.peopleVariance(detection), measuredS),
});

const perMetre = ({ value, standardError }: Estimate, widthM: number | null): Estimate =>
  value === null || standardError === null || widthM === null
    ? UNKNOWN
    : { value: value / widthM, standardError: standardError / widthM };

/** One gate over one window. Flow is of people; in and out are of everything that crossed. */
export const gateWindow = (
  gate: PlannedGate,
  tally: GateTally,
  window: ClosedWindow,
  detection: DetectionError,
  headwayS: Estimate,
): GateWindow => {
  const { lengthS, ...span } = window;
  const known = window.coverage > 0 && gate.seenShare > 0;
  const flowPerS = known ? flowOf(tally, lengthS * window.coverage, detection) : UNKNOWN;
  return {
    ...span,
    gate: gate.id,
    in: known ? tally.estimate('in', detection) : UNKNOWN,
    out: known ? tally.estimate('out', detection) : UNKNOWN,
    flowPerS,
    specificFlowPerMS: perMetre(flowPerS, gate.widthM),
    headwayS: known ? headwayS : UNKNOWN,
    health: windowHealth('gate', gate, window.coverage),
  };
};

const occupancySummary = (occupancyMean: Estimate, tally: ZoneTally): ZoneSummary['occupancy'] => {
  const { occupancyMax, occupancyP95 } = tally;
  if (occupancyMean.value === null || occupancyMax === null || occupancyP95 === null) return null;
  return {
    mean: occupancyMean.value,
    max: occupancyMax,
    p95: occupancyP95,
    standardError: occupancyMean.standardError,
  };
};

/** One zone over the whole recording. */
export const zoneSummary = (
  zone: PlannedZone,
  tally: ZoneTally,
  measuredS: number,
  detection: DetectionError,
  table: Analysis['levelOfService'],
): ZoneSummary => {
  const occupancyMean = tally.occupancyMean(measuredS, detection);
  const density = densityOf(zone, occupancyMean);
  const speed = tally.speed(zone.scaleError, measuredS, detection);
  const max = zone.areaM2 && tally.occupancyMax !== null ? tally.occupancyMax / zone.areaM2.value : null;
  return {
    occupancy: occupancySummary(occupancyMean, tally),
    ...ifKnown(zone.areaM2?.value, (areaM2) => ({ areaM2 })),
    ...ifKnown(density.value, (densityPerM2) => ({ densityPerM2 })),
    ...ifKnown(density.standardError, (densityStandardErrorPerM2) => ({ densityStandardErrorPerM2 })),
    ...ifKnown(max, (densityMaxPerM2) => ({ densityMaxPerM2 })),
    ...ifKnown(speed.value, (speedMps) => ({ speedMps })),
    ...ifKnown(speed.standardError, (speedStandardErrorMps) => ({ speedStandardErrorMps })),
    ...ifKnown(density.value, (value) => ({ los: levelOfService(table, value) })),
  };
};

/** One gate over the whole recording. */
export const gateSummary = (
  gate: PlannedGate,
  tally: GateTally,
  measuredS: number,
  detection: DetectionError,
): GateSummary => {
  const known = measuredS > 0 && gate.seenShare > 0;
  return {
    in: known ? tally.count('in') : null,
    out: known ? tally.count('out') : null,
    standardError: known ? tally.standardError(detection) : null,
    byClass: { ...tally.byClass },
    ...ifKnown(gate.widthM, (widthM) => ({ widthM })),
    ...ifKnown(known ? gate.widthM : null, (widthM) => ({
      specificFlowPerMS: specificFlow(tally.people, measuredS, widthM),
      specificFlowStandardErrorPerMS:
        flowStandardError(tally.people, tally.peopleVariance(detection), measuredS) / widthM,
    })),
  };
};
