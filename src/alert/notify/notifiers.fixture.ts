/** Notifiers that can be killed: they are handed events, some at a time, and tell one webhook. */
import * as z from 'zod';
import { makeEvent } from './alert-event.fixture.ts';
import { startNotifiers } from './notifiers.ts';

const { path, webhook, most } = z
  .strictObject({ path: z.string(), webhook: z.string(), most: z.number() })
  .parse(JSON.parse(process.argv[2]));

const notifiers = startNotifiers({
  path,
  notifiers: { a: { webhook } },
  site: { id: 'old-town', name: 'Old Town Market', timezone: 'Europe/Amsterdam' },
  onFailing: () => {},
  onWell: () => {},
  times: { leastWaitMs: 20, mostWaitMs: 50 },
});

// The time is made of the number, so that an event is the same when it is handed over again.
const startMs = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate());
const event = (sequence: number) => makeEvent(sequence, ['a'], { timeMs: startMs + sequence });

let next = (notifiers.latestSequence() ?? 0) + 1;
// Overlaps with what was handed over before, as after every start.
const from = Math.max(1, next - 5);
notifiers.enqueue(Array.from({ length: next - from }, (_, i) => event(from + i)));
setInterval(() => {
  if (next <= most) notifiers.enqueue([event(next)]);
  next++;
}, 5);
