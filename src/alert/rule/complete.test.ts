import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionProblems } from './compile.ts';
import { complete } from './complete.ts';
import { printCondition } from './print.ts';
import { anyExpression, SITE } from './rules.fixture.ts';

/** Texts that are offered at the bar. */
const offered = (text: string): readonly string[] => {
  const offset = text.indexOf('|');
  return complete(text.replace('|', ''), offset, SITE).map((one) => one.text);
};

const FUNCTIONS =
  'density( occupancy( pressure( speed( counterflow( stopped( standing( flow( los( forecast( health('.split(' ');
const CALIBRATED = ['square', 'hall', 'stairs', 'corridor', 'queue', '2nd-floor', 'and', '10min'];
const ORDERINGS = ['>', '>=', '<', '<='];

describe('is offered', () => {
  it.each([
    ['|', [...FUNCTIONS, 'not', '(']],
    ['  s|', ['speed(', 'stopped(', 'standing(']],
    ['S|', ['speed(', 'stopped(', 'standing(']],
    ['not |', [...FUNCTIONS, 'not', '(']],
    ['(los(hall) > B and f|', ['flow(', 'forecast(']],
    // Places that the figure can be known of; a camera that shares its name with a zone cannot be meant.
    ['density(|', [...CALIBRATED, 'cam-1', 'unknown']],
    ['los(|', [...CALIBRATED, 'cam-1', 'unknown']],
    ['occupancy(|', [...CALIBRATED, 'kerb', 'cam-1', 'unknown', 'yard']],
    ['density(s|', ['square', 'stairs', ')']],
    ['density(hall|', [')']],
    ['density(hall|, x) > 3', [')']],
    ['flow(|', ['north-gate', 'door', 'in', 'not']],
    ['flow(door|', [', ']],
    ['flow(door,|', ['in', 'out', 'both']],
    ['flow(door, in|', [')']],
    ['health(|', ['cam-1', 'square', 'unknown', 'yard']],
    ['forecast(|', ['density(', 'occupancy(']],
    ['forecast(density(|', CALIBRATED],
    ['forecast(density(hall), |', ['5min', '10min', '15min']],
    ['density(hall) |', ORDERINGS],
    ['los(hall)|', [...ORDERINGS, '==', '!=']],
    ['health(cam-1) |', ['==', '!=']],
    ['forecast(density(hall), 5min) |', ORDERINGS],
    ['density(hall) >|', ['>=']],
    ['los(hall) > |', ['A', 'B', 'C', 'D', 'E', 'F']],
    ['health(cam-1) == |', ['ok', 'degraded', 'connecting', 'unknown']],
    ['health(cam-1) == d|', ['degraded']],
    ['density(hall) > |', []],
    ['density(hall) > 3|', ['/m2']],
    ['forecast(density(hall), 5min) > 3|', ['/m2']],
    ['occupancy(hall) > 3|', []],
    ['flow(door, in) > 80/|', ['/min', '/s', '/h']],
    ['stopped(hall) > 60|', ['s', 'min', 'h']],
    ['stopped(hall) > 60m|', ['min']],
    ['occupancy(hall) > 3 |', ['and', 'or']],
    ['occupancy(hall) > 3 a|', ['and']],
    ['(occupancy(hall) > 3|', [')']],
    ['(los(hall) > B |', ['and', 'or', ')']],
    // Nothing behind a mistake.
    ['density(hall) = 3 |', []],
    ['nonsense(|', [...CALIBRATED, 'cam-1', 'unknown']],
    ['density(hall) > 3 & |', []],
    [`${'('.repeat(1001)}|`, []],
  ])('at %s', (text, texts) => {
    expect(offered(text)).toEqual(texts);
  });

  it('takes the place of the word that the cursor is in', () => {
    expect(complete('density(sqxx) > 3', 10, SITE)[0]).toEqual({
      from: 8,
      to: 12,
      text: 'square',
      kind: 'place',
      what: 'Zone',
    });
    expect(complete('density( > 3', 8, SITE)[0]).toMatchObject({ from: 8, to: 8, text: 'square' });
  });

  it.each([-1, 0, 3.5, 99, Number.NaN])('a cursor at %d is taken for one in the text', (offset) => {
    expect(() => complete('density(hall)', offset, SITE)).not.toThrow();
  });

  it('says what it means', () => {
    expect(complete('', 0, SITE).every(({ what }) => what.length > 0)).toBe(true);
    expect(complete('los(hall) > ', 12, SITE).map(({ what }) => what)).toEqual([
      'Up to 0.31 per m²',
      'Up to 0.43 per m²',
      'Up to 0.72 per m²',
      'Up to 1.08 per m²',
      'Up to 2.15 per m²',
      'Above 2.15 per m²',
    ]);
  });

  it('is what makes the text longer without a new mistake', () => {
    fc.assert(
      fc.property(anyExpression.map(printCondition), fc.nat(), fc.nat(), (text, cut, pick) => {
        const offset = cut % (text.length + 1);
        const offers = complete(text.slice(0, offset), offset, SITE);
        fc.pre(offers.length > 0);
        const { from, to, text: taken } = offers[pick % offers.length];
        const longer = `${text.slice(0, from)}${taken}${text.slice(to, offset)}`;
        // What is still missing is all that is wrong; a unit may be.
        const problems = conditionProblems(longer, SITE).filter(
          (problem) => problem.from < longer.length - taken.length && !/unit|closed|hold/.test(problem.message),
        );
        expect(problems).toEqual([]);
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});
