/** A site, moments and conditions for tests, and rules by the thousand that no person would write. */
import * as fc from 'fast-check';
import {
  CAMERA_STATES,
  type CameraState,
  type Moment,
  type MomentFigure,
  type MomentFigures,
  StarlingError,
} from '../../contract/index.ts';
import { compileCondition, conditionProblems } from './compile.ts';
import { complete } from './complete.ts';
import type { Circumstances } from './condition.ts';
import { type Comparison, EQUALITIES, type Expression, ORDERINGS, type Place } from './expression.ts';
import { DIRECTIONS, FORESEEABLE, FUNCTION_NAMES, isZoneFunction, type Quantity } from './functions.ts';
import { LEVELS } from './levels.ts';
import { printCondition } from './print.ts';
import { quantityOf } from './quantity.ts';
import type { SitePlaces } from './site-places.ts';

/** Names that words of the grammar have, too, are names like others. */
export const SITE: SitePlaces = {
  zones: ['square', 'hall', 'stairs', 'corridor', 'queue', '2nd-floor', 'and', '10min', 'kerb'],
  gates: ['north-gate', 'door', 'in', 'not'],
  cameras: ['cam-1', 'square', 'unknown', 'yard'],
  uncalibrated: ['kerb', 'yard'],
};

/** A figure of which all is known. */
export const figure = (value: number, standardError: number | null = null, partial = false): MomentFigure => ({
  value,
  standardError,
  partial,
});

const NOTHING: MomentFigures = {
  occupancy: null,
  densityPerM2: null,
  speedMps: null,
  pressurePerS2: null,
  counterflowIndex: null,
  standing: null,
  stoppedS: null,
};

/** What is known of places at an instant; of what is not given nothing is. */
export interface Known {
  readonly zones?: Readonly<Record<string, Partial<MomentFigures>>>;
  readonly gates?: Readonly<Record<string, { readonly in?: MomentFigure; readonly out?: MomentFigure }>>;
  readonly views?: Readonly<Record<string, Partial<MomentFigures>>>;
  readonly states?: Readonly<Record<string, CameraState>>;
  readonly forecast?: Circumstances['forecast'];
}

/** What conditions are judged by. */
export const circumstancesOf = ({
  zones = {},
  gates = {},
  views = {},
  states = {},
  forecast,
}: Known): Circumstances => {
  const cameras = [...new Set([...Object.keys(views), ...Object.keys(states)])];
  const moment: Moment = {
    timeMs: 0,
    zones: Object.entries(zones).map(([zone, figures]) => ({
      zone,
      areaM2: null,
      knownShare: 1,
      figures: { ...NOTHING, ...figures },
    })),
    gates: Object.entries(gates).map(([gate, ways]) => ({
      gate,
      widthM: null,
      inPerMin: ways.in ?? null,
      outPerMin: ways.out ?? null,
    })),
    cameras: cameras.map((camera) => ({
      camera,
      health: { state: states[camera] ?? 'ok', reasons: [] },
      view: { ...NOTHING, ...views[camera] },
    })),
  };
  return { moment, forecast: forecast ?? (() => null) };
};

const namesOf = (names: readonly string[]) => fc.constantFrom(...names);
const calibrated = (names: readonly string[]) => names.filter((name) => !SITE.uncalibrated?.includes(name));
const zone = namesOf(calibrated(SITE.zones)).map((name): Place => ({ of: 'zone', name }));
const view = namesOf(['cam-1', 'unknown']).map((name): Place => ({ of: 'camera', name }));
const place = fc.oneof(zone, view);

const subject = fc.oneof(
  fc.record({ kind: fc.constant('figure' as const), name: namesOf(FUNCTION_NAMES).filter(isZoneFunction), place }),
  fc.record({
    kind: fc.constant('flow' as const),
    gate: namesOf(SITE.gates),
    direction: fc.constantFrom(...DIRECTIONS),
  }),
  fc.record({
    kind: fc.constant('forecast' as const),
    name: fc.constantFrom(...FORESEEABLE),
    zone: zone.map(({ name }) => name),
    ahead: fc.record({ value: fc.integer({ min: 2, max: 30 }).map((half) => half / 2), unit: fc.constant('min') }),
  }),
);

/** Amounts that are neither at an end of what can be, nor beyond it. */
const limitOf = ({ units, needsUnit, most }: Quantity) => {
  const named = fc.constantFrom(...units.map((unit) => ({ unit: unit.name, scale: unit.over / unit.times })));
  const plain = fc.constant({ unit: '', scale: 1 });
  const share = fc.integer({ min: 1, max: 999 }).map((thousandths) => thousandths / 1000);
  return fc.tuple(needsUnit ? named : fc.oneof(named, plain), share).map(([{ unit, scale }, part]) => ({
    value: Number((part * Math.min(most, 10) * scale).toFixed(6)),
    unit,
  }));
};

const measured = subject.chain((given) =>
  fc.record({
    kind: fc.constant('measured' as const),
    subject: fc.constant(given),
    operator: fc.constantFrom(...ORDERINGS),
    limit: limitOf(quantityOf(given)).filter(({ value }) => value > 0),
  }),
);
const level = fc.record({
  kind: fc.constant('level' as const),
  place,
  operator: fc.constantFrom(...ORDERINGS, ...EQUALITIES),
  level: fc.constantFrom(...LEVELS.slice(1, -1)),
});
const health = fc.record({
  kind: fc.constant('health' as const),
  camera: namesOf(SITE.cameras),
  operator: fc.constantFrom(...EQUALITIES),
  state: fc.constantFrom(...CAMERA_STATES),
});

/** A comparison that makes sense at {@link SITE}. */
const anyComparison: fc.Arbitrary<Comparison> = fc.oneof({ arbitrary: measured, weight: 3 }, level, health);

const flat = (kind: 'and' | 'or', parts: readonly Expression[]): Expression => ({
  kind,
  parts: parts.flatMap((part) => (part.kind === kind && 'parts' in part ? part.parts : [part])),
});

/** So long that four of them are one text. */
const MOST_CHARACTERS = 240;

/** A condition that makes sense at {@link SITE}. */
export const anyExpression: fc.Arbitrary<Expression> = fc
  .letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyComparison,
      fc.array(tie('expression'), { minLength: 2, maxLength: 3 }).map((parts) => flat('and', parts)),
      fc.array(tie('expression'), { minLength: 2, maxLength: 3 }).map((parts) => flat('or', parts)),
      tie('expression').map((part): Expression => ({ kind: 'not', part })),
    ),
  }))
  .expression.filter((expression) => printCondition(expression).length <= MOST_CHARACTERS);

const anyFigure = fc.option(
  fc.record({
    value: fc.double({ min: 0, max: 10, noNaN: true }),
    standardError: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
    partial: fc.boolean(),
  }),
);
const anyFigures = fc.record({
  occupancy: anyFigure,
  densityPerM2: anyFigure,
  speedMps: anyFigure,
  pressurePerS2: anyFigure,
  counterflowIndex: anyFigure,
  standing: anyFigure,
  stoppedS: anyFigure,
});
/** A value for each name; a few values go round, which is enough for names to differ and quick to make. */
const each = <Value>(names: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc
    .array(value, { minLength: 2, maxLength: 3 })
    .map((values) => Object.fromEntries(names.map((name, i) => [name, values[i % values.length]])));

/** What is known of {@link SITE}, or is not. */
export const anyKnown: fc.Arbitrary<Known> = fc.record({
  zones: each(SITE.zones, anyFigures),
  gates: each(SITE.gates, fc.record({ in: anyFigure, out: anyFigure })),
  views: each(SITE.cameras, anyFigures),
  states: each(SITE.cameras, fc.constantFrom(...CAMERA_STATES)),
  forecast: anyFigure.map((foreseen) => () => foreseen),
});

const PIECES = [
  ...FUNCTION_NAMES,
  ...SITE.zones,
  ...SITE.gates,
  ...SITE.cameras,
  ...ORDERINGS,
  ...EQUALITIES,
  ...LEVELS,
  ...'( ) , and or not && ! = -1 0 3.5 1e9 80/min /h % m/s ² __proto__ constructor 😀 " \u202E \0'.split(' '),
  ' ',
  '\n',
];

/** A text with a piece taken out, put in, or put in twice. */
const mutated = fc
  .tuple(anyExpression.map(printCondition), fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', ...PIECES), fc.boolean())
  .map(([text, at, length, piece, twice]) => {
    const from = at % (text.length + 1);
    const kept = twice ? text.slice(from, from + length) : '';
    return `${text.slice(0, from)}${kept}${piece}${kept}${text.slice(from + length)}`;
  });

/** Texts of all kinds: nonsense, words of the grammar in any order, conditions with a slip, very long ones. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' ')),
  { arbitrary: mutated, weight: 4 },
  { arbitrary: anyExpression.map(printCondition), weight: 2 },
  fc.tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 1200 })).map(([piece, times]) => piece.repeat(times)),
);

/** Longer than this, for a text of a thousand characters, is a fault whatever the machine. */
const MOST_MS = 1000;

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const compiled = (text: string) => {
  try {
    return compileCondition(text, SITE);
  } catch (error) {
    if (error instanceof StarlingError && error.code === 'ALERT_BAD_RULE') return null;
    throw error;
  }
};

const tryText = (text: string, circumstances: Circumstances, cursor: number): boolean => {
  const startMs = performance.now();
  const condition = compiled(text);
  const problems = conditionProblems(text, SITE);
  for (const { from, to } of [...problems, ...complete(text, cursor % (text.length + 1), SITE)])
    check(0 <= from && from <= to && to <= text.length, 'what is marked lies within the text');
  check((condition === null) === problems.length > 0, 'what cannot be understood has a problem, and nothing else has');
  if (condition !== null) {
    condition.judge(circumstances);
    check(condition.explain(circumstances).length <= 500, 'what was found is told in 500 characters');
    check(compileCondition(condition.text, SITE).text === condition.text, 'the normal form is its own normal form');
  }
  check(performance.now() - startMs < MOST_MS, `a text is read within ${MOST_MS} ms`);
  return condition !== null;
};

/** What came of it. */
export interface RuleFuzz {
  readonly tried: number;
  readonly understood: number;
}

/**
 * Reads texts of all kinds, judges and completes them.
 *
 * @throws Error with the text, made as short as it can be, that is not dealt with as it should be
 */
export const fuzzRules = (runs: number, seed: number): RuleFuzz => {
  let [tried, understood] = [0, 0];
  fc.assert(
    fc.property(anyText, anyKnown, fc.nat(), (text, known, cursor) => {
      tried += 1;
      if (tryText(text, circumstancesOf(known), cursor)) understood += 1;
    }),
    { numRuns: runs, seed },
  );
  return { tried, understood };
};
