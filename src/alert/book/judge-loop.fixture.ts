/**
 * Judges, acknowledges and notes at random, and says each number that has returned with its alert: to be killed. The seed
 * and the book come as arguments; a seed gives the same truths every time.
 */
import { writeSync } from 'node:fs';
import type { AlertEvent } from '../../contract/index.ts';
import { circumstancesAt, ruleOf, START_MS, Told } from '../life/timeline.fixture.ts';
import { openAlerts } from './alerts.ts';

const [, , path, given] = process.argv;
let random = Number(given);
/** From 0 up to a number; a generator of Lehmer's, so that a seed is a run. */
const below = (most: number): number => {
  random = (random * 48_271) % 2_147_483_647;
  return random % most;
};

const ids = ['square', 'hall', 'stairs'];
const rules = ids.map((id, i) => ({
  rule: ruleOf({
    id,
    latch: i === 1,
    clearFor: '2s',
    blindAfter: '3s',
    escalate: [{ after: '3s', notify: ['chief'] }],
  }),
  when: new Told(),
  clear: null,
}));

const alerts = openAlerts({ path, rules, timezone: 'UTC', nowMs: START_MS });
let nowMs = Math.max(START_MS, ...alerts.log({ limit: 1, newestFirst: true }).map(({ timeMs }) => timeMs));

const say = (events: readonly AlertEvent[]): void => {
  for (const { sequence, kind, alert } of events) writeSync(1, `${sequence} ${kind} ${alert?.id ?? '-'}\n`);
};

writeSync(1, 'ready\n');
for (;;) {
  nowMs += 1000;
  for (const { when } of rules) when.truth = [true, true, false, false, false, null][below(6)];
  say(alerts.judge(circumstancesAt(nowMs)));
  const raised = alerts.current().filter(({ state }) => state === 'raised');
  if (raised.length > 0 && below(3) === 0) say(alerts.acknowledge(raised[0].id, 'kim', nowMs));
  if (raised.length > 0 && below(5) === 0) say(alerts.note(raised[0].id, 'kim', 'seen', nowMs));
  if (below(40) === 0) say(alerts.suppress('hall', nowMs + 5000, 'kim', 'why', nowMs));
}
