import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notifier } from '../../contract/index.ts';
import { EVENING_MS, makeEvent } from './alert-event.fixture.ts';
import { type NotifiersOptions, startNotifiers } from './notifiers.ts';
import { startReceiver } from './receiver.fixture.ts';
import { TIMES, waitMs } from './times.ts';

/** Waits until it is so; a machine that is busy with other tests takes its time. */
const soon = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 10_000 });

const SITE = { id: 'old-town', name: 'Old Town Market', timezone: 'Europe/Amsterdam' };

let folder = '';
let path = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-notifiers-'));
  path = join(folder, 'notify.sqlite');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Notifiers that do not wait for long, and what they said. */
const start = (notifiers: Readonly<Record<string, Notifier>>, change: Partial<NotifiersOptions> = {}) => {
  const said: string[] = [];
  const started = startNotifiers({
    path,
    notifiers,
    site: SITE,
    onFailing: (name, message) => said.push(`${name}: ${message}`),
    onWell: (name) => said.push(`${name} is well`),
    now: () => EVENING_MS,
    ...change,
    times: { leastWaitMs: 5, mostWaitMs: 20, failingMs: 50, ...change.times },
  });
  return Object.assign(started, { said });
};

const events = (from: number, to: number, notify: readonly string[]) =>
  Array.from({ length: to - from + 1 }, (_, i) => makeEvent(from + i, notify));

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('notifiers', () => {
  it('tell everybody in order, each once', async () => {
    await using a = await startReceiver();
    await using b = await startReceiver();
    await using notifiers = start({ a: { webhook: a.url }, b: { webhook: b.url } });
    notifiers.enqueue(events(1, 20, ['a', 'b']));
    notifiers.enqueue(events(15, 30, ['a']));
    await soon(() => expect(a.received).toHaveLength(30));
    await soon(() => expect(b.received).toHaveLength(20));
    expect(a.sequences()).toEqual(numbers(1, 30));
    expect(b.sequences()).toEqual(numbers(1, 20));
    await soon(() =>
      expect(notifiers.counts()).toEqual({
        a: { waiting: 0, sent: 30, givenUp: 0, trouble: null },
        b: { waiting: 0, sent: 20, givenUp: 0, trouble: null },
      }),
    );
    expect(notifiers.said.toSorted()).toEqual(['a is well', 'b is well']);
  });

  it('are not held up by one that never answers', async () => {
    await using slow = await startReceiver();
    await using quick = await startReceiver();
    slow.answer = () => null;
    await using notifiers = start(
      { slow: { webhook: slow.url }, quick: { webhook: quick.url } },
      { times: { timeoutMs: 300, graceMs: 10 } },
    );
    notifiers.enqueue(events(1, 10, ['slow', 'quick']));
    await soon(() => expect(quick.received).toHaveLength(10));
    expect(slow.sequences()).toEqual([1]);
    await soon(() => expect(slow.sequences()).toEqual([1, 1]));
    expect(notifiers.counts()).toMatchObject({ slow: { waiting: 10, trouble: 'it did not answer in time' } });
  });

  it('try again until it arrives, with the same key, and say so when it takes a while, and when it is over', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => ({ status: 503 });
    await using notifiers = start({ a: { webhook: receiver.url } });
    notifiers.enqueue(events(1, 3, ['a']));
    await soon(() => expect(notifiers.said).toEqual(['a: it answered 503']));
    receiver.answer = () => ({ status: 200 });
    await soon(() => expect(notifiers.said).toEqual(['a: it answered 503', 'a is well']));
    await soon(() => expect(notifiers.counts()).toMatchObject({ a: { sent: 3, trouble: null } }));
    expect(new Set(receiver.sequences())).toEqual(new Set([1, 2, 3]));
    expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  });

  it('give up after three refusals, say so, and go on with the next', async () => {
    await using receiver = await startReceiver();
    receiver.answer = ({ body }) => ({ status: body.includes('"sequence":1,') ? 410 : 200 });
    await using notifiers = start({ a: { webhook: receiver.url } }, { times: { failingMs: 60_000 } });
    notifiers.enqueue(events(1, 2, ['a']));
    await soon(() => expect(receiver.sequences()).toEqual([1, 1, 1, 2]));
    await soon(() => expect(notifiers.counts()).toMatchObject({ a: { sent: 1, givenUp: 1 } }));
    expect(notifiers.said).toEqual(['a: it answered 410; the message about square-crowded was given up', 'a is well']);
  });

  it('give up after a day', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => ({ status: 503 });
    let nowMs = EVENING_MS;
    await using notifiers = start({ a: { webhook: receiver.url } }, { now: () => nowMs, times: { failingMs: 60_000 } });
    notifiers.enqueue(events(1, 1, ['a']));
    await soon(() => expect(receiver.received.length).toBeGreaterThan(3));
    nowMs += TIMES.giveUpMs;
    await soon(() => expect(notifiers.counts()).toMatchObject({ a: { waiting: 0, givenUp: 1 } }));
    expect(notifiers.said).toEqual(['a: it answered 503; the message about square-crowded was given up']);
  });

  it('heed Retry-After, within bounds', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '99999' } });
    await using notifiers = start({ a: { webhook: receiver.url } }, { times: { mostRetryAfterMs: 200 } });
    const startMs = performance.now();
    notifiers.enqueue(events(1, 1, ['a']));
    await soon(() => expect(receiver.received).toHaveLength(2));
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(195);
  });

  it('go on where they were, whatever they were stopped at', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => null;
    const first = start({ a: { webhook: receiver.url } }, { times: { graceMs: 50 } });
    first.enqueue(events(1, 3, ['a']));
    await soon(() => expect(receiver.received).toHaveLength(1));
    const startMs = performance.now();
    await first[Symbol.asyncDispose]();
    expect(performance.now() - startMs).toBeLessThan(2000);
    receiver.answer = () => ({ status: 200 });
    await using second = start({ a: { webhook: receiver.url } });
    await soon(() => expect(second.counts()).toMatchObject({ a: { sent: 3 } }));
    expect(receiver.sequences()).toEqual([1, 1, 2, 3]);
  });

  it('finish what is under way when they are stopped', async () => {
    await using receiver = await startReceiver();
    const first = start({ a: { webhook: receiver.url } });
    first.enqueue(events(1, 1, ['a']));
    // It has come, and the answer is on its way.
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), { timeout: 10_000, interval: 1 });
    await first[Symbol.asyncDispose]();
    await using second = start({ a: { webhook: receiver.url } });
    expect(second.counts()).toMatchObject({ a: { waiting: 0 } });
    expect(second.latestSequence()).toBe(1);
  });

  it('go on from memory when the disk fails, and say so', async () => {
    writeFileSync(join(folder, 'data'), '');
    await using receiver = await startReceiver();
    await using notifiers = start({ a: { webhook: receiver.url } }, { path: join(folder, 'data', 'notify.sqlite') });
    expect(notifiers.trouble()).toMatchObject({ code: 'BOOK_NOT_WRITABLE' });
    notifiers.enqueue(events(1, 2, ['a']));
    await soon(() => expect(receiver.sequences()).toEqual([1, 2]));
  });

  it('never tell a password, whatever goes wrong', async () => {
    const notifiers = start({
      web: { webhook: 'http://duty:hunter22@127.0.0.1:1/hunter22', secret: 'hunter22hunter22' },
      mail: { email: { smtp: 'smtp://duty:hunter22@127.0.0.1:1', from: 'a@b.c', to: ['d@e.f'] } },
      mqtt: { mqtt: 'mqtt://duty:hunter22@127.0.0.1:1', topic: 'alerts' },
      blank: { webhook: '${hunter22}' },
    });
    notifiers.enqueue(events(1, 2, ['web', 'mail', 'mqtt', 'blank']));
    await soon(() => expect(new Set(notifiers.said.map((line) => line.split(':')[0])).size).toBe(4));
    expect(JSON.stringify([notifiers.said, notifiers.counts()])).not.toContain('hunter22');
    await notifiers[Symbol.asyncDispose]();
  });
});

describe.skipIf(process.platform === 'win32')('notifiers that are killed', () => {
  it('lose nothing, and repeat at most what was under way', { timeout: 30_000 }, async () => {
    await using receiver = await startReceiver();
    const MOST = 50;
    mkdirSync(join(folder, 'kill'));
    const settings = { path: join(folder, 'kill', 'notify.sqlite'), webhook: receiver.url, most: MOST };
    const script = fileURLToPath(new URL('./notifiers.fixture.ts', import.meta.url));
    let kills = 0;
    while (!receiver.sequences().includes(MOST)) {
      const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'inherit' });
      children.push(child);
      const count = receiver.received.length;
      // In the midst of a message: it has come, and its answer is on the way.
      const isEnough = (): boolean => receiver.received.length > count + 12 || receiver.sequences().includes(MOST);
      await vi.waitFor(() => expect(isEnough()).toBe(true), { timeout: 10_000, interval: 1 });
      child.kill('SIGKILL');
      await once(child, 'exit');
      kills++;
    }
    expect(kills).toBeGreaterThan(2);
    const sequences = receiver.sequences();
    expect([...new Set(sequences)]).toEqual(numbers(1, MOST));
    expect(sequences.length - MOST).toBeLessThanOrEqual(kills);
    const keys = new Map(receiver.received.map(({ headers }, i) => [headers['idempotency-key'], sequences[i]]));
    expect(keys.size).toBe(MOST);
  });
});

it('waits get longer, up to a bound, and differ by chance', () => {
  const waits = [1, 2, 3, 9, 10, 1000].map((failures) => [
    waitMs(failures, TIMES, 0),
    waitMs(failures, TIMES, 0.999999),
  ]);
  expect(waits.map(([least, most]) => [least, Math.ceil(most)])).toEqual([
    [500, 1000],
    [1000, 2000],
    [2000, 4000],
    [128_000, 256_000],
    [150_000, 300_000],
    [150_000, 300_000],
  ]);
});
