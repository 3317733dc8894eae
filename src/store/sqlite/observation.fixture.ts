/** Observations as a sensor would send them, from a seed: for tests. */
import type {
  Aggregate,
  FieldObservation,
  Figures,
  GateObservation,
  Observation,
  ZoneObservation,
} from '../../contract/index.ts';
import { createRandom } from '../../../test/helpers/random.ts';

/** Which observation is made; what is not given follows from the seed. */
export interface ObservationOptions extends Partial<Observation> {
  /** Another seed gives other figures. By default the sequence number. */
  readonly seed?: number;
}

type Random = () => number;

// Multiples of 1/1024: their sums are exact, in whatever order they are added.
const dyadic = (random: Random, below: number): number => Math.floor(random() * below * 1024) / 1024;

const aggregate = (random: Random, mean: number, weight: number): Aggregate => {
  const sum = dyadic(random, 2 * mean * weight);
  const middle = sum / weight;
  return {
    sum,
    weight,
    min: middle * 0.75,
    max: middle * 1.25,
    errorSum: random() < 0.9 ? dyadic(random, mean * weight) : null,
  };
};

const zone = (name: string, random: Random, measuredS: number): ZoneObservation => {
  const of = (mean: number, weight = measuredS): Aggregate => aggregate(random, mean, weight);
  const figures: Figures = {
    occupancy: of(20),
    ownOccupancy: of(18),
    densityPerM2: of(0.4),
    densityVoronoiPerM2: of(0.45),
    densityPeakPerM2: of(1.5),
    speedMps: of(1.2, 1 + Math.floor(random() * 20)),
    ...(random() < 0.9 && { pressurePerS2: of(0.02), counterflowIndex: of(0.3) }),
    standing: of(3),
    ...(random() < 0.3 && { dwellS: of(40, 1 + Math.floor(random() * 4)) }),
  };
  return { zone: name, seenShare: 0.5 + dyadic(random, 0.5), areaM2: 50 + dyadic(random, 2), figures };
};

const gate = (name: string, random: Random): GateObservation => {
  if (random() < 0.1) return { gate: name, seenShare: 1, widthM: 4, counts: null, variance: 0, systematicError: 0 };
  const some = (): number => Math.floor(random() * 3);
  const counts = {
    ...(random() < 0.7 && { person: { in: some(), out: some() } }),
    ...(random() < 0.1 && { bicycle: { in: some(), out: some() } }),
  };
  return {
    gate: name,
    seenShare: 1,
    widthM: 4,
    counts,
    variance: dyadic(random, 0.5),
    systematicError: dyadic(random, 0.25),
  };
};

const field = (random: Random): FieldObservation => {
  const [columns, rows] = [20, 15];
  const cell = Array.from({ length: columns * rows }, (_, i) => i).filter(() => random() < 0.1);
  const velocity = (): (number | null)[] => cell.map((at) => (at % 10 === 0 ? null : dyadic(random, 3) - 1.5));
  return {
    originXM: -2,
    originYM: 0,
    cellM: 1,
    columns,
    rows,
    cell,
    densityPerM2: cell.map(() => dyadic(random, 2)),
    velocityXMps: velocity(),
    velocityYMps: velocity(),
  };
};

/**
 * One second of a camera with the zones `view`, `square` and `stairs`, the gates `north-gate` and `door`, and a field.
 * All figures are multiples of 1/1024 or short, so that sums of them are exact.
 */
export const observationOf = (options: ObservationOptions = {}): Observation => {
  const { seed, ...given } = options;
  const sequence = given.sequence ?? 1;
  const startMs = given.startMs ?? Date.UTC(2026, 2, 1, 12) + (sequence - 1) * 1000;
  const random = createRandom(seed ?? sequence);
  const measuredS = given.measuredS ?? 1 - Math.floor(random() * 3) / 4;
  return {
    version: 1,
    camera: 'square-north',
    sequence,
    startMs,
    endMs: startMs + 1000,
    measuredS,
    health: { state: 'ok', reasons: [] },
    frames: { offered: 25, measured: 5, dropped: Math.floor(random() * 2) },
    zones: measuredS > 0 ? ['view', 'square', 'stairs'].map((name) => zone(name, random, measuredS)) : [],
    gates: ['north-gate', 'door'].map((name) => gate(name, random)),
    field: random() < 0.9 ? field(random) : null,
    ...given,
  };
};
