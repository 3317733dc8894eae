/**
 * Whether the crowd obeys the fundamental diagram, as `measure/` sees it.
 *
 * Outside truth: Weidmann's curve (`contract/weidmann.ts`) for the closed loop, at the density that really was on the
 * straight; for doors the experiments of Seyfried, Passon, Steffen, Boltes, Rupprecht & Klingsch, New insights into
 * pedestrian flow through bottlenecks, Transportation Science 43 (2009) 395: flow grows about linearly with the width
 * between 0.8 m and 1.2 m, and the specific flow there and in the experiments it compares with is between about 1.0
 * and 2.2 people/(m·s).
 */
import { describe, expect, it } from 'vitest';
import { signedArea, SITE_DEFAULTS, weidmannSpeedMps } from '../contract/index.ts';
import { createTrajectoryMeter } from '../measure/index.ts';
import { crowdOf, gateOf, rectangle } from './crowd.fixture.ts';

interface Measured {
  readonly densityPerM2: number;
  readonly speedMps: number;
}

const SETTLING_S = 30;
const MEASURED_S = 15;
/** Within this share of Weidmann's speed. */
const BOUND = 0.15;

const ringAt = (densityPerM2: number, seed: number): Measured => {
  const [outer, inner] = crowdOf('sim://ring?people=1').walkable;
  const people = Math.round(densityPerM2 * (Math.abs(signedArea(outer)) - Math.abs(signedArea(inner))));
  const crowd = crowdOf(`sim://ring?people=${people}&seed=${seed}`);
  // Bends of 3 m + 3 m, so the lower straight is from x = 6 m to 30 m.
  const straight = { id: 'straight', polygon: rectangle(12, 0, 24, 3) };
  const meter = createTrajectoryMeter({
    zones: [straight],
    gates: [],
    walkable: crowd.walkable,
    bounds: { minXM: 0, minYM: 0, maxXM: 36, maxYM: 12 },
    analysis: { ...SITE_DEFAULTS.analysis, gridM: 5 },
    frameRate: 10,
    frameStep: 1,
    minimumCount: 1,
  });
  for (let i = 0; i < SETTLING_S * 10; i++) crowd.step();
  const frames = function* () {
    for (let i = 0; i < MEASURED_S * 10; i++) yield crowd.step();
  };
  let [density, speed, count] = [0, 0, 0];
  for (const { zones } of meter.measure(frames())) {
    const { densityVoronoiPerM2, speedVoronoiMps } = zones[1];
    if (densityVoronoiPerM2 === null || speedVoronoiMps === null) continue;
    density += densityVoronoiPerM2;
    speed += speedVoronoiMps;
    count++;
  }
  return { densityPerM2: density / count, speedMps: speed / count };
};

describe('a closed loop', () => {
  it.each([1, 2])(
    'has the speeds of Weidmann, within 15 percent (seed %i)',
    (seed) => {
      const found = [0.5, 1, 1.5, 2, 3].map((density) => ringAt(density, seed));
      for (const { densityPerM2, speedMps } of found)
        expect(Math.abs(speedMps / weidmannSpeedMps(densityPerM2) - 1), `at ${densityPerM2}/m²`).toBeLessThan(BOUND);
      for (let i = 1; i < found.length; i++) {
        expect(found[i].densityPerM2).toBeGreaterThan(found[i - 1].densityPerM2);
        expect(found[i].speedMps).toBeLessThan(found[i - 1].speedMps);
      }
    },
    120_000,
  );
});

/** Flow through a door, people/s, between the 40th and the 160th of 250. */
const doorFlow = (widthM: number): number => {
  const door = gateOf('door', [16.3, 6 + widthM], [16.3, 6 - widthM]);
  const crowd = crowdOf(`sim://bottleneck?people=250&door=${widthM}`, { gates: [door] });
  const passed: number[] = [];
  while (passed.length < 160) {
    const { timeMs } = crowd.step();
    const [{ in: count }] = crowd.truth().gates;
    while (passed.length < count) passed.push(timeMs / 1000);
    if (timeMs > 600_000) break;
  }
  return 120 / (passed[159] - passed[39]);
};

describe('a bottleneck', () => {
  it('passes 1.0 to 2.2 people/(m·s), in proportion to its width', () => {
    const widths = [0.8, 1.2, 1.6, 2, 2.4];
    const flows = widths.map(doorFlow);
    for (const [i, width] of widths.entries()) {
      expect(flows[i] / width, `${width} m`).toBeGreaterThan(1);
      expect(flows[i] / width, `${width} m`).toBeLessThan(2.2);
    }
    // A straight line through the origin fits every flow within 15 %.
    const slope = widths.reduce((sum, w, i) => sum + w * flows[i], 0) / widths.reduce((sum, w) => sum + w * w, 0);
    for (const [i, width] of widths.entries()) expect(Math.abs(flows[i] / (slope * width) - 1)).toBeLessThan(0.15);
  }, 60_000);
});
