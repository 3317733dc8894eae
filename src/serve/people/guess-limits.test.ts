import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuessLimits, type Guess, type GuessLimits } from './guess-limits.ts';

const ADA: Guess = { name: 'ada', address: '192.0.2.7', knownDevice: null };

/** Whether a wrong password was looked at. */
const miss = (limits: GuessLimits, guess: Partial<Guess> = {}, nowMs = 0): boolean => {
  try {
    limits.begin({ ...ADA, ...guess }, nowMs);
    return true;
  } catch {
    return false;
  }
};

const misses = (limits: GuessLimits, count: number, guess: (i: number) => Partial<Guess>): number =>
  Array.from({ length: count }, (_, i) => miss(limits, guess(i))).filter(Boolean).length;

describe('wrong passwords', () => {
  it.each<[string, (i: number) => Partial<Guess>, number]>([
    ['for one name', () => ({}), 6],
    ['for one name in many letters', (i) => ({ name: i % 2 === 0 ? 'ADA' : 'ａｄａ' }), 6],
    ['for many names', (i) => ({ name: `n${i}` }), 21],
    ['for one name, from one IPv6 connection', (i) => ({ address: `2001:db8::${i}` }), 6],
    ['for many names, from one IPv6 connection', (i) => ({ name: `n${i}`, address: `2001:db8::${i}` }), 21],
    ['for one name, from one browser in many places', (i) => ({ knownDevice: 'd', address: `10.0.0.${i}` }), 6],
  ])('%s: so many before one has to wait', (_, guess, through) => {
    expect(misses(createGuessLimits(), 100, guess)).toBe(through);
  });

  it('of others make nobody wait elsewhere, nor in a browser that is known', () => {
    const limits = createGuessLimits();
    misses(limits, 100, () => ({}));
    misses(limits, 100, (i) => ({ name: `n${i}` }));
    expect(miss(limits)).toBe(false);
    expect(miss(limits, { address: '198.51.100.1' })).toBe(true);
    expect(miss(limits, { knownDevice: 'd' })).toBe(true);
  });

  it('are not forgotten for a right one that the same address knows', () => {
    const limits = createGuessLimits();
    let through = 0;
    for (let i = 0; i < 100; i++) {
      if (miss(limits, { name: `n${i}` })) through++;
      try {
        limits.begin({ ...ADA, name: 'eve' }, 0).wasRight();
      } catch {
        // The address has to wait by now.
      }
    }
    expect(through).toBe(21);
  });

  it('are forgotten for whoever then knows it', () => {
    const limits = createGuessLimits();
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 4; i++) expect(miss(limits)).toBe(true);
      limits.begin(ADA, 0).wasRight();
    }
  });

  it('do not count where nothing was compared', () => {
    const limits = createGuessLimits();
    for (let i = 0; i < 100; i++) limits.begin(ADA, 0).wasNotLookedAt();
    expect(misses(limits, 100, () => ({}))).toBe(6);
  });

  it('never lock out: whatever others do, a known browser comes in at once, and anybody within the longest delay', () => {
    const attack = fc.record({
      name: fc.constantFrom('ada', 'ADA', 'eve', 'n1'),
      address: fc.constantFrom('192.0.2.7', '192.0.2.8', '2001:db8::1'),
      passMs: fc.nat(100_000),
    });
    fc.assert(
      fc.property(fc.array(attack, { maxLength: 80 }), (attacks) => {
        const limits = createGuessLimits();
        let nowMs = 0;
        for (const { name, address, passMs } of attacks) {
          nowMs += passMs;
          miss(limits, { name, address }, nowMs);
        }
        expect(miss(limits, { knownDevice: 'own' }, nowMs)).toBe(true);
        expect(miss(limits, { address: '203.0.113.1' }, nowMs)).toBe(true);
        expect(miss(limits, {}, nowMs + 15 * 60_000)).toBe(true);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
