import type { Frame as Picture } from 'node-av/lib';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrival, Feed } from '../schemes/scheme.ts';
import { createWatchdog } from './watchdog.ts';

/** Longest time for connecting. A first packet that is lost is sent again after 1, 3 and 7 s. */
const CONNECT_MS = 8000;

/** Without a packet for so long, the connection is made anew. */
const SILENT_MS = 5000;

/** One attempt to connect, and everything that comes of it. */
export interface Attempt {
  /** Connects; given up when the signal is aborted. */
  readonly open: (signal: AbortSignal) => Promise<Feed>;
  /** Ends everything. */
  readonly closing: AbortSignal;
  /** Memory for the pictures, one after the other. */
  readonly picture: Picture;
  /** Connected. @returns how long to wait before a picture is shown, ms */
  readonly onConnect: (feed: Feed) => (arrival: Arrival) => number;
  /** A picture came. */
  readonly onPicture: (picture: Picture, arrival: Arrival) => Promise<void>;
}

/** How a connection ended. */
export type Ending =
  | { readonly kind: 'ended'; readonly pictures: number }
  | { readonly kind: 'unreachable' | 'broken'; readonly error: unknown };

/** Waits; cut short when the signal is aborted. */
export const pause = async (waitMs: number, signal: AbortSignal): Promise<void> => {
  if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
};

/** Connects, or is aborted when that takes too long. */
const connect = async ({ open }: Attempt, ending: AbortController): Promise<Feed> => {
  const watchdog = createWatchdog(CONNECT_MS, () =>
    ending.abort(new Error(`no answer within ${CONNECT_MS / 1000} seconds`)),
  );
  watchdog.arm();
  try {
    return await open(ending.signal);
  } finally {
    watchdog.stop();
  }
};

const readAll = async (attempt: Attempt, feed: Feed, ending: AbortController): Promise<number> => {
  const { picture } = attempt;
  const waitFor = attempt.onConnect(feed);
  const watchdog = createWatchdog(SILENT_MS, () =>
    ending.abort(new Error(`nothing came for ${SILENT_MS / 1000} seconds`)),
  );
  const onPacket = (): void => watchdog.feed();
  try {
    for (let pictures = 0; ; pictures++) {
      watchdog.arm();
      const arrival = await feed.next(picture, onPacket);
      watchdog.disarm();
      if (!arrival) return pictures;
      await pause(waitFor(arrival), ending.signal);
      if (ending.signal.aborted) return pictures;
      await attempt.onPicture(picture, arrival);
    }
  } finally {
    watchdog.stop();
    await feed.close();
  }
};

const read = async (attempt: Attempt, feed: Feed, ending: AbortController): Promise<Ending> => {
  try {
    const pictures = await readAll(attempt, feed, ending);
    return feed.ends ? { kind: 'ended', pictures } : { kind: 'broken', error: null };
  } catch (error) {
    return { kind: 'broken', error };
  }
};

/** Connects, reads until the end, and lets go of everything. Never throws. */
export const runConnection = async (attempt: Attempt): Promise<Ending> => {
  const ending = new AbortController();
  const end = (): void => ending.abort(attempt.closing.reason);
  attempt.closing.addEventListener('abort', end, { once: true });
  try {
    return await read(attempt, await connect(attempt, ending), ending);
  } catch (error) {
    return { kind: 'unreachable', error };
  } finally {
    attempt.closing.removeEventListener('abort', end);
  }
};
