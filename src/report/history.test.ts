import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameMeasurement, frameNumber, mediaTimeMs, zoneId } from '../contract/index.ts';
import { HistoryRecorder } from './history.ts';

const frame = (timeMs: number, occupancy: number): FrameMeasurement => ({
  frame: frameNumber(1),
  timeMs: mediaTimeMs(timeMs),
  zones: [{ zone: zoneId('view'), occupancy, densityPerM2: null, speedMps: null }],
  gates: [],
});

const record = (values: readonly number[], frameMs: number, isLost: (i: number) => boolean = () => false) => {
  const recorder = new HistoryRecorder();
  for (const [i, value] of values.entries()) if (!isLost(i)) recorder.add(frame(i * frameMs, value));
  return recorder.histories(300)[0]?.stretches ?? [];
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
    expect(recorder.histories(10)[0]?.stretches[0]?.max).toBe(3);
  });
});
