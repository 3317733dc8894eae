/** Whether the truth is what meters count on the same positions. */
import { describe, expect, it } from 'vitest';
import { type Gate, type Positions, SITE_DEFAULTS } from '../contract/index.ts';
import { createTrajectoryMeter } from '../measure/index.ts';
import { CrossingCounter } from '../measure/flow/crossing.ts';
import { LineCrossingFinder } from '../measure/flow/line-crossing.ts';
import { StepTracker } from '../measure/flow/steps.ts';
import { CountedGate } from './counted.ts';
import { crowdOf, gateOf, rectangle } from './crowd.fixture.ts';

describe('CountedGate', () => {
  it.each<readonly [what: string, step: readonly [number, number, number, number], inOut: readonly [number, number]]>([
    ['from right to left', [1, -1, 1, 1], [1, 0]],
    ['from left to right', [1, 1, 1, -1], [0, 1]],
    ['beside it', [5, -1, 5, 1], [0, 0]],
    ['over its very end', [4, -1, 4, 1], [1, 0]],
    ['short of it', [1, -2, 1, -1], [0, 0]],
    ['along it', [-1, 0, 5, 0], [0, 0]],
    ['slantwise past its end', [3, -1, 6, 1], [0, 0]],
    ['without a beginning', [Number.NaN, Number.NaN, 1, 1], [0, 0]],
  ])('a step %s', (_, step, [into, out]) => {
    const gate = new CountedGate('a', [
      [0, 0],
      [4, 0],
    ]);
    gate.add(...step);
    expect(gate.truth()).toEqual({ gate: 'a', in: into, out });
  });
});

interface Counts {
  in: number;
  out: number;
}

/** Counts with both finders of `measure/`: for well-known positions, and for those of a camera. */
const countersOf = (gate: Gate): { counts: Counts; look: (positions: Positions) => void }[] => {
  if (!('line' in gate)) return [];
  const [a, b] = gate.line;
  const byCounter: Counts = { in: 0, out: 0 };
  const counter = new CrossingCounter(
    { plane: 'ground', a, b },
    { crossed: ({ direction }) => byCounter[direction]++, unresolved: () => {} },
  );
  const byFinder: Counts = { in: 0, out: 0 };
  const finder = new LineCrossingFinder(a, b);
  const steps = new StepTracker();
  return [
    { counts: byCounter, look: (positions) => counter.update(positions) },
    {
      counts: byFinder,
      look: (positions) => {
        const { count, direction } = finder.update(steps.update(positions));
        for (let k = 0; k < count; k++) byFinder[direction[k] > 0 ? 'in' : 'out']++;
      },
    },
  ];
};

describe('truth', () => {
  it.each<readonly [source: string, gates: readonly Gate[]]>([
    ['sim://corridor?people=80', [gateOf('across', [20, 0], [20, 4]), gateOf('part', [10.3, 3], [12.1, 0.7])]],
    ['sim://plaza?people=150', [gateOf('middle', [20, 5], [20, 25]), gateOf('short', [30, 14], [26, 18])]],
    ['sim://bottleneck?people=150', [gateOf('door', [16.3, 7], [16.3, 5])]],
    ['sim://ring?people=150', [gateOf('round', [18, 0], [18, 3])]],
  ])('%s: is to the last one what `measure/` counts', (source, gates) => {
    const crowd = crowdOf(source, { gates });
    const counters = gates.map(countersOf);
    for (let i = 0; i < 1200; i++) {
      const positions = crowd.step();
      for (const pair of counters) for (const { look } of pair) look(positions);
    }
    const truth = crowd.truth().gates;
    expect(truth.every((gate) => gate.in + gate.out > 10)).toBe(true);
    for (const [g, { in: into, out }] of truth.entries())
      for (const { counts } of counters[g]) expect(counts).toEqual({ in: into, out });
  });

  it('is what a trajectory meter counts where nobody turns back, which counts each person once', () => {
    const gates = [gateOf('door', [16.3, 7], [16.3, 5])];
    const zones = [{ id: 'beyond', polygon: rectangle(17, 2, 22, 10) }];
    const crowd = crowdOf('sim://bottleneck?people=120', { gates, zones });
    const meter = createTrajectoryMeter({
      zones: zones,
      gates: [
        {
          id: 'door',
          line: [
            [16.3, 7],
            [16.3, 5],
          ],
        },
      ],
      walkable: crowd.walkable,
      bounds: { minXM: 0, minYM: 0, maxXM: 25, maxYM: 12 },
      analysis: SITE_DEFAULTS.analysis,
      frameRate: 10,
      frameStep: 1,
      minimumCount: 1,
    });
    const occupancies: number[] = [];
    const frames = function* () {
      for (let i = 0; i < 600; i++) {
        yield crowd.step();
        occupancies.push(crowd.truth().zones[0].people);
      }
    };
    let [into, out] = [0, 0];
    const measured: (number | null)[] = [];
    for (const frame of meter.measure(frames())) {
      into += frame.gates[0].in ?? 0;
      out += frame.gates[0].out ?? 0;
      measured.push(frame.zones[1].occupancy);
    }
    const [{ in: trulyIn, out: trulyOut }] = crowd.truth().gates;
    expect(into).toBeGreaterThan(50);
    expect([into, out]).toEqual([trulyIn, trulyOut]);
    expect(measured).toEqual(occupancies);
  });

  it('leaves out gates and zones that are drawn on a picture', () => {
    const crowd = crowdOf('sim://plaza?people=5', {
      gates: [
        {
          id: 'door',
          camera: 'north',
          image: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
      zones: [
        {
          id: 'kerb',
          camera: 'north',
          image: [
            [0, 0],
            [1, 0],
            [1, 1],
          ],
        },
      ],
    });
    crowd.step();
    expect(crowd.truth()).toMatchObject({ gates: [], zones: [] });
  });
});
