import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ruleOf, START_MS } from '../life/timeline.fixture.ts';
import { openAlerts } from './alerts.ts';
import { BookedSite } from './site.fixture.ts';

const sites: BookedSite[] = [];
afterEach(() => {
  for (const site of sites.splice(0)) site.dispose();
});
const siteOf = (...given: ConstructorParameters<typeof BookedSite>): BookedSite => {
  const site = new BookedSite(...given);
  sites.push(site);
  return site;
};

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('a restart', () => {
  it.each([
    { what: 'a raised alert stays, and is not raised again', rule: {}, when: 'TTTTF', acts: '..r..', events: 'R...C' },
    { what: 'nor after a kill', rule: {}, when: 'TTTTF', acts: '..k..', events: 'R...C' },
    { what: 'what is over after it clears', rule: {}, when: 'TTF', acts: '..k', events: 'R.C' },
    { what: 'what was acknowledged stays so', rule: {}, when: 'TTTTF', acts: '.a.r.', events: 'RA..C' },
    {
      what: 'a hold time goes on where it was',
      rule: { for: '4s' },
      when: 'TTTTTTT',
      acts: '...r...',
      events: '.....R.',
    },
    {
      what: 'after a kill, where it was last stored: at its beginning, at the worst of the first ten seconds',
      rule: { for: '4s' },
      when: 'TTTTTTTTT',
      acts: '...k.....',
      events: '.......R.',
    },
    {
      what: 'a clear time begins anew',
      rule: { clearFor: '4s' },
      when: 'TFFFFFFFF',
      acts: '....r....',
      events: 'R.......C',
    },
    {
      what: 'blindness is counted on',
      rule: { blindAfter: '4s' },
      when: '????????',
      acts: '...r....',
      events: '.....B..',
    },
    {
      what: 'blindness that was told is not told again',
      rule: { blindAfter: '2s' },
      when: '??????',
      acts: '....k.',
      events: '..B...',
    },
    {
      what: 'an escalation goes on where it was',
      rule: { escalate: [{ after: '4s', notify: ['chief'] }] },
      when: 'TTTTTT',
      acts: '..k...',
      events: 'R...E.',
    },
    {
      what: 'an escalation that was told is not told again',
      rule: { escalate: [{ after: '2s', notify: ['chief'] }] },
      when: 'TTTTTT',
      acts: '...kr.',
      events: 'R.E...',
    },
    { what: 'a latched alert still waits', rule: { latch: true }, when: 'TFFFF', acts: '..k.a', events: 'R...(AC)' },
    { what: 'a suppression goes on', rule: {}, when: 'TTTTTTT', acts: 's.k....', events: 'S..(UR)...' },
  ])('$what', ({ rule, when, acts, events }) => {
    const site = siteOf(rule);
    expect(site.run(when, acts)).toBe(events);
    expect(site.alerts.trouble()).toBeNull();
  });

  it('that takes an hour raises nothing and clears nothing by itself', () => {
    const site = siteOf({ clearFor: '30s', for: '30s', blindAfter: '10s' });
    expect(site.run(`${'T'.repeat(31)}F`)).toMatch(/R\.$/);
    site.nowMs += 3_600_000;
    expect(site.run(`${'F'.repeat(30)}F`, 'r')).toBe(`${'.'.repeat(30)}C`);
  });

  it('with other rules: an alert of a rule that is gone expires, and the next second says so', () => {
    const site = siteOf();
    site.run('T');
    site.rules = [];
    site.kill();
    expect(site.alerts.current()).toEqual([]);
    expect(site.judge('T')).toMatchObject([{ kind: 'expired', subject: 'square-crowded' }]);
    expect(site.log().map(({ kind }) => kind)).toEqual(['raised', 'expired']);
    expect(site.judge('T')).toEqual([]);
  });

  it('with another text: hold times begin anew', () => {
    const site = siteOf({ for: '4s' });
    site.run('TTTT');
    site.rules = [{ ...site.rules[0], rule: ruleOf({ for: '4s', when: 'density(square) > 4' }) }];
    site.restart();
    expect(site.run('TTTTT')).toBe('....R');
  });

  it('keeps all that is known of an alert', () => {
    const site = siteOf({ severity: 'critical' });
    site.run('TT');
    const [{ id }] = site.alerts.current();
    site.alerts.note(id, 'kim', 'two stewards sent', site.nowMs);
    site.alerts.acknowledge(id, 'kim', site.nowMs);
    const before = site.alerts.current();
    site.kill();
    expect(site.alerts.current()).toEqual(before);
    expect(site.alerts.find(id)).toEqual(before[0]);
  });
});

const filled = (): BookedSite => {
  const site = siteOf();
  site.run('TFTFTFTF');
  return site;
};
const numbers = (site: BookedSite, query: Parameters<BookedSite['alerts']['log']>[0]) =>
  site.alerts.log(query).map(({ sequence }) => sequence);

describe('the log', () => {
  it.each([
    { what: 'all', query: { limit: 100 }, found: [1, 2, 3, 4, 5, 6, 7, 8] },
    { what: 'the first', query: { limit: 2 }, found: [1, 2] },
    { what: 'after a number', query: { limit: 2, afterSequence: 5 }, found: [6, 7] },
    { what: 'the last', query: { limit: 2, newestFirst: true }, found: [8, 7] },
    { what: 'further back', query: { limit: 2, newestFirst: true, beforeSequence: 7 }, found: [6, 5] },
    {
      what: 'a period: its end is not in it',
      query: { limit: 9, fromMs: START_MS + 3000, toMs: START_MS + 5000 },
      found: [3, 4],
    },
    {
      what: 'a period, and after a number',
      query: { limit: 9, fromMs: START_MS + 3000, afterSequence: 6 },
      found: [7, 8],
    },
    { what: 'a rule', query: { limit: 9, subject: 'square-crowded', afterSequence: 7 }, found: [8] },
    { what: 'a rule that is not', query: { limit: 9, subject: 'hall' }, found: [] },
    { what: 'no limit that makes sense', query: { limit: Number.NaN }, found: [1] },
  ])('gives $what', ({ query, found }) => expect(numbers(filled(), query)).toEqual(found));

  it('is what was returned, word for word', () => {
    const site = siteOf();
    const returned = ['T', 'T', 'F', '?'].flatMap((letter) => site.judge(letter));
    expect(site.log()).toEqual(returned);
    expect(site.alerts.latestSequence()).toBe(2);
  });

  it('knows alerts that have ended, and takes notes on them', () => {
    const site = siteOf();
    site.run('TF');
    const [{ alert }] = site.log();
    const id = alert?.id ?? '';
    expect(site.alerts.find(id)).toMatchObject({ state: 'cleared', notes: [] });
    site.alerts.note(id, 'kim', 'a drill', site.nowMs);
    expect(site.alerts.find(id)).toMatchObject({ state: 'cleared', notes: [{ text: 'a drill' }] });
    expect(site.alerts.current()).toEqual([]);
    expect(codeOf(() => site.alerts.acknowledge(id, 'kim', site.nowMs))).toBe('ALERT_NOT_OPEN');
  });

  it('does not know what never was', () => {
    const { alerts } = siteOf();
    expect(alerts.find('x')).toBeNull();
    expect(codeOf(() => alerts.acknowledge('x', 'kim', START_MS))).toBe('ALERT_NOT_FOUND');
    expect(codeOf(() => alerts.note('x', 'kim', 'hello', START_MS))).toBe('ALERT_NOT_FOUND');
  });

  it('forgets what is past its time, a little at a time, and never uses a number again', () => {
    const site = siteOf({}, { retentionMs: 100_000 });
    site.run('TF'.repeat(250)); // one event a second
    expect(site.log()[0].timeMs).toBeGreaterThan(site.nowMs - 100_000 - 60_000);
    site.nowMs += 3_600_000;
    site.run('F');
    expect(site.log().length).toBeLessThan(200);
    site.nowMs += 3_600_000;
    site.run('F');
    expect(site.log()).toEqual([]);
    site.restart();
    expect(site.judge('T')).toMatchObject([{ sequence: 501 }]);
  });

  it('goes on with greater numbers after a kill, and with the next one after an orderly end', () => {
    const site = siteOf();
    site.run('TF');
    site.restart();
    expect(site.judge('T')).toMatchObject([{ sequence: 3 }]);
    site.kill();
    const [{ sequence }] = site.judge('F');
    expect(sequence).toBeGreaterThan(3);
    expect(site.log().map((event) => event.sequence)).toEqual([1, 2, 3, sequence]);
  });
});

/** How much the write-ahead log has grown: nothing, when nothing was written. */
const writesDuring = (site: BookedSite, letters: string): number => {
  const before = site.bytesWritten();
  site.run(letters);
  return site.bytesWritten() - before;
};

describe('writing', () => {
  it.each([
    { what: 'nothing has happened', rule: {}, before: 'F', letters: 'F'.repeat(100), writes: 0 },
    { what: 'an alert goes on', rule: {}, before: 'T', letters: 'T'.repeat(100), writes: 0 },
    {
      what: 'blindness goes on',
      rule: { blindAfter: '1s', expireAfter: '1s' },
      before: 'F???',
      letters: '?'.repeat(100),
      writes: 0,
    },
  ])('is not done in a second in which $what', ({ rule, before, letters, writes }) => {
    const site = siteOf(rule);
    site.run(before);
    expect(writesDuring(site, letters)).toBe(writes);
  });

  it('is done every ten seconds while a timer goes on', () => {
    const site = siteOf({ for: '10min' });
    site.run('T');
    expect(writesDuring(site, 'T'.repeat(9))).toBe(0);
    expect(writesDuring(site, 'T')).toBeGreaterThan(0);
    expect(writesDuring(site, 'T'.repeat(9))).toBe(0);
    site.kill();
    expect(site.alerts.current()).toMatchObject([{ state: 'pending', pendingMs: START_MS + 1000 }]);
  });

  it('is done at once when a hold time ends: a kill does not bring it back', () => {
    const site = siteOf({ for: '20s' });
    site.run(`${'T'.repeat(16)}F`);
    site.kill();
    expect(site.run('TTTTTTTTTT')).toBe('..........');
  });
});

describe('a timer that was set back', () => {
  it('does not come back after a kill', () => {
    const site = siteOf({ expireAfter: '30s', blindAfter: '12h' });
    expect(site.run(`T${'?'.repeat(26)}T`)).toMatch(/^R\.+$/);
    site.kill();
    expect(site.run('?'.repeat(29))).toBe('.'.repeat(29));
    expect(site.run('??')).toMatch(/X/);
  });
});

describe('another file', () => {
  it('of another program is not touched', () => {
    const site = siteOf();
    const path = join(site.folder, 'other.sqlite');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE mine (x)');
    other.close();
    const open = () => openAlerts({ path, rules: [], timezone: 'UTC', nowMs: START_MS });
    expect(codeOf(open)).toBe('BOOK_CORRUPT');
  });

  it('that is open in another place cannot be opened', () => {
    const site = siteOf();
    site.run('T');
    expect(
      codeOf(() => openAlerts({ path: join(site.folder, 'alerts.sqlite'), rules: [], timezone: 'UTC', nowMs: 0 })),
    ).toBe('BOOK_IN_USE');
  });

  it('with something in it that Starling does not write is refused', () => {
    const site = siteOf();
    site.run('T');
    site.alerts.close();
    const database = new DatabaseSync(join(site.folder, 'alerts.sqlite'));
    database.exec(`UPDATE life SET body = '{"half":'`);
    database.close();
    expect(codeOf(() => site.open())).toBe('BOOK_CORRUPT');
  });
});
