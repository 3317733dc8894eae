/**
 * Whether figures are as far from the truth as their standard errors say. The recording and its truth are not part of
 * the project: they are looked for in ../shared/data, and without them this test is skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { meterOptionsFor, openSubject, type Subject } from '../src/cli/subject.ts';
import {
  createPlanarPoints,
  type Estimate,
  type FootPoints,
  frameNumber,
  mediaTimeMs,
  type Point,
  type Positions,
  type Zone,
  type ZoneWindow,
} from '../src/contract/index.ts';
import { placeOnGround } from '../src/ground/index.ts';
import { createMeter } from '../src/measure/index.ts';

const PETS = '../shared/data/pets2009-s2l1';
const TRUTH = `${PETS}/gt-frames-1-400.txt`;
const absent = !existsSync(TRUTH);
if (absent) process.stderr.write(`skipped: ${PETS} is not here\n`);

/** The part in which a person stands hidden for 15 s and a bystander is not in the truth: it has most of the errors. */
const LAST_FRAME = 210;
const [WIDTH_PX, HEIGHT_PX] = [768, 576];

const drawn = (id: string, [left, top]: Point, [right, bottom]: Point): Zone => ({
  id,
  camera: 'plaza',
  image: [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ],
});

/** Beside the view and the plaza: halves of the picture, so that errors in one do not make up for those in another. */
const HALVES = [
  drawn('left', [0, 0], [0.5, 1]),
  drawn('right', [0.5, 0], [1, 1]),
  drawn('far', [0, 0], [1, 0.47]),
  drawn('near', [0, 0.47], [1, 1]),
];

/** Measures as `measure` does, with windows of five seconds. */
const fiveSeconds = (subject: Subject, withDetector: boolean) => {
  const windows: ZoneWindow[] = [];
  const options = meterOptionsFor(subject);
  const meter = createMeter({
    ...options,
    detection: withDetector ? options.detection : null,
    zones: [...(subject.site?.zones ?? []), ...HALVES],
    gates: [],
    windowS: 5,
    onZoneWindow: (window) => windows.push(window),
  });
  return { meter, windows };
};

/** Feet of the people who were there. */
const trueFeet = (rows: readonly (readonly number[])[], { frame, timeMs }: FootPoints): FootPoints => {
  const feet = createPlanarPoints('image', Math.max(1, rows.length));
  feet.frame = frameNumber(frame);
  feet.timeMs = mediaTimeMs(timeMs);
  for (const [, id, left, top, width, height] of rows) {
    const i = feet.count++;
    feet.id[i] = id;
    feet.x[i] = (left + width / 2) / WIDTH_PX;
    feet.y[i] = (top + height) / HEIGHT_PX;
    feet.varianceXX[i] = 1e-6;
    feet.varianceYY[i] = 1e-6;
  }
  return feet;
};

/** Windows as measured with and without the detector's errors, and as they were. */
const compare = async (): Promise<{ told: ZoneWindow[]; without: ZoneWindow[]; truth: ZoneWindow[] }> => {
  const rows = readFileSync(TRUTH, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const byFrame = Map.groupBy(rows, ([frame]) => frame);
  const subject = await openSubject(`${PETS}/vtest.avi`, { site: 'samples/plaza.site.yaml', toFrame: LAST_FRAME });
  const [told, without, truth] = [true, false, false].map((withDetector) => fiveSeconds(subject, withDetector));
  const { calibration } = subject.sensor;
  const place = (feet: FootPoints): Positions | null => {
    const positions = calibration && createPlanarPoints('ground', Math.max(1, feet.count));
    if (calibration && positions) placeOnGround(calibration, feet, positions);
    return positions;
  };
  for await (const { footPoints, positions } of subject.sensor.watch()) {
    told.meter.measure(footPoints, positions);
    without.meter.measure(footPoints, positions);
    const feet = trueFeet(byFrame.get(footPoints.frame) ?? [], footPoints);
    truth.meter.measure(feet, place(feet));
  }
  for (const { meter } of [told, without, truth]) meter.finish();
  await subject.sensor.close();
  return { told: told.windows, without: without.windows, truth: truth.windows };
};

/** How far a figure is from the truth, in standard errors; nothing where one of them is unknown. */
const offBy = (told: Estimate, truth: Estimate): number[] =>
  told.value === null || truth.value === null || !told.standardError
    ? []
    : [(told.value - truth.value) / told.standardError];

const within2 = (z: readonly number[]): number => z.filter((value) => Math.abs(value) <= 2).length / z.length;

describe.skipIf(absent)('windows of five seconds of PETS 2009 S2.L1', () => {
  test('are within two standard errors of the truth, about 19 in 20', { timeout: 120_000 }, async () => {
    const { told, without, truth } = await compare();
    expect(told.length).toBeGreaterThanOrEqual(36);

    const occupancy = told.flatMap((window, i) => offBy(window.occupancyMean, truth[i].occupancyMean));
    const speed = told.flatMap((window, i) => offBy(window.speedMps, truth[i].speedMps));
    // The detector's part alone, without the swing of the number of people, which is no error of this window.
    const detectorOnly = told.flatMap(({ occupancyMean }, i): number[] => {
      const [all, rest] = [occupancyMean.standardError, without[i].occupancyMean.standardError];
      if (all === null || rest === null || occupancyMean.value === null) return [];
      return [(occupancyMean.value - (truth[i].occupancyMean.value ?? 0)) / Math.sqrt(all ** 2 - rest ** 2)];
    });
    const rms = Math.sqrt(detectorOnly.reduce((sum, z) => sum + z * z, 0) / detectorOnly.length);
    expect(within2(occupancy)).toBeGreaterThanOrEqual(0.9);
    expect(within2(speed)).toBeGreaterThanOrEqual(0.85);
    expect(within2(detectorOnly)).toBeGreaterThanOrEqual(0.9);
    // Nor are they told larger than they are.
    expect(rms).toBeGreaterThan(0.4);
    expect(rms).toBeLessThan(1.3);
  });
});
