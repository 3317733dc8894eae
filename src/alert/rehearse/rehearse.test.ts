import { describe, expect, it } from 'vitest';
import type { CompiledRule } from '../life/compiled-rule.ts';
import { circumstancesAt, ruleOf, START_MS, truthOf } from '../life/timeline.fixture.ts';
import type { Circumstances } from '../rule/condition.ts';
import { rehearse, type RehearsalOptions } from './rehearse.ts';

const STEP_MS = 1000;

/** A rule that holds as its strip says, a letter a step. */
const told = (letters: string, given: Record<string, unknown> = {}, stepMs = STEP_MS): CompiledRule => ({
  rule: ruleOf(given),
  when: {
    text: letters,
    judge: ({ moment }) => truthOf(letters[(moment.timeMs - START_MS) / stepMs]),
    explain: ({ moment }) => `second ${(moment.timeMs - START_MS) / stepMs}`,
  },
  clear: null,
});

const secondsOf = (letters: string, stepMs = STEP_MS): Circumstances[] =>
  Array.from(letters, (_, i) => circumstancesAt(START_MS + i * stepMs));

const rehearseOne = async (
  letters: string,
  given: Record<string, unknown> = {},
  options: Partial<RehearsalOptions> = {},
) => {
  const stepMs = options.stepMs ?? STEP_MS;
  const rehearsal = await rehearse([told(letters, given, stepMs)], secondsOf(letters, stepMs), {
    timezone: 'UTC',
    ...options,
  });
  return rehearsal.rules[0];
};

/** A figure a step, as digits; '?' is unknown. */
const figures =
  (digits: string) =>
  (_: CompiledRule, { moment }: Circumstances): number | null => {
    const digit = digits[(moment.timeMs - START_MS) / STEP_MS];
    return digit === '?' ? null : Number(digit);
  };

const bitByBit = async function* (letters: string) {
  for (const second of secondsOf(letters)) yield await Promise.resolve(second);
};

describe('a rehearsal', () => {
  it('says when, how often and for how long', async () => {
    const fared = await rehearseOne('FTTFFTFTT', { latch: true });
    expect(fared).toMatchObject({ rule: 'square-crowded', raised: 3, openMs: 4000, unknownShare: 0, peak: null });
    expect(fared.alerts.map(({ raisedMs, endedMs, message }) => [raisedMs - START_MS, endedMs, message])).toEqual([
      [1000, START_MS + 3000, 'second 1'],
      [5000, START_MS + 6000, 'second 5'],
      [7000, null, 'second 7'],
    ]);
  });

  it.each([
    {
      what: 'hold and clear times',
      letters: 'TTTTTFFTFFFF',
      rule: { for: '3s', clearFor: '3s' },
      raised: 1,
      openMs: 8000,
    },
    { what: 'a rule that is switched off', letters: 'FTF', rule: { enabled: false }, raised: 1, openMs: 1000 },
    { what: 'a schedule', letters: 'FTF', rule: { schedule: [{ from: '00:00', to: '12:00' }] }, raised: 0, openMs: 0 },
  ])('minds $what', async ({ letters, rule, raised, openMs }) =>
    expect(await rehearseOne(letters, rule)).toMatchObject({ raised, openMs }),
  );

  it('says for how much of the time it could not be evaluated, and how often that would have been told', async () => {
    const fared = await rehearseOne('FF????FFFFFF', { blindAfter: '2s' });
    expect(fared.unknownShare).toBeCloseTo(4 / 11, 10);
    expect(fared.blind).toEqual({ raised: 1, openMs: 7000 });
    expect(fared.alerts).toMatchObject([{ kind: 'blind' }]);
  });

  it('counts gaps as unknown', async () => {
    const rule = told('FF');
    const seconds = [circumstancesAt(START_MS), circumstancesAt(START_MS + 1000), circumstancesAt(START_MS + 11_000)];
    const { rules, fromMs, toMs, judged } = await rehearse([rule], seconds, { timezone: 'UTC' });
    expect(rules[0].unknownShare).toBeCloseTo(10 / 11, 10);
    expect({ fromMs, toMs, judged }).toEqual({ fromMs: START_MS, toMs: START_MS + 11_000, judged: 3 });
  });

  it('works on minutes', async () => {
    const fared = await rehearseOne('FTTTTTF', { for: '3min', blindAfter: '10min' }, { stepMs: 60_000 });
    expect(fared).toMatchObject({ raised: 1, openMs: 120_000, alerts: [{ raisedMs: START_MS + 240_000 }] });
  });

  it.each([
    { what: 'ahead of it', when: 'FTTTTF', peaks: '123454', ahead: 3000, first: 3000 },
    { what: 'with it', when: 'FFFFTF', peaks: '123454', ahead: 0, first: 0 },
    { what: 'after it', when: 'FFFFFT', peaks: '123454', ahead: null, first: null },
    { what: 'never', when: 'FFFFFF', peaks: '123454', ahead: null, first: null },
    { what: 'and was over by then', when: 'FTFFFF', peaks: '123454', ahead: null, first: 3000 },
    { what: 'twice: the second is about the peak', when: 'TFFTTF', peaks: '123454', ahead: 1000, first: 4000 },
    { what: 'before the first of two like peaks', when: 'TTTTTF', peaks: '135551', ahead: 2000, first: 2000 },
  ])('says how long ahead of the peak it fired: $what', async ({ when, peaks, ahead, first }) => {
    const { peak } = await rehearseOne(when, {}, { peakOf: figures(peaks) });
    expect(peak).toMatchObject({ value: 5, aheadMs: ahead, firstRaiseAheadMs: first });
  });

  it.each([
    { what: 'is never known', peaks: '????', found: [] },
    { what: 'is known for a while', peaks: '?32?', found: [[3, START_MS + 1000]] },
  ])('with a figure that $what', async ({ peaks, found }) => {
    const { peak } = await rehearseOne('FFFF', {}, { peakOf: figures(peaks) });
    expect(peak ? [[peak.value, peak.timeMs]] : []).toEqual(found);
  });

  it('of nothing says that nothing was judged', async () => {
    expect(await rehearse([told('')], [], { timezone: 'UTC' })).toMatchObject({
      fromMs: null,
      judged: 0,
      rules: [{ raised: 0, unknownShare: null }],
    });
  });

  it('takes what comes bit by bit, and lists a thousand alerts of all', async () => {
    const { rules } = await rehearse([told('TF'.repeat(1201))], bitByBit('TF'.repeat(1201)), { timezone: 'UTC' });
    expect(rules[0]).toMatchObject({ raised: 1201, openMs: 1_201_000, hasMore: true });
    expect(rules[0].alerts).toHaveLength(1000);
    expect(rules[0].alerts.every(({ endedMs }) => endedMs !== null)).toBe(true);
  });
});
