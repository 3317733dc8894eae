import { describe, expect, it } from 'vitest';
import { StarlingError } from '../contract/index.ts';
import { parseSimulation } from './plan.ts';
import { SCENARIOS } from './scenarios.ts';

const refusal = (source: string): string => {
  try {
    parseSimulation(source);
  } catch (error) {
    if (error instanceof StarlingError && error.code === 'SIMULATE_BAD_SCENARIO') return error.message;
    throw error;
  }
  return 'understood';
};

describe('parseSimulation', () => {
  it.each(Object.keys(SCENARIOS))('takes %s with all its defaults', (name) => {
    const plan = parseSimulation(`sim://${name}`);
    expect(plan.scenario).toBe(name);
    expect(plan.numbers['people']).toBeGreaterThan(0);
    expect(plan.given).toEqual([]);
  });

  it('fills in defaults round what is given', () => {
    const plan = parseSimulation('sim://corridor?people=120&seed=7&share=.25');
    expect(plan.numbers).toEqual({ people: 120, seed: 7, length: 40, width: 4, share: 0.25 });
    expect(plan.given).toEqual(['people', 'seed', 'share']);
    expect(parseSimulation('sim://corridor/?people=120').numbers['people']).toBe(120);
    expect(parseSimulation('sim://surge?area=front-row').names).toEqual({ area: 'front-row' });
    expect(parseSimulation('sim://plaza?rate=2.5e0').numbers.rate).toBe(2.5);
  });

  it.each<readonly [source: string, says: RegExp]>([
    ['rtsp://camera', /does not begin with sim:/],
    ['sim://', /no scenario ""/],
    ['sim://Plaza', /no scenario "Plaza", perhaps you mean "plaza"/],
    ['sim://corridoor?people=3', /perhaps you mean "corridor"/],
    ['sim://toString', /no scenario "toString"/],
    ['sim://plaza#people=3', /no scenario/],
    ['sim://plaza?peple=3', /no parameter "peple", perhaps you mean "people" \(it takes people, seed/],
    ['sim://plaza?constructor=3', /no parameter "constructor"/],
    ['sim://plaza?share=0.5', /no parameter "share"/],
    ['sim://plaza?people', /people= is not a number/],
    ['sim://plaza?people=', /people= is not a number/],
    ['sim://plaza?people=many', /people=many is not a number/],
    ['sim://plaza?people=0x10', /people=0x10 is not a number/],
    ['sim://plaza?people=1e999', /people=1e999 is not between/],
    ['sim://plaza?people=NaN', /people=NaN is not a number/],
    ['sim://plaza?people=2.5', /people=2.5 is not a whole number/],
    ['sim://plaza?people=0', /people=0 is not between 1 and 5000/],
    ['sim://plaza?people=-1', /people=-1 is not between 1 and 5000/],
    ['sim://plaza?people=3&people=4', /people is given twice/],
    ['sim://bottleneck?door=0.5', /door=0.5 is not between 0.8 and 5/],
    ['sim://surge?area=', /area is empty/],
  ])('refuses %s', (source, says) => {
    expect(refusal(source)).toMatch(says);
  });
});
