import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from './compile.ts';
import { circumstancesOf, figure, type Known, SITE } from './rules.fixture.ts';

const explain = (text: string, known: Known): string => compileCondition(text, SITE).explain(circumstancesOf(known));

describe('what was found', () => {
  it.each([
    ['density(hall) > 3.5', { densityPerM2: figure(3.8, 0.2) }, 'density(hall) is 3.8 ± 0.2 per m², above 3.5'],
    ['density(hall) > 3.5', { densityPerM2: figure(3.2, 0.2) }, 'density(hall) is 3.2 ± 0.2 per m², at most 3.5'],
    ['density(hall) < 3/m2', { densityPerM2: figure(3, 0.11) }, 'density(hall) is 3.0 ± 0.1 per m², at least 3/m2'],
    ['density(hall) <= 3', { densityPerM2: figure(2, 0) }, 'density(hall) is 2 per m², at most 3'],
    ['density(hall) > 3.5', { densityPerM2: null }, 'density(hall) is unknown'],
    ['density(hall) > 3.5', { densityPerM2: figure(Number.NaN) }, 'density(hall) is unknown'],
    // Never "3.5, above 3.5".
    ['density(hall) > 3.5', { densityPerM2: figure(3.504, 0.2) }, 'density(hall) is 3.504 ± 0.200 per m², above 3.5'],
    ['density(hall) >= 3.5', { densityPerM2: figure(3.5, 0.2) }, 'density(hall) is 3.5 ± 0.2 per m², at least 3.5'],
    ['occupancy(hall) >= 450', { occupancy: figure(461.7, 12.4) }, 'occupancy(hall) is 462 ± 12 people, at least 450'],
    ['occupancy(hall) >= 450', { occupancy: figure(0) }, 'occupancy(hall) is 0 people, below 450'],
    ['occupancy(hall) >= 450', { occupancy: figure(1e300) }, 'occupancy(hall) is 1e+300 people, at least 450'],
    ['pressure(hall) > 0.02', { pressurePerS2: figure(0.0234567) }, 'pressure(hall) is 0.0235 per s², above 0.02'],
    ['speed(hall) < 0.3', { speedMps: figure(0.21, 0.04) }, 'speed(hall) is 0.21 ± 0.04 m/s, below 0.3'],
    ['counterflow(hall) >= 57%', { counterflowIndex: figure(0.57) }, 'counterflow(hall) is 57 %, at least 57%'],
    ['counterflow(hall) > 0.4', { counterflowIndex: figure(0.5) }, 'counterflow(hall) is 0.5, above 0.4'],
    ['stopped(hall) > 1min', { stoppedS: figure(150) }, 'stopped(hall) is 2.5 min, above 1min'],
    ['stopped(hall) > 60s', { stoppedS: figure(59) }, 'stopped(hall) is 59 s, at most 60s'],
    ['los(hall) >= E', { densityPerM2: figure(1.4, 0.1) }, 'los(hall) is E (1.4 ± 0.1 per m²), at least E'],
    ['los(hall) != E', { densityPerM2: figure(0.2) }, 'los(hall) is A (0.2 per m²), not E'],
    ['los(hall) == E', { densityPerM2: null }, 'los(hall) is unknown'],
    [
      'density(hall) > 3',
      { densityPerM2: figure(3.2, 0.1, true) },
      'density(hall) is 3.2 ± 0.1 per m² in the part that is seen, above 3',
    ],
    [
      'density(hall) > 3',
      { densityPerM2: figure(2.2, 0.1, true) },
      'density(hall) is 2.2 ± 0.1 per m² in the part that is seen, whether the whole is above 3 is unknown',
    ],
    [
      'los(hall) >= E',
      { densityPerM2: figure(0.2, 0.1, true) },
      'los(hall) is A (0.2 ± 0.1 per m²) in the part that is seen, whether the whole is at least E is unknown',
    ],
  ])('%s', (text, figures, found) => {
    expect(explain(text, { zones: { hall: figures } })).toBe(found);
  });

  it('of gates, forecasts and cameras', () => {
    const known: Known = {
      gates: { door: { in: figure(50, 3), out: figure(40, 4) } },
      forecast: () => figure(4.23, 0.5),
      states: { 'cam-1': 'degraded' },
    };
    expect(explain('flow(door, both) > 80/min', known)).toBe('flow(door, both) is 90 ± 5 per min, above 80/min');
    expect(explain('flow(door, in) > 1/s', known)).toBe('flow(door, in) is 0.83 ± 0.05 per s, at most 1/s');
    expect(explain('forecast(density(hall), 10min) > 4', known)).toBe(
      'forecast(density(hall), 10min) is 4.2 ± 0.5 per m², above 4',
    );
    expect(explain('health(cam-1) == unknown', known)).toBe('health(cam-1) is degraded, not unknown');
    expect(explain('health(cam-1) == degraded', known)).toBe('health(cam-1) is degraded');
    expect(explain('health(yard) == unknown', known)).toBe('health(yard) is unknown');
  });

  const known = { zones: { hall: { occupancy: figure(5) }, square: {} } };
  it.each([
    [
      'occupancy(hall) > 1 and occupancy(hall) > 2',
      'occupancy(hall) is 5 people, above 1; occupancy(hall) is 5 people, above 2',
    ],
    ['occupancy(hall) > 1 and occupancy(hall) > 9', 'occupancy(hall) is 5 people, at most 9'],
    ['occupancy(hall) > 1 and occupancy(square) > 1', 'occupancy(square) is unknown'],
    ['occupancy(hall) > 1 or occupancy(square) > 1', 'occupancy(hall) is 5 people, above 1'],
    [
      'occupancy(hall) > 8 or occupancy(hall) > 9',
      'occupancy(hall) is 5 people, at most 8; occupancy(hall) is 5 people, at most 9',
    ],
    ['occupancy(hall) > 8 or occupancy(square) > 1', 'occupancy(square) is unknown'],
    [
      'not (occupancy(hall) > 8 or occupancy(hall) < 5)',
      'occupancy(hall) is 5 people, at most 8; occupancy(hall) is 5 people, at least 5',
    ],
    ['occupancy(square) > 1 or occupancy(square) < 1', 'occupancy(square) is unknown'],
  ])('is told as far as it decides: %s', (text, found) => {
    expect(explain(text, known)).toBe(found);
  });

  it('fits in 500 characters, and says when there is more', () => {
    const text = Array.from({ length: 40 }, (_, i) => `occupancy(hall) < ${i + 6}`).join(' and ');
    const found = explain(text, known);
    expect(found.length).toBeLessThanOrEqual(500);
    expect(found).toMatch(/^occupancy\(hall\) is 5 people, below 6; .*; and \d+ more$/);
    const told = found.split('; ').length - 1;
    expect(found).toContain(`and ${40 - told} more`);
  });

  it('of the longest names fits, too', () => {
    const name = 'a'.repeat(64);
    const site = { zones: [name], gates: [], cameras: [] };
    const condition = compileCondition(`forecast(occupancy(${name}), 10min) > 123456789.123456`, site);
    fc.assert(
      fc.property(fc.double(), fc.option(fc.double({ min: 0 })), fc.boolean(), (value, error, partial) => {
        const circumstances = circumstancesOf({ forecast: () => figure(value, error, partial) });
        expect(condition.explain(circumstances).length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
