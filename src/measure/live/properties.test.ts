/** Whatever a live meter is shown, what it tells is an observation. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPlanarPoints,
  frameNumber,
  mediaTimeMs,
  OBSERVATION_VERSION,
  observationSchema,
  type PlanarPoints,
  SITE_DEFAULTS,
} from '../../contract/index.ts';
import { Ownership } from '../ownership/ownership.ts';
import { CEILING } from '../camera/ceiling.fixture.ts';
import { createLiveMeter, type LiveMeter, type LiveMeterOptions, type SecondMeasurement } from './meter.ts';
import { box, CEILING_OPTIONS, EAST_DRAWN, MIDDLE, MIDDLE_DRAWN, NOON, WEST } from './scene.fixture.ts';

const PLACES = {
  zones: [
    WEST,
    EAST_DRAWN,
    { id: 'tiny', polygon: box(3, 3, 3.0001, 3.0001) },
    { id: 'off', polygon: box(90, 0, 91, 1) },
  ],
  gates: [MIDDLE, MIDDLE_DRAWN],
};

const KINDS: Readonly<Record<string, Partial<LiveMeterOptions>>> = {
  camera: { detection: { recall: 0.9, precision: 0.8, source: 'model card' } },
  masked: {
    sight: { kind: 'camera', calibration: CEILING, masks: [box(0, 0, 0.4, 1)] },
    ownership: { ownership: new Ownership({ cameras: [{ id: 'ceiling', calibration: CEILING }] }), camera: 0 },
  },
  uncalibrated: { sight: { kind: 'camera', calibration: null, masks: [] } },
  everywhere: {
    sight: { kind: 'everywhere' },
    walkable: [box(0, 0, 16, 9), box(5, 4, 6, 5)],
    minimumCount: 1,
    analysis: { ...SITE_DEFAULTS.analysis, cutoff: { radiusM: 0.8, segments: 3 } },
  },
};

const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e9, 0, 8, 4.5);
/** Mostly as it should be. */
const mostly = (min: number, max: number) =>
  fc.oneof({ weight: 12, arbitrary: fc.double({ min, max, noNaN: true }) }, { weight: 1, arbitrary: odd });
const somebody = fc.record({
  id: fc.integer({ min: 0, max: 9 }),
  classIndex: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
  ),
  x: mostly(-1, 17),
  y: mostly(-1, 10),
  variance: mostly(0, 0.1),
  covariance: mostly(-0.05, 0.05),
  isPlaced: fc.boolean(),
});
const scene = fc.array(somebody, { maxLength: 9 });
const stepMs = fc.oneof(
  { weight: 10, arbitrary: fc.double({ min: 0, max: 1500, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(-100, -5000, 3.6e6, 1e9, Number.NaN, Number.POSITIVE_INFINITY, 1e-9) },
);
const action = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constantFrom('see', 'settle', 'both', 'feet'), ms: stepMs, people: scene }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('interrupt', 'believe', 'doubt') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('close'), lengthMs: fc.integer({ min: 1, max: 4000 }) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
type Person = typeof somebody extends fc.Arbitrary<infer T> ? T : never;

const fill = (points: PlanarPoints<'image' | 'ground'>, timeMs: number, people: readonly Person[]): void => {
  const onPicture = points.plane === 'image';
  points.frame = frameNumber(1);
  points.timeMs = mediaTimeMs(timeMs);
  points.count = people.length;
  for (const [i, { id, classIndex, x, y, variance, covariance }] of people.entries()) {
    points.id[i] = id;
    points.classIndex[i] = classIndex;
    points.x[i] = onPicture ? x / 16 : x;
    points.y[i] = onPicture ? 1 - y / 9 : y;
    points.varianceXX[i] = variance;
    points.varianceXY[i] = covariance;
    points.varianceYY[i] = variance;
  }
};

const play = (meter: LiveMeter, actions: readonly Action[], isCamera: boolean): SecondMeasurement[] => {
  const feet = createPlanarPoints('image', 16);
  const positions = createPlanarPoints('ground', 16);
  const told: SecondMeasurement[] = [];
  let nowMs = NOON;
  let startMs = NOON;
  const close = (lengthMs: number): void => {
    const measured = meter.close(startMs, startMs + lengthMs);
    const rest = { version: OBSERVATION_VERSION, camera: 'ceiling', sequence: told.length + 1 } as const;
    const frames = { offered: 0, measured: 0, dropped: 0 };
    const health = { state: 'ok' as const, reasons: [] };
    // As it comes from the wire.
    const wire: unknown = JSON.parse(
      JSON.stringify({ ...rest, startMs, endMs: startMs + lengthMs, health, frames, ...measured }),
    );
    const { success, data, error } = observationSchema.safeParse(wire);
    expect({ success, why: error?.message }).toEqual({ success: true, why: undefined });
    expect(data).toMatchObject(measured);
    told.push(measured);
    startMs += lengthMs;
  };
  for (const each of actions) {
    if (each.kind === 'interrupt') meter.interrupt();
    else if (each.kind === 'believe') meter.setMetres(true);
    else if (each.kind === 'doubt') meter.setMetres(false);
    else if ('lengthMs' in each) close(each.lengthMs);
    else if ('people' in each) {
      const timeMs = nowMs + each.ms;
      if (Number.isFinite(timeMs)) nowMs = timeMs;
      fill(feet, timeMs, each.people);
      fill(positions, timeMs, isCamera ? each.people.filter(({ isPlaced }) => isPlaced) : each.people);
      const feetOrNull = isCamera ? feet : null;
      const positionsOrNull = each.kind === 'feet' && isCamera ? null : positions;
      if (each.kind !== 'settle') meter.see(feetOrNull, positionsOrNull);
      if (each.kind !== 'see') meter.settle(feetOrNull, positionsOrNull);
    }
  }
  close(60_000);
  return told;
};

/** Figures of which the mean is not between the least and the greatest, or that outlast what was measured. */
const impossible = ({ zones, measuredS }: SecondMeasurement): string[] =>
  zones.flatMap(({ figures }) => {
    const outside = Object.entries(figures).filter(([, { sum, weight, min, max }]) => {
      const rounding = 1e-6 * Math.max(1, Math.abs(min), Math.abs(max));
      return !(sum / weight >= min - rounding && sum / weight <= max + rounding);
    });
    const tooLong = (figures.occupancy?.weight ?? 0) > measuredS + 1e-9 ? ['occupancy lasts too long'] : [];
    return [...outside.map(([name]) => name), ...tooLong];
  });

describe('what a live meter tells', () => {
  it.each(Object.keys(KINDS))('is an observation, whatever happens (%s)', (kind) => {
    const options = { ...CEILING_OPTIONS, ...PLACES, ...KINDS[kind] };
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const told = play(createLiveMeter(options), actions, kind !== 'everywhere');
        expect(told.flatMap(impossible)).toEqual([]);
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  it('is told of nothing when nothing was shown', () => {
    const meter = createLiveMeter({ ...CEILING_OPTIONS, ...PLACES });
    meter.see(null, null);
    meter.settle(null, null);
    meter.interrupt();
    expect(meter.close(NOON, NOON + 1000)).toMatchObject({ measuredS: 0, field: null });
    expect(meter.close(Number.NaN, Number.NaN).measuredS).toBe(0);
  });
});
