import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlertEvent } from '../../contract/index.ts';
import { LifeEngine } from '../life/engine.ts';
import type { LifeEvent } from '../life/life-event.ts';
import { circumstancesAt, ruleOf, START_MS, Told, truthOf } from '../life/timeline.fixture.ts';
import { BookedSite } from './site.fixture.ts';

const rules = fc.record({
  for: fc.constantFrom(undefined, '3s'),
  clearFor: fc.constantFrom(undefined, '3s'),
  latch: fc.boolean(),
  blindAfter: fc.constantFrom('3s', '12h'),
  expireAfter: fc.constantFrom('6s', '12h'),
  escalate: fc.constantFrom([], [{ after: '4s', notify: ['chief'] }]),
});
const second = fc.record({
  truth: fc.constantFrom('T', 'T', 'T', 'T', 'F', 'F', 'F', '?', '?'),
  act: fc.constantFrom('.', '.', '.', '.', '.', 'a', 's', 'r', 'k'),
});
const seconds = fc.array(second, { minLength: 20, maxLength: 40 });

/** What happened, without what a restart may change. */
const told = ({ kind, timeMs, by, subject, alert, text }: LifeEvent | AlertEvent) => ({
  kind,
  timeMs,
  by,
  subject,
  about: alert?.kind,
  raisedMs: alert?.raisedMs,
  text,
});

/** The same seconds in one engine that is never restarted, and only interrupted where the other is. */
const uninterrupted = (rule: Record<string, unknown>, timeline: readonly { truth: string; act: string }[]) => {
  const when = new Told();
  let ids = 0;
  const compiled = { rule: ruleOf(rule), when, clear: null };
  const engine = new LifeEngine({ rules: [compiled], timezone: 'UTC', newId: () => `alert-${++ids}` });
  return timeline.flatMap(({ truth, act }, i) => {
    const nowMs = START_MS + i * 1000;
    const by = { by: 'kim', nowMs };
    const open = engine.current().filter(({ state }) => state !== 'pending');
    if (act === 'r' && i > 0) engine.interrupt();
    const events =
      act === 'a'
        ? open.flatMap(({ id }) => engine.acknowledge(id, by))
        : act === 's'
          ? engine.suppress(compiled.rule.id, nowMs + 4000, by, 'why')
          : [];
    when.truth = truthOf(truth);
    return [...events, ...engine.judge(circumstancesAt(nowMs + 1000))];
  });
};

it('a site that is restarted at any second tells what one tells that is only interrupted then', () => {
  fc.assert(
    fc.property(rules, seconds, (rule, given) => {
      const timeline = given.map(({ truth, act }) => ({ truth, act: act === 'k' ? 'r' : act }));
      const site = new BookedSite(rule);
      try {
        const events = timeline.flatMap(({ truth, act }) => [...site.act(act), ...site.judge(truth)]);
        expect(events.map(told)).toEqual(uninterrupted(rule, timeline).map(told));
      } finally {
        site.dispose();
      }
    }),
    { seed: 5, numRuns: 12 },
  );
});

it('a site that is killed at any second tells everything once, and keeps what it told', () => {
  fc.assert(
    fc.property(rules, seconds, (rule, timeline) => {
      const site = new BookedSite(rule);
      try {
        const events = timeline.flatMap(({ truth, act }) => [...site.act(act), ...site.judge(truth)]);
        expect(site.log()).toEqual(events);
        expectLivesInOrder(events);
      } finally {
        site.dispose();
      }
    }),
    { seed: 6, numRuns: 8 },
  );
});

/** Numbers grow; an alert is raised once, answered once, ended once, and the next one comes after it. */
const expectLivesInOrder = (events: readonly AlertEvent[]): void => {
  const sequences = events.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  const open = new Map<string, string>();
  for (const { kind, alert } of events) {
    if (!alert) continue;
    const before = open.get(alert.kind);
    expect(before).toBe(kind === 'raised' ? undefined : alert.id);
    if (alert.endedMs === null) open.set(alert.kind, alert.id);
    else open.delete(alert.kind);
  }
};
