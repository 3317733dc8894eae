import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kept } from '../spool/disk.ts';
import type { SpoolStatus } from '../spool/spool.ts';
import { Outbox, type Source } from './outbox.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

const nothing: SpoolStatus = { waiting: 0, bytes: 0, dropped: 0, reason: null, error: null };

/** A spool in memory. */
class FakeSpool implements Source {
  readonly camera = 'gate';
  readonly rows = new Map<number, Kept>();

  put(...sequences: number[]): void {
    for (const sequence of sequences) this.rows.set(sequence, { sequence, body: String(sequence) });
  }

  unacknowledged(after: number, limit: number): Promise<readonly Kept[]> {
    return Promise.resolve([...this.rows.values()].filter(({ sequence }) => sequence > after).slice(0, limit));
  }

  acknowledge(sequences: readonly number[]): void {
    for (const sequence of sequences) this.rows.delete(sequence);
  }

  status(): SpoolStatus {
    return { ...nothing, waiting: this.rows.size };
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** An outbox on a spool that holds the given numbers, and what it sent. */
const setUp = async (...waiting: number[]) => {
  const spool = new FakeSpool();
  spool.put(...waiting);
  const sent: number[] = [];
  const outbox = new Outbox({ spools: new Map([['gate', spool]]), send: ({ sequence }) => sent.push(sequence) });
  const timer = setInterval(() => outbox.tick(), 1000);
  timer.unref();
  await vi.advanceTimersByTimeAsync(0);
  const acknowledge = async (...stored: number[]): Promise<void> => {
    outbox.acknowledge({ kind: 'acknowledge', camera: 'gate', stored, refused: [] });
    await vi.advanceTimersByTimeAsync(0);
  };
  const keep = async (sequence: number): Promise<void> => {
    spool.put(sequence);
    outbox.kept('gate', { sequence, body: String(sequence) });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { spool, sent, outbox, acknowledge, keep };
};

describe('the sensor’s outbox', () => {
  it('sends what waits, the oldest first, and at most 64 before it is answered', async () => {
    const { sent, acknowledge } = await setUp(...range(1, 100));
    expect(sent).toEqual(range(1, 64));
    await acknowledge(...range(1, 10));
    expect(sent).toEqual(range(1, 74));
    await acknowledge(...range(11, 74));
    expect(sent).toEqual(range(1, 100));
  });

  it('sends a new observation once and at once when nothing else waits', async () => {
    const { sent, acknowledge, keep } = await setUp();
    await keep(1);
    await keep(2);
    expect(sent).toEqual([1, 2]);
    await acknowledge(2, 1);
    await keep(3);
    expect(sent).toEqual([1, 2, 3]);
  });

  it('sends a new observation at once, out of its turn, when older ones wait; and in its turn if need be', async () => {
    const { sent, acknowledge, keep } = await setUp(...range(1, 70));
    await keep(71);
    expect(sent).toEqual([...range(1, 64), 71]);
    await acknowledge(...range(1, 10));
    expect(sent).toEqual([...range(1, 64), 71, ...range(65, 71)]);
  });

  it('does not send again in its turn what was acknowledged out of it', async () => {
    const { sent, acknowledge, keep } = await setUp(...range(1, 70));
    await keep(71);
    await acknowledge(...range(1, 10), 71);
    expect(sent).toEqual([...range(1, 64), 71, ...range(65, 70)]);
  });

  it('sends again what is not answered in 5 s, then in 10, 20 and 30', async () => {
    const { sent } = await setUp(1);
    const times: number[] = [];
    for (let s = 1; s <= 130; s++) {
      const before = sent.length;
      await vi.advanceTimersByTimeAsync(1000);
      if (sent.length > before) times.push(s);
    }
    expect(times).toEqual([5, 15, 35, 65, 95, 125]);
  });

  it('is patient again as soon as an answer comes', async () => {
    const { sent, acknowledge } = await setUp(1, 2);
    await vi.advanceTimersByTimeAsync(20_000);
    await acknowledge(1);
    sent.length = 0;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([2]);
  });

  it('lets go of what the hub refuses', async () => {
    const { spool, outbox } = await setUp(1, 2);
    outbox.acknowledge({ kind: 'acknowledge', camera: 'gate', stored: [1], refused: [{ sequence: 2, reason: 'no' }] });
    expect(spool.rows.size).toBe(0);
  });

  it('does not wait for what the spool dropped', async () => {
    const { spool, sent, keep } = await setUp(...range(1, 64));
    spool.rows.clear();
    await vi.advanceTimersByTimeAsync(6000);
    sent.length = 0;
    await keep(65);
    expect(sent).toEqual([65]);
  });

  it('goes back to what could not be read', async () => {
    const { spool, sent, acknowledge, keep } = await setUp();
    await keep(100);
    await acknowledge(100);
    spool.put(50, 51);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([100, 50, 51]);
  });

  it('is drained when nothing waits any more', async () => {
    const { outbox, acknowledge } = await setUp(1, 2);
    const order: string[] = [];
    const wait = async (): Promise<void> => {
      await outbox.drained();
      order.push('drained');
    };
    const waiting = wait();
    await acknowledge(1);
    order.push('one is left');
    await acknowledge(2);
    await waiting;
    expect(order).toEqual(['one is left', 'drained']);
  });

  it('takes no notice of cameras that it does not have', async () => {
    const { outbox } = await setUp();
    outbox.acknowledge({ kind: 'acknowledge', camera: 'roof', stored: [1], refused: [] });
    outbox.kept('roof', { sequence: 1, body: '' });
    await expect(outbox.drained()).resolves.toBeUndefined();
  });
});
