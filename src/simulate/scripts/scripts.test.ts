/** Whether each scenario does what its name says. */
import { describe, expect, it } from 'vitest';
import type { SimulationTruth } from '../simulation.ts';
import { crowdOf, gateOf, rectangle, type Scene } from '../crowd.fixture.ts';

/** The truth at each whole second. */
const truths = (source: string, seconds: number, scene: Scene = {}): SimulationTruth[] => {
  const crowd = crowdOf(source, { ...scene, framesPerS: 5 });
  return Array.from({ length: seconds }, () => {
    for (let i = 0; i < 5; i++) crowd.step();
    return crowd.truth();
  });
};

describe('scenarios', () => {
  it('plaza: as many people all the time', () => {
    for (const { inside, waiting } of truths('sim://plaza?people=90', 60)) expect(inside + waiting).toBe(90);
  });

  it('plaza at a rate: begins empty and comes to rate times stay', () => {
    const seen = truths('sim://plaza?people=500&rate=2', 300);
    expect(seen[0].inside).toBeLessThan(20);
    const { entered, waiting, inside } = seen[299];
    // Poisson-like at most: 600 arrive, give or take four standard deviations.
    expect(Math.abs(entered + waiting - 600)).toBeLessThan(100);
    expect(inside).toBeGreaterThan(20);
    expect(inside).toBeLessThan(120);
  });

  it('corridor: people walk both ways in the share that is asked for', () => {
    // The arrow points down: towards the right is in.
    const gates = [gateOf('middle', [20, 4], [20, 0])];
    const counts = [0, 0.5, 1].map((share) => {
      const seen = truths(`sim://corridor?people=40&share=${share}`, 200, { gates });
      const [gate] = seen[199].gates;
      return gate.in / (gate.in + gate.out);
    });
    expect(counts[0]).toBe(0);
    expect(Math.abs(counts[1] - 0.5)).toBeLessThan(0.2);
    expect(counts[2]).toBe(1);
  });

  it('counterflow: both groups get through the passage', () => {
    const seen = truths('sim://counterflow?people=60', 240, { gates: [gateOf('middle', [16, 7], [16, 3])] });
    const [gate] = seen[239].gates;
    expect(gate.in).toBeGreaterThan(50);
    expect(gate.out).toBeGreaterThan(50);
  });

  it('bottleneck and egress: the place empties, and fills again', () => {
    for (const source of ['sim://bottleneck?people=100&every=150', 'sim://egress?people=200&every=150']) {
      const inside = truths(source, 160).map((truth) => truth.inside);
      expect(inside[0]).toBeGreaterThanOrEqual(99);
      expect(inside[148]).toBe(0);
      expect(inside[155]).toBeGreaterThan(90);
    }
  });

  it('platform: fills at its rate, and a train takes everybody', () => {
    const inside = truths('sim://platform?rate=1&train=100&dwell=30', 240).map((truth) => truth.inside);
    expect(inside[98]).toBeGreaterThan(70);
    expect(inside[98]).toBeLessThan(130);
    expect(inside[129]).toBeLessThan(10);
    expect(inside[198]).toBeGreaterThan(40);
  });

  it('platform: nobody arrives beyond the most', () => {
    for (const { inside, waiting } of truths('sim://platform?people=50&rate=5&train=600', 60))
      expect(inside + waiting).toBeLessThanOrEqual(50);
  });

  it.each([3, 5, 7])('surge: the area passes %i people/m², by no more than a third, and empties', (peak) => {
    const zones = [{ id: 'stage', polygon: rectangle(17, 12, 21, 16) }];
    const seen = truths(`sim://surge?area=stage&peak=${peak}&at=20&hold=20&rate=6`, 200, { zones });
    const densities = seen.map((truth) => truth.zones[0].people / 16);
    const most = Math.max(...densities);
    expect(Math.max(...densities.slice(0, 20))).toBeLessThan(0.5);
    expect(most).toBeGreaterThanOrEqual(peak);
    expect(most).toBeLessThan(1.34 * peak);
    expect(densities[199]).toBeLessThan(0.5);
    expect(seen[199].inside + seen[199].waiting).toBeLessThan(130);
  });

  it('ring: nobody comes and nobody leaves, all go round to the left', () => {
    const seen = truths('sim://ring?people=60', 120, { gates: [gateOf('lower', [18, 3], [18, 0])] });
    expect(seen[119]).toMatchObject({ entered: 60, left: 0, inside: 60, waiting: 0 });
    // The arrow points down: who walks to the right comes from its right-hand side, which is the left of the plan.
    expect(seen[119].gates[0].in).toBeGreaterThan(60);
    expect(seen[119].gates[0].out).toBe(0);
  });
});
