import { describe, expect, it } from 'vitest';
import { ruleOf, run, START_MS, strip, type Timeline } from './timeline.fixture.ts';

/** A timeline, and what it leads to. */
interface Case extends Timeline {
  readonly what: string;
  readonly events: string;
}

const expectAll = (cases: readonly Case[]): void => {
  it.each(cases)('$what', ({ events, ...timeline }) => expect(strip(timeline)).toBe(events));
};

describe('raising', () => {
  expectAll([
    { what: 'at once, without a hold time', when: 'FTTF', events: '.R.C' },
    { what: 'after the hold time', rule: { for: '3s' }, when: 'FTTTTTF', events: '....R.C' },
    { what: 'not when it ends before', rule: { for: '3s' }, when: 'FTTTFTTTF', events: '.........' },
    { what: 'never, with a hold time for ever', rule: { for: 'forever' }, when: 'TTTTTTTT', events: '........' },
    { what: 'not when nobody knows', when: '????', events: '....' },
    { what: 'anew after it was over', when: 'TFTF', events: 'RCRC' },
    {
      what: 'by the time that has passed, not by how often it was judged',
      rule: { for: '3s' },
      when: 'TTTTTTTT',
      stepMs: 500,
      events: '......R.',
    },
  ]);
});

describe('a hold time in which it is unknown', () => {
  expectAll([
    { what: 'stands still: unknown does not raise', rule: { for: '2s' }, when: 'T??????????', events: '...........' },
    { what: 'goes on afterwards', rule: { for: '2s' }, when: 'TT??T', events: '....R' },
    { what: 'gets there, however it flickers', rule: { for: '3s' }, when: 'T?T?T?T', events: '......R' },
    { what: 'ends when it is known not to hold', rule: { for: '2s' }, when: 'TT?F?TT?T', events: '........R' },
    {
      what: 'is forgotten when blindness is told',
      rule: { for: '2s', blindAfter: '3s' },
      when: 'TT????TTT',
      events: '.....B..R',
    },
    {
      what: 'is forgotten after the expiry, should that be sooner',
      rule: { for: '2s', blindAfter: 'forever', expireAfter: '3s' },
      when: 'TT????TTT',
      events: '........R',
    },
  ]);
});

describe('clearing', () => {
  expectAll([
    { what: 'after the clear time', rule: { clearFor: '3s' }, when: 'TFFFFF', events: 'R...C.' },
    { what: 'not when it holds again before', rule: { clearFor: '3s' }, when: 'TFFFTFFFF', events: 'R.......C' },
    { what: 'never by what is unknown', rule: { clearFor: '3s' }, when: 'T????????????', events: 'R............' },
    { what: 'begins anew after a second of unknown', rule: { clearFor: '3s' }, when: 'TFFF?FFFF', events: 'R.......C' },
    { what: 'at its own level: between the two it stays', when: 'TFFFF', clear: 'FFFTT', events: 'R..C.' },
    { what: 'not while its own level is unknown', when: 'TFFFF', clear: 'F???T', events: 'R...C' },
    { what: 'not while the other level is unknown', when: 'T???F', clear: 'FTTTT', events: 'R...C' },
    { what: 'not while both levels hold: badly written, it stays', when: 'TTTF', clear: 'TTTT', events: 'R..C' },
    {
      what: 'hovering at the threshold raises once',
      rule: { clearFor: '2s' },
      when: 'TFTFTFTFTFFTFFF',
      events: 'R.............C',
    },
    {
      what: 'hovering between two levels raises once',
      when: 'TFTFTFTFTF',
      clear: 'FFFFFFFFFT',
      events: 'R........C',
    },
  ]);
});

describe('people', () => {
  expectAll([
    { what: 'acknowledge; it clears when it is over', when: 'TTTF', acts: '..a.', events: 'R.AC' },
    { what: 'acknowledge twice: the second changes nothing', when: 'TTTF', acts: '.aa.', events: 'RA.C' },
    {
      what: 'latched, it waits until they have seen it',
      rule: { latch: true },
      when: 'TFFFF',
      acts: '...a.',
      events: 'R..(AC).',
    },
    {
      what: 'latched and seen, it clears when it is over',
      rule: { latch: true },
      when: 'TTFF',
      acts: '.a..',
      events: 'RAC.',
    },
    {
      what: 'latched, and bad again before they saw it: seeing it does not end it',
      rule: { latch: true },
      when: 'TFFTTF',
      acts: '....a.',
      events: 'R...AC',
    },
    {
      what: 'latched, over, and then unknown: it was over, and stays so',
      rule: { latch: true },
      when: 'TF???',
      acts: '....a',
      events: 'R...(AC)',
    },
    {
      what: 'latched, well again for less than its clear time: it is not over',
      rule: { latch: true, clearFor: '3s' },
      when: 'TFF?FFFF',
      acts: '..a.....',
      events: 'R.A....C',
    },
  ]);
});

describe('escalation', () => {
  const rule = {
    notify: ['room'],
    escalate: [
      { after: '4s', notify: ['chief'] },
      { after: '2s', notify: ['deputy'] },
    ],
  };
  expectAll([
    { what: 'step by step, the shortest first', rule, when: 'TTTTTTTT', events: 'R.E.E...' },
    { what: 'not after somebody answered', rule, when: 'TTTTTTTT', acts: '...a....', events: 'R.EA....' },
    { what: 'not after it was over', rule, when: 'TTTFFFFF', events: 'R.EC....' },
    { what: 'also while it is unknown', rule, when: 'T????????', events: 'R.E.E....' },
    {
      what: 'also of what is latched and over: nobody has seen it',
      rule: { ...rule, latch: true },
      when: 'TFFFFF',
      events: 'R.E.E.',
    },
    {
      what: 'of blindness, too',
      rule: { ...rule, blindAfter: '1s' },
      when: '??????',
      events: '.B.e.e',
    },
    {
      what: 'never, after for ever',
      rule: { escalate: [{ after: 'forever', notify: ['a'] }] },
      when: 'TTTT',
      events: 'R...',
    },
  ]);

  it('tells those whose turn it is, and in the end everybody who was told', () => {
    const told = run({ rule: { ...rule, note: 'Close the gate.' }, when: 'TTTTTF' }).flat();
    expect(told.map(({ kind, notify, text }) => [kind, notify, text])).toEqual([
      ['raised', ['room'], 'Close the gate.'],
      ['escalated', ['deputy'], 'Close the gate.'],
      ['escalated', ['chief'], 'Close the gate.'],
      ['cleared', ['room', 'deputy', 'chief'], 'told false'],
    ]);
  });
});

describe('blindness', () => {
  const rule = { blindAfter: '3s' };
  expectAll([
    {
      what: 'raises after so long, and is over after five seconds of sight',
      rule,
      when: 'F????FFFFFFF',
      events: '....B.....b.',
    },
    { what: 'is about the rule: its alert lives on by itself', rule, when: 'T????TTTTTTF', events: 'R...B.....bC' },
    { what: 'not when it is short', rule, when: 'F???FFFFFF???FFFFFF', events: '...................' },
    { what: 'adds up when sight comes and goes', rule, when: '?F?F?F?F?F', events: '......B...' },
    { what: 'told once, however sight comes and goes', rule, when: '????F?FFFF?FFFFF?', events: '...B.............' },
    {
      what: 'of a rule whose clear level alone is unknown',
      rule,
      when: 'TFFFFFF',
      clear: 'F??????',
      events: 'R...B..',
    },
    {
      what: 'of a clear level counts only while it would clear',
      rule,
      when: 'FFFFFFF',
      clear: '???????',
      events: '.......',
    },
    {
      what: 'expires the alert in the end, and stays',
      rule: { ...rule, expireAfter: '5s' },
      when: 'T???????',
      events: 'R...B.X.',
    },
    {
      what: 'that ends for a second puts the expiry off',
      rule: { blindAfter: 'forever', expireAfter: '4s' },
      when: 'T????T????F',
      events: 'R.........C',
    },
    {
      what: 'expires what was acknowledged, too',
      rule: { blindAfter: 'forever', expireAfter: '2s' },
      when: 'T????',
      acts: '.a...',
      events: 'RA.X.',
    },
  ]);
});

describe('suppression', () => {
  expectAll([
    { what: 'raises nothing, until its time has come', when: 'FTTTTTTF', acts: '.s......', events: '.S...(UR).C' },
    { what: 'ends when somebody ends it', when: 'FTTTF', acts: '.s.u.', events: '.S.(UR)C' },
    { what: 'leaves what is raised', when: 'TTTTF', acts: '.s...', events: 'RS..C' },
    {
      what: 'forgets hold times',
      rule: { for: '3s' },
      when: 'TTTTTTTTTTT',
      acts: '..s........',
      events: '..S...U..R.',
    },
    {
      what: 'tells of no blindness',
      rule: { blindAfter: '2s' },
      when: '?????????',
      acts: 's........',
      events: 'S...U.B..',
    },
    { what: 'moves when it is done again', when: 'TTTTTTTTT', acts: 's.s......', events: 'S.S...(UR)..' },
    { what: 'is not put off by a clock that is set back', when: 'FFFFFFF', acts: 's.b....', events: 'S....U.' },
  ]);
});

describe('a clock that leaps, and a machine that slept', () => {
  expectAll([
    { what: 'raises nothing by itself', rule: { for: '20s' }, when: 'TTTTT', acts: '..g..', events: '.....' },
    {
      what: 'a hold time goes on after a short gap',
      rule: { for: '4s', blindAfter: '2min' },
      when: 'TTTTTTT',
      acts: '...g...',
      events: '.....R.',
    },
    {
      what: 'a hold time begins anew after a long one',
      rule: { for: '4s', blindAfter: '30s' },
      when: 'TTTTTTTTT',
      acts: '...g.....',
      events: '.......R.',
    },
    {
      what: 'set back, it is a gap as well',
      rule: { for: '4s', blindAfter: '30s' },
      when: 'TTTTTTTTT',
      acts: '...b.....',
      events: '.......R.',
    },
    {
      what: 'clears nothing by itself',
      rule: { clearFor: '3s' },
      when: 'TFFFFFFF',
      acts: '...g....',
      events: 'R.....C.',
    },
    {
      what: 'nor does an interruption',
      rule: { clearFor: '3s' },
      when: 'TFFFFFFF',
      acts: '...i....',
      events: 'R.....C.',
    },
    {
      what: 'raises no blindness by itself',
      rule: { blindAfter: '3s' },
      when: '?????',
      acts: '.g...',
      events: '....B',
    },
    {
      what: 'expires nothing by itself',
      rule: { blindAfter: 'forever', expireAfter: '1min' },
      when: 'T?????',
      acts: '...G..',
      events: 'R.....',
    },
    {
      what: 'whoever was told had that time to answer',
      rule: { escalate: [{ after: '30s', notify: ['chief'] }] },
      when: 'TTTT',
      acts: '..g.',
      events: 'R.E.',
    },
    {
      what: 'set back, escalation goes on as if nothing were',
      rule: { escalate: [{ after: '3s', notify: ['chief'] }] },
      when: 'TTTTTT',
      acts: '..b...',
      events: 'R...E.',
    },
    { what: 'five seconds are still a step', rule: { for: '10s' }, when: 'TTT', stepMs: 5000, events: '..R' },
    { what: 'more than five are not', rule: { for: '10s' }, when: 'TTTTTT', stepMs: 5001, events: '......' },
  ]);
});

describe('an alert', () => {
  it('says when what happened, and what was found', () => {
    const [raised, acknowledged, cleared] = run({
      rule: { for: '2s', severity: 'critical' },
      when: 'TTTTF',
      acts: '...a.',
    }).flat();
    expect(raised).toMatchObject({
      kind: 'raised',
      by: null,
      subject: 'square-crowded',
      alert: {
        id: 'alert-1',
        kind: 'condition',
        severity: 'critical',
        state: 'raised',
        message: 'told true',
        pendingMs: START_MS + 1000,
        raisedMs: START_MS + 3000,
        endedMs: null,
        isOver: false,
      },
    });
    expect(acknowledged).toMatchObject({
      by: 'kim',
      alert: { acknowledgedBy: 'kim', acknowledgedMs: START_MS + 4000 },
    });
    expect(cleared.alert).toMatchObject({ state: 'cleared', endedMs: START_MS + 5000, isOver: true });
  });

  it('about blindness says for how long, and since when', () => {
    const [raised, cleared] = run({ rule: { blindAfter: '90s' }, when: `${'?'.repeat(91)}FFFFFF` }).flat();
    expect(raised.alert).toMatchObject({ kind: 'blind', pendingMs: START_MS + 1000, isBlind: true });
    expect(raised.alert?.message).toBe('It could not be evaluated for 1 min 30 s: told nothing');
    expect(cleared).toMatchObject({ alert: { isBlind: false }, text: 'It can be evaluated again: told false' });
  });

  it('that expires says why', () => {
    const events = run({ rule: { blindAfter: 'forever', expireAfter: '2s' }, when: 'T???' }).flat();
    expect(events.at(-1)).toMatchObject({
      kind: 'expired',
      alert: { state: 'expired', isOver: false, isBlind: true },
      text: 'It could not be evaluated for 2 s: nobody knows whether it is over.',
    });
  });

  it('takes a rule as the site file gives it', () => expect(ruleOf().blindAfter).toBe(30_000));
});
