import { Frame as Picture } from 'node-av/lib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Feed } from '../schemes/scheme.ts';
import { type Attempt, runConnection } from './connection.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A promise that ends only with the signal, as a read from a socket does. */
const hang = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

interface Fake {
  /** Whether connecting hangs. */
  readonly deaf?: boolean;
  /** Pictures before the feed hangs. */
  readonly pictures?: number;
  /** Then it ends instead. */
  readonly ends?: boolean;
}

const attempt = (fake: Fake): Attempt & { readonly closed: () => number; readonly close: AbortController } => {
  let closed = 0;
  let left = fake.pictures ?? 0;
  const close = new AbortController();
  const feed = (signal: AbortSignal): Feed => ({
    pace: 'live',
    ends: fake.ends ?? false,
    periodMs: 40,
    next: async (_, onPacket) => {
      if (left-- <= 0) return fake.ends ? null : hang(signal);
      onPacket();
      return { stampS: null, damaged: false };
    },
    close: async () => void closed++,
  });
  return {
    open: async (signal) => (fake.deaf ? hang(signal) : feed(signal)),
    closing: close.signal,
    picture: new Picture(),
    onConnect: () => () => 0,
    onPicture: async () => {},
    closed: () => closed,
    close,
  };
};

describe('a connection', () => {
  it('that is not made is given up after 8 s', async () => {
    const deaf = attempt({ deaf: true });
    const ending = runConnection(deaf);
    await vi.advanceTimersByTimeAsync(7900);
    const pending = Symbol('pending');
    expect(await Promise.race([ending, Promise.resolve(pending)])).toBe(pending);
    await vi.advanceTimersByTimeAsync(200);
    expect(await ending).toMatchObject({ kind: 'unreachable', error: { message: 'no answer within 8 seconds' } });
  });

  it('that falls silent is given up after 5 s, and let go of', async () => {
    const silent = attempt({ pictures: 3 });
    const ending = runConnection(silent);
    await vi.advanceTimersByTimeAsync(4900);
    expect(silent.closed()).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(await ending).toMatchObject({ kind: 'broken', error: { message: 'nothing came for 5 seconds' } });
    expect(silent.closed()).toBe(1);
  });

  it('of a recording ends with it', async () => {
    const over = attempt({ pictures: 3, ends: true });
    expect(await runConnection(over)).toEqual({ kind: 'ended', pictures: 3 });
    expect(over.closed()).toBe(1);
  });

  it.each([
    ['while connecting', { deaf: true }, 'unreachable', 0],
    ['while reading', { pictures: 1 }, 'broken', 1],
  ] as const)('is closed at once, %s', async (_, fake, kind, closed) => {
    const one = attempt(fake);
    const ending = runConnection(one);
    await vi.advanceTimersByTimeAsync(10);
    one.close.abort(new Error('it was closed'));
    expect(await ending).toMatchObject({ kind });
    expect(one.closed()).toBe(closed);
    // No timer is left that would keep the process alive.
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is let go of when a picture cannot be dealt with', async () => {
    const one = attempt({ pictures: 3 });
    const ending = await runConnection({ ...one, onPicture: () => Promise.reject(new Error('mask failed')) });
    expect(ending).toMatchObject({ kind: 'broken', error: { message: 'mask failed' } });
    expect(one.closed()).toBe(1);
  });
});
