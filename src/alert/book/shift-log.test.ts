import { describe, expect, it } from 'vitest';
import type { AlertEvent } from '../../contract/index.ts';
import { run, START_MS } from '../life/timeline.fixture.ts';
import { shiftLog } from './shift-log.ts';

const numbered = (timeline: Parameters<typeof run>[0]): AlertEvent[] =>
  run(timeline)
    .flat()
    .map((event, i): AlertEvent => Object.assign(event, { sequence: i + 1 }));

const shift = numbered({
  rule: {
    severity: 'critical',
    notify: ['room'],
    note: 'Close the north gate, and send two stewards to the square. Tell the square by loudspeaker.',
    escalate: [{ after: '2s', notify: ['chief', 'police'] }],
  },
  when: 'TTTTTF',
  acts: '....as',
});

const noted = (text: string): AlertEvent => ({ ...shift[0], kind: 'noted', by: 'kim', text });

const oneAt = (timeMs: number) => shiftLog([{ ...shift[0], timeMs }], { timezone: 'Europe/Amsterdam' });
const segments = (line: string) => Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);

describe('a shift log', () => {
  it('is a table that can be printed', () =>
    expect(shiftLog(shift, { timezone: 'Europe/Amsterdam' })).toMatchInlineSnapshot(`
      "Shift log, times of Europe/Amsterdam

      Time                        Event         Severity  Subject         By        What
      ----------------------------------------------------------------------------------------------------------------------
      2026-03-02 13:00:01 +01:00  raised        critical  square-crowded  Starling  told true
                                                                                    To do: Close the north gate, and send two stewards to
                                                                                    the square. Tell the square by loudspeaker.
      2026-03-02 13:00:03 +01:00  escalated     critical  square-crowded  Starling  told true
                                                                                    Not acknowledged for 2 s; told: chief, police
      2026-03-02 13:00:05 +01:00  acknowledged  critical  square-crowded  kim       told true
      2026-03-02 13:00:06 +01:00  suppressed              square-crowded  kim       Until 2026-03-02 12:00 UTC: setting up
      2026-03-02 13:00:06 +01:00  cleared       critical  square-crowded  Starling  told false
                                                                                    After 5 s

      5 entries
      "
    `));

  it('fits on narrow paper', () => {
    const lines = shiftLog(shift, { timezone: 'UTC', width: 110 }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('says so when nothing has happened', () =>
    expect(shiftLog([], { timezone: 'UTC' })).toContain('Nothing has happened.'));

  it('tells the hour that comes twice apart', () => {
    expect(oneAt(Date.UTC(2026, 9, 25, 0, 30))).toContain('2026-10-25 02:30:00 +02:00');
    expect(oneAt(Date.UTC(2026, 9, 25, 1, 30))).toContain('2026-10-25 02:30:00 +01:00');
  });

  it('writes times as people there do', () => {
    const text = shiftLog([shift[0]], { timezone: 'Europe/Amsterdam', locale: 'nl-NL' });
    expect(text).toContain('02-03-2026');
    expect(text).toContain('13:00:01 CET');
  });

  it.each([
    { what: 'a forged line', text: 'fine\n2026-03-02 12:00:09 +00:00  cleared', line: 'fine 2026-03-02 12:00:09' },
    { what: 'a terminal’s commands', text: 'a\u001B[2Jb', line: 'a [2Jb' },
    { what: 'a turned direction', text: 'a\u202Eb', line: 'a b' },
  ])('is not led astray by $what', ({ text, line }) => {
    const printed = shiftLog([noted(text)], { timezone: 'UTC' });
    expect(printed).toContain(line);
    expect(printed.split('\n').filter((one) => one.startsWith('2026'))).toHaveLength(1);
  });

  it('breaks a word that is longer than a line', () => {
    const lines = shiftLog([noted('x'.repeat(500))], { timezone: 'UTC', width: 110 }).split('\n');
    expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(110);
    expect(lines.join('').replaceAll(/[^x]/g, '')).toHaveLength(500);
  });

  it('aligns what is written with marks and pictures', () => {
    const printed = shiftLog([{ ...noted('hello'), by: 'Zoë 👩‍🚒' }, noted('hello')], { timezone: 'UTC' });
    const at = printed.split('\n').flatMap((line) => (line.includes('hello') ? [segments(line).lastIndexOf('h')] : []));
    expect(new Set(at).size).toBe(1);
  });

  it('begins where the shift begins', () => expect(shift[0].timeMs).toBe(START_MS + 1000));
});
