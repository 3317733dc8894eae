import { describe, expect, it } from 'vitest';
import { gateId, type LevelOfServiceTable, type Point } from '../../../contract/index.ts';
import type { FlowState } from '../../slots.ts';
import type { Stretch } from '../../timeline.ts';
import type { Clock } from '../clock.ts';
import { html } from '../markup.ts';
import { cumulativeChart, meanFlowPerS } from './cumulative.ts';
import { fundamentalChart } from './fundamental.ts';
import { levelsChart } from './levels.ts';
import { PRESSURE } from './quantities.ts';
import { timeChart } from './time-chart.ts';
import { drawWalls } from './walls.ts';

const CLOCK: Clock = {
  title: 'Time',
  startUtcMs: null,
  moment: (timeMs) => `${timeMs / 1000} s`,
  period: () => '',
  ticks: () => [],
};

/** Stretches of a second. */
const stretches = (figures: readonly (number | null)[]): Stretch[] =>
  figures.map((mean, i) => ({ startMs: i * 1000, endMs: (i + 1) * 1000, mean, min: mean, max: mean }));

/** The drawing for wide screens. */
const wide = (markup: string): string => /<svg class="wide".*?<\/svg>/s.exec(markup)?.[0] ?? '';

const pathsOf = (drawing: string, style: string): string[] =>
  [...drawing.matchAll(/<path ([^>]*)\/>/g)].flatMap(([, attributes = '']) =>
    attributes.includes(`class="${style}"`) ? [/ ?d="([^"]*)"/.exec(attributes)?.[1] ?? ''] : [],
  );

const levelsOf = (density: readonly (number | null)[], table: LevelOfServiceTable): string[] => {
  const drawn = wide(
    levelsChart({ id: 'x', title: 'Levels', density: stretches(density), table, clock: CLOCK }).markup,
  );
  return [...drawn.matchAll(/class="level-letter l\d">([A-F])</g)].map(([, letter = '']) => letter);
};

describe('the strip of levels', () => {
  it.each([
    // densities, table, letters of the runs
    [[0, 0.31, 0.32, 0.5, 1, 2, 2.2], 'walkway', ['A', 'B', 'C', 'D', 'E', 'F']],
    [[0, 0.31, 0.32, 0.5, 1, 2, 2.2], 'queue', ['A', 'B', 'D']],
    [[0.1, 0.1, 0.1], 'walkway', ['A']],
    [[0.1, null, 0.1], 'walkway', ['A', 'A']],
    [[null, null], 'walkway', []],
    [[], 'walkway', []],
  ] as const)('of %j for a %s reads %j', (density, table, letters) => {
    expect(levelsOf(density, table)).toEqual(letters);
  });

  it('hatches what is not known, each gap by itself', () => {
    const density = stretches([0.1, null, 0.1, null, 0.1]);
    const drawn = wide(levelsChart({ id: 'x', title: 'L', density, table: 'walkway', clock: CLOCK }).markup);
    const [gaps = ''] = [...drawn.matchAll(/d="([^"]*)" fill="url\(#x-wide-hatch\)"/g)].map(([, d]) => d ?? '');
    expect(gaps.match(/M/g)).toHaveLength(2);
  });
});

const gateHistory = (counts: readonly (number | null)[]) => ({
  gate: gateId('g'),
  cumulative: stretches(counts),
  first: { timeMs: 500, count: 1 },
  last: { timeMs: 4500, count: 9 },
});

describe('the N–t curve', () => {
  it('has the slope between the first and the last crossing as its mean flow', () => {
    expect(meanFlowPerS(gateHistory([]))).toBe(2);
    expect(meanFlowPerS({ ...gateHistory([]), last: { timeMs: 500, count: 1 } })).toBeNull();
    expect(meanFlowPerS({ ...gateHistory([]), first: null, last: null })).toBeNull();
  });

  it('rises only, and breaks where nothing was measured', () => {
    const history = gateHistory([0, 2, 2, 2, null, 5, 9]);
    const drawn = wide(cumulativeChart({ id: 'x', title: 'N', history, clock: CLOCK, top: 9, height: 'tall' }).markup);
    const [curve = ''] = pathsOf(drawn, 'curve');
    expect(curve.match(/M/g)).toHaveLength(2);
    const heights = [...curve.matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights.length).toBeGreaterThan(4);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(drawn).toContain('in all 9');
  });
});

const states = (count: number): FlowState[] =>
  Array.from({ length: count }, (_, i) => {
    const densityPerM2 = 5 * ((i * 0.618034) % 1);
    const speedMps = 1.3 - densityPerM2 / 5;
    return { densityPerM2, speedMps, flowPerMS: densityPerM2 * speedMps };
  });

const ends = (path: string): number[] => {
  const heights = [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
  return [heights[0] ?? Number.NaN, heights.at(-1) ?? Number.NaN];
};

const drawing = (count: number): string =>
  wide(
    fundamentalChart({ id: 'x', title: 'F', flow: { method: 'Voronoi', stretchS: 1, states: states(count) } }).markup,
  );

describe('the fundamental diagram', () => {
  it('draws a dot per place, stronger where there are several, twice', () => {
    const dots = ['few', 'some', 'many'].flatMap((strength) => pathsOf(drawing(40), `dot ${strength}`));
    expect(dots.join('').match(/M/g)).toHaveLength(80);
    const same = states(1)[0];
    const heaped = Array.from({ length: 9 }, () => same).flatMap((state) => state ?? []);
    const flow = { method: 'classic' as const, stretchS: 1, states: heaped };
    const drawn = wide(fundamentalChart({ id: 'x', title: 'F', flow }).markup);
    expect(pathsOf(drawn, 'dot many')).toHaveLength(2);
    expect(pathsOf(drawn, 'dot few')).toHaveLength(0);
  });

  it('stays small however many points there are', () => {
    expect(drawing(20_000).length).toBeLessThan(400_000);
    expect(drawing(720).length).toBeLessThan(25_000);
  });

  it("has Weidmann's curve behind the points: 1.34 m/s at no density, 0 at 5.4 people/m²", () => {
    const [speed = '', flow = ''] = pathsOf(drawing(100), 'published');
    const [speedFirst = 0, speedLast = 0] = ends(speed);
    const [flowFirst = 0, flowLast = 0] = ends(flow);
    // Down is up: the axis lies at 254.
    expect(254 - speedFirst).toBeCloseTo((1.34 / 1.5) * 220, 0);
    expect([speedLast, flowFirst, flowLast]).toEqual([254, 254, 254]);
  });
});

it('hatches each gap by itself, in the order of time', () => {
  const drawn = wide(
    timeChart({
      id: 'x',
      title: 'P',
      quantity: PRESSURE,
      stretches: stretches([null, 0.01, 0.01, null]),
      clock: CLOCK,
      mean: null,
      top: 0.01,
      height: 'low',
    }).markup,
  );
  expect(drawn.match(/<rect [^>]*fill="url\(#x-wide-hatch\)"/g)).toHaveLength(2);
});

const square = (from: number, to: number): Point[] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
];

const draw = (rings: readonly (readonly Point[])[] | null): string =>
  html`${drawWalls(rings, ([x, y]) => [x, 100 - y], { left: 0, width: 100, height: 100 })}`.markup;

describe('walls', () => {
  it('are drawn with their holes, and cover what lies beyond them', () => {
    const drawn = draw([square(10, 90), square(40, 60)]);
    expect(pathsOf(drawn, 'wall')[0]?.match(/M/g)).toHaveLength(2);
    expect(pathsOf(drawn, 'outside')[0]?.match(/M/g)).toHaveLength(3);
    expect(drawn).toContain('fill-rule="evenodd"');
  });

  it('are not there when nobody drew any', () => {
    expect(draw(null)).toBe('');
  });
});
