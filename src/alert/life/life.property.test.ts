import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../contract/index.ts';
import type { LifeEvent } from './life-event.ts';
import { run, type Timeline } from './timeline.fixture.ts';

const SECONDS = 60;
const strips = (...letters: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...letters), fc.integer({ min: 1, max: 8 })), { minLength: 10, maxLength: 20 })
    .map((runs) =>
      runs
        .map(([letter, length]) => letter.repeat(length))
        .join('')
        .slice(0, SECONDS),
    );
const durations = fc.constantFrom(undefined, '1s', '3s', '7s');

const rules = fc.record({
  for: durations,
  clearFor: durations,
  latch: fc.boolean(),
  blindAfter: fc.constantFrom('2s', '6s', '30s'),
  expireAfter: fc.constantFrom('5s', '20s', '12h'),
  escalate: fc.constantFrom([], [{ after: '4s', notify: ['chief'] }]),
});
const truths = strips('T', 'F', '?');
const acts = strips('.', '.', '.', 'a', 'g', 'b', 'i', 's', 'u');
const timelines: fc.Arbitrary<Timeline> = fc.record(
  { rule: rules, when: truths, clear: truths, acts },
  { requiredKeys: ['rule', 'when', 'acts'] },
);

/** Events of a second, and which second it is. */
interface Told {
  readonly i: number;
  readonly events: readonly LifeEvent[];
}

/** Nothing that is forbidden is found in any timeline. */
const expectNone = (forbidden: (timeline: Timeline, told: readonly Told[]) => readonly unknown[]): void =>
  fc.assert(
    fc.property(timelines, (timeline) => {
      const told = run(timeline).map((events, i) => ({ i, events }));
      expect(forbidden(timeline, told)).toEqual([]);
    }),
    { seed: 5, numRuns: 300 },
  );

const allOf = (told: readonly Told[]): readonly LifeEvent[] => told.flatMap(({ events }) => events);

/** Seconds in which something happened to an alert of a kind. */
const secondsOf = (told: readonly Told[], kind: LifeEvent['kind'], of: Alert['kind']): number[] =>
  told.flatMap(({ i, events }) => (events.some((event) => event.kind === kind && event.alert?.kind === of) ? [i] : []));

const durationOf = ({ rule = {} }: Timeline, name: string): number => {
  const duration: unknown = rule[name];
  return typeof duration === 'string' ? Number.parseInt(duration, 10) : 0;
};

/** Whether it was known to be over in a second, and in as many before it as the clear time takes. */
const wasOver = (timeline: Timeline, last: number): boolean => {
  const { when, clear } = timeline;
  const first = last - durationOf(timeline, 'clearFor');
  const seconds = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return seconds.every((i) => when[i] === 'F' && (clear === undefined || clear[i] === 'T'));
};

describe('whatever happens', () => {
  it('a rule has at most one open alert of a kind', () =>
    expectNone((_, told) => {
      const open = new Map<string, string>();
      return allOf(told).filter(({ kind, alert }) => {
        if (!alert) return false;
        const before = open.get(alert.kind);
        if (alert.endedMs === null) open.set(alert.kind, alert.id);
        else open.delete(alert.kind);
        return before !== (kind === 'raised' ? undefined : alert.id);
      });
    }));

  it('an acknowledged alert never escalates', () =>
    expectNone((_, told) =>
      allOf(told).filter(({ kind, alert }) => kind === 'escalated' && alert?.acknowledgedMs !== null),
    ));

  it('nothing is cleared that was not known to be over for as long as it should', () =>
    expectNone((timeline, told) =>
      secondsOf(told, 'cleared', 'condition').filter((i) => {
        // What is latched was over, and has not been bad since; it may have been unknown.
        const earliest = timeline.rule?.['latch'] === true ? timeline.when.lastIndexOf('T', i - 1) : i;
        const ends = Array.from({ length: i - earliest + 1 }, (_, back) => i - back);
        return !ends.some((end) => wasOver(timeline, end));
      }),
    ));

  it('nothing is raised that does not hold, or not for as long as it should', () =>
    expectNone((timeline, told) =>
      secondsOf(told, 'raised', 'condition').filter((i) => {
        const sinceFalse = timeline.when.slice(timeline.when.lastIndexOf('F', i) + 1, i + 1);
        const held = sinceFalse.replaceAll('?', '').length;
        return timeline.when[i] !== 'T' || held <= durationOf(timeline, 'for');
      }),
    ));

  it('blindness is raised only of what was unknown for so long', () =>
    expectNone((timeline, told) =>
      secondsOf(told, 'raised', 'blind').filter((i) => {
        const isUnknown = (at: number): boolean => timeline.when[at] === '?' || timeline.clear?.[at] === '?';
        const unknown = Array.from({ length: i + 1 }, (_, at) => at).filter(isUnknown).length;
        return !isUnknown(i) || unknown <= durationOf(timeline, 'blindAfter');
      }),
    ));

  it('and is over only in sight', () =>
    expectNone(({ when }, told) => secondsOf(told, 'cleared', 'blind').filter((i) => when[i] === '?')));

  it('an interruption lets the clear time begin anew', () => {
    fc.assert(
      fc.property(truths, rules, fc.nat(SECONDS - 1), (when, rule, at) => {
        const i = at % when.length;
        const timeline = { rule, when, acts: `${'.'.repeat(i)}i` };
        const told = run(timeline).map((events, second) => ({ i: second, events }));
        const cleared = secondsOf(told, 'cleared', 'condition').find((second) => second >= i) ?? Infinity;
        expect(cleared - i).toBeGreaterThanOrEqual(durationOf(timeline, 'clearFor'));
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
