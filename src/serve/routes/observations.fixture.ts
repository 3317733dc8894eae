/** What the cameras of tests have measured, from a seed. */
import type { Aggregate, FieldObservation, Figures, GateObservation, Observation } from '../../contract/index.ts';
import { createRandom } from '../../../test/helpers/random.ts';
import { NOON } from './desks.fixture.ts';

const STEP_MS = 30_000;

type Random = () => number;

const aggregate = (random: Random, mean: number): Aggregate => {
  const sum = random() * 2 * mean;
  return { sum, weight: 1, min: sum / 2, max: sum * 2, errorSum: random() < 0.9 ? sum / 10 : null };
};

const figuresOf = (random: Random): Figures => ({
  occupancy: aggregate(random, 20),
  densityPerM2: aggregate(random, 0.4),
  speedMps: aggregate(random, 1.2),
  ...(random() < 0.5 && { pressurePerS2: aggregate(random, 0.02) }),
});

/** Now and then nothing can be known of a gate. */
const gateOf = (gate: string, random: Random): GateObservation => {
  const isKnown = random() < 0.8;
  const some = (): number => Math.floor(random() * 3);
  const counts = { person: { in: some(), out: some() }, bicycle: { in: some(), out: 0 } };
  const known = { counts, variance: random(), systematicError: random() / 10 };
  return { gate, seenShare: 1, widthM: 4, ...(isKnown ? known : { counts: null, variance: 0, systematicError: 0 }) };
};

const fieldOf = (random: Random): FieldObservation => {
  const cell = Array.from({ length: 300 }, (_, i) => i).filter(() => random() < 0.1);
  const velocity = (): (number | null)[] => cell.map((at) => (at % 10 === 0 ? null : random() * 3 - 1.5));
  return {
    originXM: -2,
    originYM: 0,
    cellM: 1,
    columns: 20,
    rows: 15,
    cell,
    densityPerM2: cell.map(() => random() * 2),
    velocityXMps: velocity(),
    velocityYMps: velocity(),
  };
};

/** One second of a camera: its view, a zone, two gates and the field. */
export const secondOf = (camera: string, sequence: number, startMs: number): Observation => {
  const random = createRandom(sequence);
  const zone = (name: string) => ({ zone: name, seenShare: 0.75, areaM2: 50, figures: figuresOf(random) });
  return {
    version: 1,
    camera,
    sequence,
    startMs,
    endMs: startMs + 1000,
    measuredS: 1,
    health: { state: 'ok', reasons: [] },
    frames: { offered: 25, measured: 5, dropped: 0 },
    zones: [zone('view'), zone('square')],
    gates: [gateOf('north-gate', random), gateOf('door', random)],
    field: fieldOf(random),
  };
};

/** An hour of a camera, or a part of it, a second every half minute. */
export const hourOf = (camera: string, from = 0, to = 120): Observation[] =>
  Array.from({ length: to - from }, (_, i) => secondOf(camera, from + i + 1, NOON + (from + i) * STEP_MS));
