import { describe, expect, it } from 'vitest';
import type { CompiledRule } from './compiled-rule.ts';
import { LifeEngine } from './engine.ts';
import type { LifeEvent } from './life-event.ts';
import { circumstancesAt, lettersOf, ruleOf, START_MS, Told, truthOf } from './timeline.fixture.ts';

const NOON_MS = START_MS;

/** A rule that holds as its letter says. */
const told = (given: Record<string, unknown>): CompiledRule & { readonly when: Told } => ({
  rule: ruleOf(given),
  when: new Told(),
  clear: null,
});

class Site {
  nowMs = NOON_MS;
  readonly engine;

  constructor(rules: readonly CompiledRule[], timezone = 'UTC') {
    let ids = 0;
    this.engine = new LifeEngine({ rules, timezone, newId: () => `alert-${++ids}` });
  }

  judge(): LifeEvent[] {
    this.nowMs += 1000;
    return this.engine.judge(circumstancesAt(this.nowMs));
  }

  /** Judges once a letter, and gives the events as a strip. */
  run(rule: { readonly when: Told }, letters: string): string {
    return Array.from(letters, (letter) => {
      rule.when.truth = truthOf(letter);
      return lettersOf(this.judge());
    }).join('');
  }

  get act() {
    return { by: 'kim', nowMs: this.nowMs };
  }
}

describe('several rules', () => {
  it('live their lives each by itself, and are told in their order', () => {
    const [square, hall] = [told({ id: 'square' }), told({ id: 'hall', for: '2s' })];
    const site = new Site([square, hall]);
    hall.when.truth = true;
    expect(site.run(square, 'FTTF')).toBe('.RRC');
    expect(site.engine.current().map(({ subject, state }) => [subject, state])).toEqual([['hall', 'raised']]);
  });

  it('are not held up by one that fails: that one is blind', () => {
    const broken: CompiledRule = {
      rule: ruleOf({ id: 'broken', blindAfter: '2s' }),
      when: {
        text: '',
        judge: () => {
          throw new TypeError('no such figure');
        },
        explain: () => 'never asked',
      },
      clear: null,
    };
    const square = told({ id: 'square' });
    const site = new Site([broken, square]);
    expect(site.run(square, 'TTT')).toBe('R.B');
    expect(site.engine.current().find(({ subject }) => subject === 'broken')).toMatchObject({
      kind: 'blind',
      message: 'It could not be evaluated for 2 s: no such figure',
    });
  });

  it('that are switched off are not judged', () => {
    const square = told({ id: 'square', enabled: false });
    expect(new Site([square]).run(square, 'TT')).toBe('..');
  });
});

describe('a rule that is asleep', () => {
  // Judged from 12:00:01 on.
  const asleep = { schedule: [{ from: '00:00', to: '12:00' }] };
  const until = { schedule: [{ from: '00:00', to: '12:01' }] };

  it('raises nothing, and is not blind', () => {
    const square = told({ ...asleep, blindAfter: '1s' });
    expect(new Site([square]).run(square, 'TTT???')).toBe('......');
  });

  it('keeps what is raised until it clears; escalation goes on', () => {
    const square = told({ ...until, escalate: [{ after: '62s', notify: ['chief'] }] });
    const site = new Site([square]);
    expect(site.run(square, `T${'T'.repeat(63)}FT`)).toBe(`R${'.'.repeat(61)}E.C.`);
  });

  it('forgets hold times when it falls asleep', () => {
    const square = told({ ...until, for: '50s' });
    const site = new Site([square]);
    expect(site.run(square, `${'F'.repeat(30)}${'T'.repeat(60)}`)).not.toContain('R');
    expect(site.engine.current()).toEqual([]);
  });

  it('wakes at its hour in the site’s own zone, with hold times begun anew', () => {
    const square = told({ for: '2s', schedule: [{ from: '17:31', to: '18:00' }] });
    const site = new Site([square], 'Asia/Kolkata'); // 12:01 UTC
    expect(site.run(square, 'T'.repeat(63))).toBe(`${'.'.repeat(61)}R.`);
  });
});

describe('rules that change while they are judged', () => {
  it('an unchanged rule keeps its state and timers', () => {
    const square = told({ for: '3s' });
    const site = new Site([square]);
    site.run(square, 'TTT');
    expect(site.engine.setRules([{ ...square, rule: { ...square.rule } }], site.nowMs)).toEqual([]);
    expect(site.run(square, 'T')).toBe('R');
  });

  it('a changed text begins hold times anew, and leaves what is raised', () => {
    const square = told({ for: '3s', clearFor: '3s' });
    const site = new Site([square]);
    site.run(square, 'TTT');
    const changed = { ...square, rule: { ...square.rule, when: 'density(square) > 3' } };
    site.engine.setRules([changed], site.nowMs);
    expect(site.engine.current()).toEqual([]);
    expect(site.run(square, 'TTTTFFF')).toBe('...R...');
    site.engine.setRules([square], site.nowMs);
    expect(site.engine.current()).toMatchObject([{ state: 'raised' }]);
    expect(site.run(square, 'FFFF')).toBe('...C');
  });

  it.each([
    { what: 'is gone', after: [] },
    { what: 'is switched off', after: [told({ enabled: false })] },
  ])('an alert expires when its rule $what', ({ after }) => {
    const square = told({ notify: ['room'] });
    const site = new Site([square]);
    site.run(square, 'T');
    const events = site.engine.setRules(after, site.nowMs);
    expect(events).toMatchObject([
      { kind: 'expired', notify: ['room'], text: 'Its rule was taken away or switched off.' },
    ]);
    expect(site.engine.current()).toEqual([]);
    expect(site.run(square, 'T')).toBe('.');
  });

  it('a pending alert of a rule that is gone goes without a word, and so does a suppression', () => {
    const square = told({ for: '3s' });
    const site = new Site([square]);
    site.engine.suppress('square-crowded', site.nowMs + 9000, site.act, 'setting up');
    expect(site.engine.setRules([], site.nowMs)).toEqual([]);
    expect(site.engine.suppressions()).toEqual([]);
  });
});

describe('somebody who cannot be told', () => {
  const rules = [told({ id: 'a', notify: ['room', 'mail'], escalate: [{ after: '1min', notify: ['chief'] }] })];

  it('is told of to all others, once, until they can be told again', () => {
    const { engine } = new Site(rules);
    expect(engine.raiseNotifier('mail', 'refused', NOON_MS)).toMatchObject([
      { kind: 'raised', subject: 'mail', notify: ['room', 'chief'], alert: { kind: 'notifier', message: 'refused' } },
    ]);
    expect(engine.raiseNotifier('mail', 'refused again', NOON_MS)).toEqual([]);
    expect(engine.current()).toHaveLength(1);
    expect(engine.clearNotifier('mail', NOON_MS)).toMatchObject([{ kind: 'cleared', notify: ['room', 'chief'] }]);
    expect(engine.clearNotifier('mail', NOON_MS)).toEqual([]);
    expect(engine.raiseNotifier('mail', 'refused', NOON_MS)).toHaveLength(1);
  });

  it('can be acknowledged, and lives on when rules change', () => {
    const site = new Site(rules);
    site.engine.raiseNotifier('mail', 'refused', NOON_MS);
    expect(site.engine.acknowledge('alert-1', site.act)).toMatchObject([{ kind: 'acknowledged', by: 'kim' }]);
    expect(site.engine.setRules([], NOON_MS)).toEqual([]);
    expect(site.engine.current()).toMatchObject([{ state: 'acknowledged' }]);
  });
});

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('what people may do', () => {
  const square = told({ for: '2s' });
  const site = () => new Site([square]);

  it('an alert that is pending cannot be acknowledged', () => {
    const pending = site();
    pending.run(square, 'T');
    expect(codeOf(() => pending.engine.acknowledge('alert-1', pending.act))).toBe('ALERT_NOT_OPEN');
  });

  it.each([
    {
      what: 'an alert that is not',
      work: ({ engine, act }: Site) => engine.acknowledge('x', act),
      code: 'ALERT_NOT_FOUND',
    },
    {
      what: 'a rule that is not',
      work: ({ engine, act }: Site) => engine.resume('x', act),
      code: 'ALERT_NO_SUCH_RULE',
    },
    {
      what: 'suppressing one that is not',
      work: ({ engine, act }: Site) => engine.suppress('x', NOON_MS + 1, act, 'why'),
      code: 'ALERT_NO_SUCH_RULE',
    },
    {
      what: 'suppressing until now',
      work: ({ engine, act }: Site) => engine.suppress('square-crowded', NOON_MS, act, 'why'),
      code: 'ALERT_BAD_SUPPRESSION',
    },
    {
      what: 'suppressing until no time at all',
      work: ({ engine, act }: Site) => engine.suppress('square-crowded', Number.NaN, act, 'why'),
      code: 'ALERT_BAD_SUPPRESSION',
    },
    {
      what: 'suppressing for a season',
      work: ({ engine, act }: Site) => engine.suppress('square-crowded', NOON_MS + 32 * 86_400_000, act, 'why'),
      code: 'ALERT_BAD_SUPPRESSION',
    },
    {
      what: 'suppressing for no reason',
      work: ({ engine, act }: Site) => engine.suppress('square-crowded', NOON_MS + 1, act, ' '),
      code: 'ALERT_BAD_SUPPRESSION',
    },
  ])('$what: $code', ({ work, code }) => expect(codeOf(() => work(site()))).toBe(code));

  it('resuming what is not suppressed changes nothing', () => {
    const { engine, act } = site();
    expect(engine.resume('square-crowded', act)).toEqual([]);
  });

  it('a suppression says until when, in the site’s time, and why', () => {
    const { engine, act } = new Site([square], 'Europe/Amsterdam');
    expect(engine.suppress('square-crowded', NOON_MS + 3_600_000, act, 'stage is built')).toMatchObject([
      { kind: 'suppressed', by: 'kim', alert: null, text: 'Until 2026-03-02 14:00 Europe/Amsterdam: stage is built' },
    ]);
  });

  it.each([
    { what: 'nothing', text: ' \n', notes: 0 },
    { what: 'a novel', text: 'x'.repeat(2001), notes: 0 },
    { what: 'the two hundred and first', text: 'x', notes: 200 },
  ])('a note is not $what', ({ text, notes }) => {
    const noted = site();
    noted.run(square, 'TTT');
    const [alert] = noted.engine.current();
    const full = { ...alert, notes: Array.from({ length: notes }, () => ({ timeMs: 0, by: 'kim', text: 'x' })) };
    expect(codeOf(() => noted.engine.note(full, noted.act, text))).toBe('ALERT_BAD_NOTE');
  });

  it('notes stay with the alert, and are told to nobody', () => {
    const noted = site();
    noted.run(square, 'TTT');
    expect(noted.engine.note(noted.engine.current()[0], noted.act, 'two stewards sent')).toMatchObject([
      { kind: 'noted', by: 'kim', text: 'two stewards sent', notify: [] },
    ]);
    expect(noted.engine.current()).toMatchObject([
      { state: 'raised', notes: [{ by: 'kim', text: 'two stewards sent' }] },
    ]);
  });
});
