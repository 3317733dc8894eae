import { describe, expect, it } from 'vitest';
import { createPlanarPoints, SITE_DEFAULTS } from '../../contract/index.ts';
import { StepTracker } from '../flow/steps.ts';
import { createMotion } from '../speed/motion.ts';
import { detectionErrorOf, NO_DETECTION_ERROR } from '../uncertainty/detection-error.ts';
import { type CrowdReading, CrowdTotals } from './crowd-totals.ts';

const ZONE = {
  corners: [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ],
  area: { value: 4, standardError: 0.4 },
  scaleError: 0.1,
} as const;

const READING: CrowdReading = {
  densityVoronoiPerM2: 1,
  densityVariance: 0.04,
  speedVoronoiMps: 0.5,
  speedVariance: 0.01,
  betweenVariance: 0.04,
  knownShare: 1,
  densityPeakPerM2: 1.5,
  pressurePerS2: 0.1,
  densityPerM2: 1,
};

/** The same reading for 10 s, ten times a second. */
const totals = (): CrowdTotals => {
  const positions = createPlanarPoints('ground', 1);
  const steps = new StepTracker().update(positions);
  const frame = { positions, motion: createMotion(1), steps, manner: new Int8Array(1), seconds: 0.1 };
  const sums = new CrowdTotals(ZONE, SITE_DEFAULTS.analysis);
  for (let i = 0; i < 100; i++) sums.add(READING, frame);
  return sums;
};

describe('CrowdTotals', () => {
  it('carries the errors of area, positions and scale', () => {
    const { value, standardError } = totals().density(10, NO_DETECTION_ERROR);
    expect(value).toBeCloseTo(1, 12);
    // Nothing swings: 10 % of the area, and positions that are read anew every second.
    expect(standardError).toBeCloseTo(Math.hypot(0.1, Math.sqrt(0.04 / 10)), 6);
    const speed = totals().speed(10, NO_DETECTION_ERROR);
    expect(speed.value).toBeCloseTo(0.5, 12);
    expect(speed.standardError).toBeCloseTo(Math.hypot(0.05, Math.sqrt(0.01 / (10 / 1.6))), 6);
  });

  it('carries the errors of the detector', () => {
    const detection = detectionErrorOf({ recall: 0.8, precision: 1, source: 'model card' });
    for (const figure of ['density', 'speed'] as const) {
      const known = totals()[figure](10, NO_DETECTION_ERROR).standardError ?? 0;
      expect(totals()[figure](10, detection).standardError).toBeGreaterThan(known * 1.05);
    }
  });

  it('knows no error of what stood still for less than five seconds', () => {
    expect(totals().density(3, NO_DETECTION_ERROR).standardError).toBeNull();
  });

  it('adds up the time at each level, and keeps the greatest', () => {
    const { timeInLevelsS, densityPeak, pressureMax } = totals();
    expect(timeInLevelsS.D).toBeCloseTo(10, 9);
    expect([densityPeak, pressureMax]).toEqual([1.5, 0.1]);
  });
});
