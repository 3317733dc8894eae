import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, siteSchema } from '../../contract/index.ts';
import { compileCondition, conditionProblems, readCondition } from './compile.ts';
import { printCondition } from './print.ts';
import { anyExpression, fuzzRules, SITE } from './rules.fixture.ts';
import { placesOf } from './site-places.ts';

const marked = (text: string) =>
  conditionProblems(text, SITE).map(({ from, to, message }) => [text.slice(from, to), message]);

/** Of a message as much as is expected of it: an ellipsis stands for the rest. */
const asMuchAs = (message: string, expected: string): string =>
  expected.endsWith('…') ? `${message.slice(0, expected.length - 1)}…` : message;

describe('what is understood', () => {
  it.each([
    // As it is written, and in its normal form where that is another.
    ['density(square) > 3.5'],
    ['occupancy(hall) >= 450'],
    ['pressure(square) > 0.02'],
    ['speed(square) < 0.3'],
    ['counterflow(corridor) > 0.4'],
    ['counterflow(corridor) >= 40%'],
    ['stopped(queue) > 60s'],
    ['standing(queue) > 20'],
    ['flow(north-gate, in) > 80/min'],
    ['flow(door, both) <= 0/h'],
    ['forecast(density(square), 10min) > 4'],
    ['forecast(occupancy(2nd-floor), 1.5min) <= 4'],
    ['los(stairs) >= E'],
    ['los(stairs) != F'],
    ['health(cam-1) == unknown'],
    // A camera stands for its whole view, a zone comes before it, and counts need no metres.
    ['density(cam-1) > 3'],
    ['occupancy(yard) > 3'],
    // Words of the grammar are names like others.
    ['density(and) > 1 and occupancy(10min) < 3 and flow(in, in) > 1/s and flow(not, out) > 1/s'],
    ['health(unknown) != unknown'],
    // Cases, spaces, other ways to write the same.
    ['  DENSITY ( square )>3.50 ', 'density(square) > 3.5'],
    ['Los(stairs)>=e And Not\n health(cam-1)==OK', 'los(stairs) >= E and not health(cam-1) == ok'],
    ['density(square) > 3 /m²', 'density(square) > 3/m2'],
    ['pressure(square) > 0.02/s^2', 'pressure(square) > 0.02/s2'],
    ['stopped(queue) > 5 min', 'stopped(queue) > 5min'],
    ['forecast(density(square), 10 min) > 4', 'forecast(density(square), 10min) > 4'],
    ['occupancy(hall) > 007', 'occupancy(hall) > 7'],
    ['occupancy(hall) > 999999999.999999'],
    ['pressure(hall) > 0.000001'],
    // Only parentheses that are needed stay.
    ['((density(square) > 1))', 'density(square) > 1'],
    [
      'density(square) > 1 or (density(square) > 2 and density(square) > 3)',
      'density(square) > 1 or density(square) > 2 and density(square) > 3',
    ],
    ['(density(square) > 1 or density(square) > 2) and density(square) > 3'],
    [
      'density(square) > 1 and (density(square) > 2 and density(square) > 3)',
      'density(square) > 1 and density(square) > 2 and density(square) > 3',
    ],
    ['not (density(square) > 1 and density(square) > 2)'],
    ['not not density(square) > 1'],
    ['(not density(square) > 1) and density(square) > 2', 'not density(square) > 1 and density(square) > 2'],
  ])('%j', (text, normal = text) => {
    expect(marked(text)).toEqual([]);
    expect(compileCondition(text, SITE).text).toBe(normal);
  });

  it('is the same when its normal form is read', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(readCondition(printCondition(expression), SITE)).toEqual({ expression, problems: [] });
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('is everything in the documentation', async () => {
    const page = await readFile(new URL('../../../docs/alerts-grammar.md', import.meta.url), 'utf8');
    const [, examples = ''] = /^```\n(.*?)```/ms.exec(page) ?? [];
    const lines = examples.trim().split('\n');
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(compileCondition(line, SITE).text).toBe(line);
    const [, mistake = ''] = /^```text\n(.*?)\n```/ms.exec(page) ?? [];
    expect(() => compileCondition('density(sqare) > 3.5', SITE)).toThrow(mistake);
  });

  it('says what has to be foreseen', () => {
    const text = 'not forecast(density(square), 10min) > 4 or forecast(occupancy(hall), 90s) > 4 and density(hall) > 1';
    expect(compileCondition(text, SITE).forecasts).toEqual([
      { zone: 'square', aheadS: 600 },
      { zone: 'hall', aheadS: 90 },
    ]);
  });
});

describe('a problem is marked', () => {
  it.each([
    // Names.
    ['density(sqare) > 3', 'sqare', 'there is no zone or camera "sqare" (did you mean "square"?)'],
    ['density(Square) > 3', 'Square', 'there is no zone or camera "Square" (did you mean "square"?)'],
    ['health(cam1) == ok', 'cam1', 'there is no camera "cam1" (did you mean "cam-1"?)'],
    ['flow(gate-north, in) > 1/s', 'gate-north', 'there is no gate "gate-north"; there are north-gate, door, in, not'],
    ['densiyt(square) > 3', 'densiyt', 'there is no function "densiyt" (did you mean "density"?)'],
    ['constructor(square) > 3', 'constructor', 'there is no function "constructor"; there are density, …'],
    ['density(north-gate) > 3', 'north-gate', '"north-gate" is a gate, and density is of a zone or camera'],
    ['flow(square, in) > 80/min', 'square', '"square" is a zone, and flow is of a gate'],
    ['health(hall) == ok', 'hall', '"hall" is a zone, and health is of a camera'],
    ['forecast(density(cam-1), 5min) > 3', 'cam-1', '"cam-1" is a camera, and density is of a zone'],
    ['density(yard) > 3', 'yard', 'density needs metres, and the camera of "yard" has no calibration'],
    ['los(kerb) > B', 'kerb', 'los needs metres, and the camera of "kerb" has no calibration'],
    ['forecast(density(kerb), 5min) > 3', 'kerb', 'density needs metres…'],
    // What a function takes.
    ['density(square, hall) > 3', 'hall', 'this is too much: write density(ZONE) > 3.5'],
    ['flow(door) > 80/min', 'flow(door)', 'something is missing: write flow(GATE, in) > 80/min'],
    ['flow(door, inn) > 80/min', 'inn', 'a flow goes in, out or both'],
    ['density(occupancy(hall)) > 3', 'occupancy(hall)', 'density is of a zone or camera, by name'],
    ['forecast(hall, 5min) > 3', 'hall', 'a forecast is of density(ZONE) or occupancy(ZONE)'],
    ['forecast(speed(hall), 5min) > 3', 'speed(hall)', 'a forecast is of density(ZONE) or occupancy(ZONE)'],
    ['forecast(density(hall), 5) > 3', '5', 'write how far ahead to look, such as 10min'],
    ['forecast(density(hall), 59s) > 3', '59s', 'forecasts look 1min to 15min ahead'],
    ['forecast(density(hall), 1h) > 3', '1h', 'forecasts look 1min to 15min ahead'],
    ['density() > 3', ')', '")" cannot stand here: write a name…'],
    ['density("square") > 3', '"', '""" cannot stand here: write a name of letters, digits, - and _, without quotes…'],
    // What is compared with what.
    ['density(square) == 3', '==', 'a measured figure is never exactly a number: write >, >=, < or <='],
    ['health(cam-1) > ok', '>', 'states of a camera have no order: write == or !='],
    [
      'health(cam-1) == fine',
      'fine',
      'there is no state of a camera "fine"; there are ok, degraded, connecting, unknown',
    ],
    ['health(cam-1) == 1', '1', 'write a state of a camera: ok, degraded, connecting or unknown'],
    ['los(stairs) >= G', 'G', 'there is no level of service "G"; there are A, B, C, D, E, F'],
    ['los(stairs) >= 3', '3', 'write a level of service: A, B, C, D, E or F'],
    ['density(square) > E', 'E', 'density(square) is compared with a number, such as 1 or 1/m2'],
    ['density(square) > occupancy(hall)', 'occupancy', 'figures are compared with numbers, not with one another'],
    ['3 < density(square)', '3', 'the figure comes first, and then what it is compared with: density(square) > 3.5'],
    ['density(square) > 1 > 2', '>', 'this was compared already; join two comparisons with and'],
    // Units and numbers.
    ['density(square) > 3/min', '3/min', '"/min" is no unit of density(square): write 3 or 3/m2'],
    ['speed(square) > 3km/h', '3km/h', '"km/h" is no unit of speed(square): write 3 or 3m/s'],
    ['flow(door, in) > 80', '80', 'the unit is missing: write 80/min, 80/s or 80/h'],
    ['stopped(queue) > 60', '60', 'the unit is missing: write 60s, 60min or 60h'],
    ['stopped(queue) > 60%', '60%', '"%" is no unit of stopped(queue): write 60s, 60min or 60h'],
    ['density(square) > -1', '-1', 'no figure is ever negative'],
    ['density(square) > .5', '.', 'write 0 before the point'],
    ['density(square) > 3,5', ',', 'write decimals with one point, and thousands with nothing'],
    ['density(square) > 0.0000001', '0.0000001', 'write at most 9 digits before the point and 6 after it'],
    ['density(square) > 1e3', '1e3', '"e3" is no unit of density(square): write 1 or 1/m2'],
    // In vain.
    ['density(square) > 35', '> 35', 'this can never hold: it is never above 20/m2'],
    ['counterflow(hall) > 100%', '> 100%', 'this can never hold: it is never above 1'],
    ['counterflow(hall) <= 1', '<= 1', 'this always holds, when it is known at all: it is never above 1'],
    ['occupancy(hall) < 0', '< 0', 'this can never hold: it is never below 0'],
    ['occupancy(hall) >= 0', '>= 0', 'this always holds, when it is known at all: it is never below 0'],
    ['forecast(density(hall), 5min) > 40', '> 40', 'this can never hold: it is never above 20/m2'],
    ['los(hall) > F', '> F', 'this can never hold: levels go from A to F'],
    ['los(hall) >= A', '>= A', 'this always holds: levels go from A to F'],
    // Signs.
    ['', '', 'write a condition such as density(square) > 3.5'],
    [' \n', '', 'write a condition such as density(square) > 3.5'],
    ['density', '', 'write density(ZONE) > 3.5'],
    ['density(square', '', 'write ) or a comma'],
    ['density(square)', '', 'write >, >=, <, <=, == or !='],
    ['density(square) >', '', 'write what it is compared with'],
    ['density(square) = 3', '=', '"=" is no comparison: write =='],
    ['density(square) ≥ 3', '≥', '"≥" is no comparison: write >='],
    ['density(square) ! 3', '!', '"!" is no comparison: write >, >=, <, <=, == or !='],
    ['density(square) > 3 and', '', 'write a condition such as density(square) > 3.5'],
    ['density(square) > 3 && density(hall) > 3', '&&', 'write "and"'],
    ['(density(square) > 3 | density(hall) > 3)', '|', 'write "or"'],
    ['!density(square) > 3', '!', 'write "not"'],
    [
      'density(square) > 3 density(hall) > 3',
      'density',
      '"density" cannot stand here: write and, or between two conditions',
    ],
    ['los(square) > B los(hall) > B', 'los', '"los" cannot stand here: write and, or between two conditions'],
    ['(density(square) > 3', '(', 'this ( is not closed'],
    ['density(square) > 3)', ')', 'this ) closes nothing'],
    ['density(square) > 3 #', '#', '"#" cannot stand here: write and, or between two conditions'],
    ['😀', '😀', '"😀" cannot stand here…'],
  ])('%j at %j', (text, at, message) => {
    const [first = [], ...others] = marked(text);
    expect(others).toEqual([]);
    expect([first[0], asMuchAs(first[1] ?? '', message)]).toEqual([at, message]);
  });

  it.each([
    ['density(sqare) > 3', 'square'],
    ['density(square) = 3', '=='],
    ['flow(door, in) > 80', '80/min'],
    ['flow(door, inn) > 80/min', 'in'],
    ['density(square) > 3 && density(hall) > 3', 'and'],
    ['health(cam-1) > ok', '=='],
  ])('with what may stand there instead, so that it is well: %j', (text, best) => {
    const [{ from, to, suggestions } = { from: 0, to: 0, suggestions: [] }] = conditionProblems(text, SITE);
    expect(suggestions[0]).toBe(best);
    const mended = `${text.slice(0, from)}${suggestions[0]}${text.slice(to)}`;
    expect(marked(mended).some(([, message]) => message === marked(text)[0]?.[1])).toBe(false);
  });

  it('together with all others, in their order', () => {
    const text = 'density(sqare) > 3 and (not flow(dor, inn) > 80/min or health(cam-1) >= fine)';
    expect(marked(text).map(([at]) => at)).toEqual(['sqare', 'dor', 'inn', '>=', 'fine']);
  });

  it('but no more than ten of them', () => {
    expect(marked(Array.from({ length: 40 }, () => 'los(x) > B').join(' or '))).toHaveLength(10);
  });

  it('in the error, under the text', () => {
    expect(() => compileCondition('density(sqare) > 3.5', SITE)).toThrow(
      expect.objectContaining({ code: 'ALERT_BAD_RULE', exitCode: EXIT_CODES.site }),
    );
    const long = `${'density(square) > 1 and '.repeat(10)}density(square)\n\u202E= 3 and ${'los(hall) > B and '.repeat(10)}`;
    const message = `The condition is not understood at character 258:
  … > 1 and density(square) > 1 and density(square)  = 3 and los(hall) > B and los(hall) > B and los(ha…
                                                     ^ "=" is no comparison: write ==.`;
    expect(() => compileCondition(long.replace('\u202E', ' '), SITE)).toThrow(message);
    expect(() => compileCondition(long, SITE)).toThrow(/\) {2}= 3/);
  });
});

describe('limits', () => {
  it.each([
    ['parentheses', 32, (depth: number) => `${'('.repeat(depth)}los(hall) > B${')'.repeat(depth)}`],
    ['nots', 32, (depth: number) => `${'not '.repeat(depth)}los(hall) > B`],
    ['functions', 3, (depth: number) => `${'density('.repeat(10 * depth)}hall${')'.repeat(10 * depth)} > 3`],
  ])('%s within one another', (_, most, nested) => {
    const tooDeep = /more than 32 parentheses and nots/;
    expect(marked(nested(most)).join()).not.toMatch(tooDeep);
    expect(marked(nested(most + 1)).join()).toMatch(tooDeep);
  });

  it('characters', () => {
    const text = 'los(hall) > B'.padEnd(1000);
    expect(marked(text)).toEqual([]);
    expect(marked(`${text}#`)).toEqual([['#', 'a condition has at most 1000 characters']]);
  });

  it('hold a stack and the clock, whatever is written', () => {
    const { tried, understood } = fuzzRules(1500, 20_260_501);
    expect(tried).toBe(1500);
    // Most are nonsense, but not all: else nothing would be tried behind reading them.
    expect(understood).toBeGreaterThan(200);
  });

  it('are quick to tell what was meant among a thousand names', () => {
    const zones = Array.from({ length: 999 }, (_, i) => `${'long-name-of-a-zone-'.repeat(3)}${i}`);
    const text = Array.from({ length: 10 }, () => `los(${'long-name-of-a-zoen-'.repeat(3)}) > B`).join(' or ');
    const startMs = performance.now();
    expect(conditionProblems(text, { zones, gates: [], cameras: [] })).toHaveLength(10);
    expect(performance.now() - startMs).toBeLessThan(2000);
  });
});

it('a site file names its places, and those without metres', () => {
  const camera = {
    calibration: {
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ].map((at) => ({ image: at, ground: at })),
    },
  };
  const site = siteSchema.parse({
    site: { id: 'a', name: 'A' },
    cameras: [{ id: 'near', ...camera }, { id: 'far' }, { id: 'made', source: 'sim://crossing' }, { id: 'square' }],
    zones: [
      {
        id: 'square',
        polygon: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
      {
        id: 'kerb',
        camera: 'far',
        image: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
      {
        id: 'steps',
        camera: 'near',
        image: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
    gates: [
      {
        id: 'door',
        line: [
          [0, 0],
          [1, 0],
        ],
      },
    ],
    analysis: { levelOfService: 'queue' },
  });
  expect(placesOf(site)).toEqual({
    zones: ['square', 'kerb', 'steps'],
    gates: ['door'],
    cameras: ['near', 'far', 'made', 'square'],
    uncalibrated: ['kerb', 'far'],
    levelOfService: 'queue',
  });
});
