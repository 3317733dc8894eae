import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MomentFigure, MomentFigures } from '../../contract/index.ts';
import { compileCondition } from './compile.ts';
import type { Truth } from './condition.ts';
import { printCondition } from './print.ts';
import { anyExpression, anyKnown, circumstancesOf, figure, type Known, SITE } from './rules.fixture.ts';

const judge = (text: string, known: Known, site = SITE): Truth =>
  compileCondition(text, site).judge(circumstancesOf(known));

const OPERATORS = ['>', '>=', '<', '<='] as const;

describe('a comparison', () => {
  it.each([
    // Figure, and whether > >= < <= 3 hold.
    [2.9, [false, false, true, true]],
    [3, [false, true, false, true]],
    [3.1, [true, true, false, false]],
    [Number.NaN, [null, null, null, null]],
  ])('of %d with 3', (value, truths) => {
    const known = { zones: { hall: { densityPerM2: figure(value) } } };
    expect(OPERATORS.map((operator) => judge(`density(hall) ${operator} 3`, known))).toEqual(truths);
  });

  it.each([
    // Of a part: the rest may be worse, never is it taken to be better.
    ['density(hall)', 'densityPerM2', 2.9, [null, null, null, null]],
    ['density(hall)', 'densityPerM2', 3, [null, true, false, null]],
    ['density(hall)', 'densityPerM2', 3.1, [true, true, false, false]],
    ['occupancy(hall)', 'occupancy', 4, [true, true, false, false]],
    ['speed(hall)', 'speedMps', 2.9, [false, false, true, true]],
    ['speed(hall)', 'speedMps', 3, [false, null, null, true]],
    ['speed(hall)', 'speedMps', 3.1, [null, null, null, null]],
  ] as const)('of %s with 3, where a part has %s of %d', (subject, name, value, truths) => {
    const known = { zones: { hall: { [name]: figure(value, null, true) } } };
    expect(OPERATORS.map((operator) => judge(`${subject} ${operator} 3`, known))).toEqual(truths);
  });

  it.each(['speed(hall) < 1', 'speed(hall) > 1', 'pressure(hall) > 0.02', 'counterflow(hall) > 20%'])(
    'of too few people does not hold, and is not unknown: %s',
    (text) => {
      expect(judge(text, { zones: { hall: { densityPerM2: figure(0) } } })).toBe(false);
      // The rest of the place may have more.
      expect(judge(text, { zones: { hall: { densityPerM2: figure(0, null, true) } } })).toBeNull();
      expect(judge(text, { zones: { hall: { occupancy: figure(0) } } })).toBeNull();
    },
  );

  it.each([
    ['density(hall) > 2', { densityPerM2: 3 }],
    ['occupancy(hall) > 2', { occupancy: 3 }],
    ['speed(hall) > 2', { speedMps: 3 }],
    ['pressure(hall) > 2', { pressurePerS2: 3 }],
    ['counterflow(hall) > 20%', { counterflowIndex: 0.3 }],
    ['standing(hall) > 2', { standing: 3 }],
    ['stopped(hall) > 2min', { stoppedS: 121 }],
    ['not stopped(hall) > 2min', { stoppedS: 120 }],
    ['not stopped(hall) > 1h', { stoppedS: 3600 }],
    ['los(hall) > D', { densityPerM2: 1.09 }],
  ] satisfies [string, Partial<Record<keyof MomentFigures, number>>][])(
    'reads the right figure: %s',
    (text, values) => {
      const figures = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, figure(value)]));
      expect(judge(text, { zones: { hall: figures } })).toBe(true);
      expect(judge(text, { zones: { square: figures } })).toBeNull();
      expect(judge(text, { zones: { hall: {} } })).toBeNull();
      expect(judge(text, {})).toBeNull();
      expect(judge(text.replace('hall', 'cam-1'), { views: { 'cam-1': figures } })).toBe(true);
      expect(judge(text.replace('hall', 'cam-1'), { zones: { 'cam-1': figures } })).toBeNull();
    },
  );

  it('takes the zone where a camera has the same name', () => {
    const known = { zones: { square: { occupancy: figure(1) } }, views: { square: { occupancy: figure(9) } } };
    expect(judge('occupancy(square) > 5', known)).toBe(false);
  });

  it('finds a place wherever it stands in a moment', () => {
    const condition = compileCondition('occupancy(hall) > 5', SITE);
    const hall = { occupancy: figure(9) };
    const moments = [{ hall }, { queue: {}, hall }, { queue: {} }, {}, { hall, queue: {} }];
    const truths = moments.map((zones) => condition.judge(circumstancesOf({ zones })));
    expect(truths).toEqual([true, true, null, null, true]);
  });

  it.each([
    // And with nothing known of the way out.
    ['flow(door, in) > 80/min', 81, 0, true, true],
    ['flow(door, in) > 80/min', 80, 99, false, false],
    ['flow(door, out) >= 2/s', 0, 120, true, null],
    ['flow(door, out) >= 2/s', 999, 119, false, null],
    ['flow(door, both) > 6000/h', 60, 41, true, null],
    ['flow(door, both) > 6000/h', 60, 40, false, null],
  ])('%s with %d in and %d out a minute', (text, inPerMin, outPerMin, truth, truthOfIn) => {
    const ways = { in: figure(inPerMin), out: figure(outPerMin) };
    expect(judge(text, { gates: { door: ways } })).toBe(truth);
    expect(judge(text, { gates: { door: { in: ways.in } } })).toBe(truthOfIn);
    expect(judge(text, { gates: {} })).toBeNull();
  });

  it('asks for the forecast that it names', () => {
    const asked: unknown[] = [];
    const forecast = (...about: unknown[]): MomentFigure => {
      asked.push(about);
      return about[0] === 'hall' ? figure(5) : null;
    };
    expect(judge('forecast(density(hall), 10min) > 4', { forecast })).toBe(true);
    expect(judge('forecast(occupancy(square), 90s) > 4', { forecast })).toBeNull();
    expect(asked).toEqual([
      ['hall', 'densityPerM2', 600],
      ['square', 'occupancy', 90],
    ]);
  });
});

describe('los', () => {
  it.each([
    // Density, and whether it is above, at least, below, at most, exactly and not E: E ends at 2.15 for those who walk.
    [1.08, 'walkway', [false, false, true, true, false, true]],
    [1.09, 'walkway', [false, true, false, true, true, false]],
    [2.15, 'walkway', [false, true, false, true, true, false]],
    [2.16, 'walkway', [true, true, false, false, false, true]],
    [3.59, 'queue', [false, false, true, true, false, true]],
    [5.38, 'queue', [false, true, false, true, true, false]],
    [5.39, 'queue', [true, true, false, false, false, true]],
  ] as const)('at %d/m² on a %s', (density, levelOfService, truths) => {
    const known = { zones: { stairs: { densityPerM2: figure(density) } } };
    const judged = [...OPERATORS, '==', '!='].map((operator) =>
      judge(`los(stairs) ${operator} E`, known, { ...SITE, levelOfService }),
    );
    expect(judged).toEqual(truths);
  });

  it('of a part is at least as bad for the whole', () => {
    const known = { zones: { stairs: { densityPerM2: figure(2, null, true) } } };
    const judged = [...OPERATORS, '==', '!='].map((operator) => judge(`los(stairs) ${operator} E`, known));
    expect(judged).toEqual([null, true, false, null, null, null]);
    expect(judge('los(stairs) == D', known)).toBe(false);
  });
});

it('health is always known', () => {
  expect(judge('health(cam-1) == unknown', {})).toBe(true);
  expect(judge('health(cam-1) != unknown', { states: { 'cam-1': 'degraded' } })).toBe(true);
  expect(judge('health(cam-1) == degraded', { states: { 'cam-1': 'degraded', yard: 'ok' } })).toBe(true);
  expect(judge('health(yard) == degraded', { states: { 'cam-1': 'degraded', yard: 'ok' } })).toBe(false);
});

describe('three values', () => {
  const known = { zones: { hall: { occupancy: figure(5) }, square: {} } };
  const [TRUE, FALSE, UNKNOWN] = ['occupancy(hall) > 1', 'occupancy(hall) > 9', 'occupancy(square) > 1'];

  it.each([
    [TRUE, TRUE, true, true],
    [TRUE, FALSE, false, true],
    [TRUE, UNKNOWN, null, true],
    [FALSE, FALSE, false, false],
    [FALSE, UNKNOWN, false, null],
    [UNKNOWN, UNKNOWN, null, null],
  ])('%s with %s', (a, b, both, one) => {
    expect([judge(`${a} and ${b}`, known), judge(`${b} and ${a}`, known)]).toEqual([both, both]);
    expect([judge(`${a} or ${b}`, known), judge(`${b} or ${a}`, known)]).toEqual([one, one]);
  });

  it('are turned by not', () => {
    expect([TRUE, FALSE, UNKNOWN].map((text) => judge(`not ${text}`, known))).toEqual([false, true, null]);
  });

  it('and binds tighter than or, and not than both', () => {
    expect(judge(`${TRUE} or ${FALSE} and ${FALSE}`, known)).toBe(true);
    expect(judge(`(${TRUE} or ${FALSE}) and ${FALSE}`, known)).toBe(false);
    expect(judge(`not ${FALSE} or ${TRUE}`, known)).toBe(true);
    expect(judge(`not (${FALSE} or ${TRUE})`, known)).toBe(false);
  });

  it('obey De Morgan', () => {
    fc.assert(
      fc.property(anyExpression, anyExpression, anyKnown, (one, other, circumstances) => {
        const [a, b] = [printCondition(one), printCondition(other)];
        const same = (left: string, right: string) =>
          expect([left, judge(left, circumstances)]).toEqual([left, judge(right, circumstances)]);
        same(`not ((${a}) and (${b}))`, `not (${a}) or not (${b})`);
        same(`not ((${a}) or (${b}))`, `not (${a}) and not (${b})`);
        same(`not not (${a})`, a);
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});

const blinded = (known: Known, blind: (figure: MomentFigure) => MomentFigure): Known => {
  const figuresOf = (figures: Partial<MomentFigures>): Partial<MomentFigures> => {
    const less = Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, blind(one)]));
    // Whoever is blind knows no density either: a density without a speed is that of too few people.
    const isLess = Object.entries(figures).some(([name, one]) => less[name] !== one);
    return isLess ? { ...less, densityPerM2: null } : less;
  };
  const all = (places: Known['zones'] = {}): Known['zones'] =>
    Object.fromEntries(Object.entries(places).map(([place, figures]) => [place, figuresOf(figures)]));
  const gates = Object.fromEntries(
    Object.entries(known.gates ?? {}).map(([gate, ways]) => [
      gate,
      { in: blind(ways.in ?? null), out: blind(ways.out ?? null) },
    ]),
  );
  const { forecast } = known;
  return {
    ...known,
    zones: all(known.zones) ?? {},
    views: all(known.views) ?? {},
    gates,
    forecast: (...about) => blind(forecast?.(...about) ?? null),
  };
};

describe('to know less', () => {
  it.each([
    ['nothing', () => null],
    ['only a part', (one: MomentFigure) => one && { ...one, partial: true }],
  ])('%s of some figures never turns true into false, nor false into true', (_, blind) => {
    fc.assert(
      fc.property(
        anyExpression,
        anyKnown,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        (one, known, pick) => {
          let at = 0;
          const less = blinded(known, (given) => (pick[at++ % pick.length] ? blind(given) : given));
          const text = printCondition(one);
          expect([judge(text, known), null]).toContain(judge(text, less));
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });

  it.each([
    ['density', 'densityPerM2', (part: number, rest: number) => Math.max(part, rest)],
    ['occupancy', 'occupancy', (part: number, rest: number) => part + rest],
    ['speed', 'speedMps', (part: number, rest: number) => Math.min(part, rest)],
  ] as const)('what a part says for sure holds for the worst of the whole: %s', (name, key, worst) => {
    const value = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(value, value, fc.constantFrom(...OPERATORS), (part, rest, operator) => {
        const at = (one: MomentFigure) => judge(`${name}(hall) ${operator} 5`, { zones: { hall: { [key]: one } } });
        const ofPart = at(figure(part, null, true));
        expect([at(figure(worst(part, rest))), null]).toContain(ofPart);
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
