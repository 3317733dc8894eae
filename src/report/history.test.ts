import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameMeasurement, frameNumber, gateId, mediaTimeMs, type ZoneSample, zoneId } from '../contract/index.ts';
import { HistoryRecorder } from './history.ts';
import { NOTHING_KNOWN } from './measurements.fixture.ts';
import { coarser, type Stretch } from './timeline.ts';

const FINENESS = { stretches: 300, states: 700 };

const frame = (timeMs: number, occupancy: number): FrameMeasurement => ({
  frame: frameNumber(1),
  timeMs: mediaTimeMs(timeMs),
  zones: [{ ...NOTHING_KNOWN, zone: zoneId('view'), occupancy }],
  gates: [],
});

const record = (values: readonly number[], frameMs: number, isLost: (i: number) => boolean = () => false) => {
  const recorder = new HistoryRecorder();
  for (const [i, value] of values.entries()) if (!isLost(i)) recorder.add(frame(i * frameMs, value));
  return recorder.zones(FINENESS)[0]?.occupancy ?? [];
};

describe('HistoryRecorder', () => {
  it('loses no peak, however long the recording', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 400 });
    fc.assert(
      fc.property(counts, fc.constantFrom(20, 1000 / 7, 1000, 90_000), (values, frameMs) => {
        const stretches = record(values, frameMs);
        expect(Math.max(...stretches.map(({ max }) => max ?? -1))).toBe(Math.max(...values));
        expect(Math.min(...stretches.map(({ min }) => min ?? 99))).toBe(Math.min(...values));
        expect(stretches.length).toBeLessThanOrEqual(300);
        expect(stretches.every(({ mean }) => mean !== null)).toBe(true);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('keeps the mean of evenly spaced frames', () => {
    const stretches = record(
      Array.from({ length: 30_000 }, (_, i) => i % 3),
      40,
    );
    const means = stretches.slice(0, -1).map(({ mean }) => mean ?? Number.NaN);
    expect(means.reduce((sum, mean) => sum + mean, 0) / means.length).toBeCloseTo(1, 1);
  });

  it('shows a pause as a gap, but not a dropped frame', () => {
    const values = Array.from({ length: 700 }, () => 4);
    const dropped = record(values, 1000 / 7, (i) => i === 300);
    expect(dropped.every(({ mean }) => mean === 4)).toBe(true);
    const paused = record(values, 1000 / 7, (i) => i >= 300 && i < 350);
    const gaps = paused.filter(({ mean }) => mean === null);
    const lost = gaps.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(lost).toBeGreaterThan((0.9 * 50_000) / 7);
    expect(lost).toBeLessThan((1.1 * 50_000) / 7);
  });

  it('keeps nothing of the frame it was given', () => {
    const recorder = new HistoryRecorder();
    const reused = frame(0, 3);
    recorder.add(reused);
    for (const zone of reused.zones) zone.occupancy = 99;
    expect(recorder.zones({ stretches: 10, states: 10 })[0]?.occupancy[0]?.max).toBe(3);
  });
});

/** One zone and one gate at one frame. */
const frameOf = (
  timeMs: number,
  zone: Partial<ZoneSample> = {},
  cumulative: number | null = null,
): FrameMeasurement => ({
  frame: frameNumber(1),
  timeMs: mediaTimeMs(timeMs),
  zones: [{ ...NOTHING_KNOWN, zone: zoneId('square'), occupancy: 1, ...zone }],
  gates: [{ gate: gateId('door'), in: null, out: null, cumulative }],
});

const recorded = (frames: readonly FrameMeasurement[]): HistoryRecorder => {
  const recorder = new HistoryRecorder();
  for (const each of frames) recorder.add(each);
  return recorder;
};

const every = (count: number, frameMs: number, of: (i: number) => FrameMeasurement): FrameMeasurement[] =>
  Array.from({ length: count }, (_, i) => ({ ...of(i), timeMs: mediaTimeMs(i * frameMs) }));

describe('what is known of a zone', () => {
  it.each([
    // sample, density known, pressure known, method of the flow
    [{}, false, false, null],
    [{ densityPerM2: 1 }, true, false, null],
    [{ densityPerM2: 1, speedMps: 1 }, true, false, 'classic'],
    [{ densityVoronoiPerM2: 1, speedVoronoiMps: 1 }, false, false, 'Voronoi'],
    [{ densityPerM2: 1, speedMps: 1, densityVoronoiPerM2: 1, speedVoronoiMps: 1 }, true, false, 'Voronoi'],
    [{ densityVoronoiPerM2: 1 }, false, false, null],
    [{ pressurePerS2: 0.01 }, false, true, null],
  ] as const)('of %j is remembered, and nothing else', (sample, density, pressure, method) => {
    const [zone] = recorded(every(30, 100, () => frameOf(0, sample))).zones(FINENESS);
    expect(zone?.density.length !== 0).toBe(density);
    expect(zone?.pressure.length !== 0).toBe(pressure);
    expect(zone?.flow?.method ?? null).toBe(method);
  });

  it('is nothing for a zone that was never seen', () => {
    expect(recorded([frameOf(0, { occupancy: null })]).zones(FINENESS)).toEqual([]);
    expect(new HistoryRecorder().zones(FINENESS)).toEqual([]);
  });

  it('has stretches of a second or more, whose flow is density times speed, however long the recording', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 4000 }),
        fc.constantFrom(40, 100, 500, 30_000),
        fc.double({ min: 0.01, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (count, frameMs, densityPerM2, speedMps) => {
          const frames = every(count, frameMs, () => frameOf(0, { densityPerM2, speedMps }));
          const flow = recorded(frames).zones(FINENESS)[0]?.flow;
          expect(flow?.stretchS).toBeGreaterThanOrEqual(1);
          expect(flow?.states.length).toBeLessThanOrEqual(FINENESS.states);
          expect(flow?.states.length).toBeGreaterThan(0);
          for (const state of flow?.states ?? []) {
            expect(state.densityPerM2).toBeCloseTo(densityPerM2, 9);
            expect(state.speedMps).toBeCloseTo(speedMps, 9);
            expect(state.flowPerMS).toBeCloseTo(densityPerM2 * speedMps, 9);
          }
        },
      ),
      { seed: 4, numRuns: 40 },
    );
  });

  it('weighs speeds by density, as Edie has it, and leaves out frames in which nobody moves known', () => {
    const frames = every(
      3,
      300,
      (i) =>
        [
          frameOf(0, { densityPerM2: 1, speedMps: 1.2 }),
          frameOf(0, { densityPerM2: 3, speedMps: 0.4 }),
          frameOf(0, { densityPerM2: 0, speedMps: null }),
        ][i] ?? frameOf(0),
    );
    expect(recorded(frames).zones(FINENESS)[0]?.flow?.states).toEqual([
      { densityPerM2: 2, speedMps: expect.closeTo(0.6, 12), flowPerMS: expect.closeTo(1.2, 12) },
    ]);
  });

  it('never makes a point of nobody', () => {
    const flow = recorded(every(40, 100, () => frameOf(0, { densityPerM2: 0, speedMps: 1 }))).zones(FINENESS)[0]?.flow;
    expect(flow?.states).toEqual([]);
  });
});

describe('crossings of a gate', () => {
  it('are remembered with their first and last, and never fall', () => {
    const frames = every(5000, 200, (i) => frameOf(0, {}, Math.min(900, Math.max(0, Math.floor((i - 50) / 5)))));
    const [gate] = recorded(frames).gates(FINENESS);
    expect(gate?.first).toEqual({ timeMs: 55 * 200, count: 1 });
    expect(gate?.last).toEqual({ timeMs: 4550 * 200, count: 900 });
    const counts = gate?.cumulative.map(({ max }) => max ?? -1) ?? [];
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(900);
  });

  it('are none when nobody crossed, and unknown when the gate was not seen', () => {
    expect(recorded(every(9, 200, () => frameOf(0, {}, 0))).gates(FINENESS)[0]).toMatchObject({
      first: null,
      last: null,
    });
    expect(recorded(every(9, 200, () => frameOf(0, {}, null))).gates(FINENESS)).toEqual([]);
  });
});

it('stands time that runs backwards', () => {
  const times = [0, 400, 200, 800, -100];
  const [zone] = recorded(times.map((timeMs) => frameOf(timeMs, { occupancy: 2 }))).zones(FINENESS);
  expect(zone?.occupancy.every(({ mean }) => mean === 2)).toBe(true);
});

const stretches = (means: readonly (number | null)[]): Stretch[] =>
  means.map((mean, i) => ({ startMs: i, endMs: i + 1, mean, min: mean, max: mean }));

describe('coarser stretches', () => {
  it.each([
    // means, at most, means afterwards
    [[1, 3, 5, 7], 4, [1, 3, 5, 7]],
    [[1, 3, 5, 7], 2, [2, 6]],
    [[1, 3, 5], 2, [2, 5]],
    [[1, null, null, 7], 2, [1, 7]],
    [[1, null, null, null, null, 7], 2, [null, null]],
    [[], 3, []],
  ])('of %j, at most %i, are %j', (means, atMost, expected) => {
    expect(coarser(stretches(means), atMost).map(({ mean }) => mean)).toEqual(expected);
  });
});
