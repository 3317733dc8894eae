/**
 * Makes whoever guesses wait, longer each time, and never for good: there is no lock that somebody else could close.
 *
 * Everything is in memory, in a bounded number of entries; those that were used longest ago go first. An attempt is
 * charged before it is looked at, so that a thousand at once are not a thousand free ones.
 */

/** How long who waits. */
export interface ThrottleOptions {
  /** So many attempts in a row cost no waiting. */
  readonly free: number;
  /** After the first that does, ms; it doubles with each. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Without any attempt for so long, all is forgotten, ms; longer than the longest delay. */
  readonly forgetMs: number;
  /** Most entries. */
  readonly size: number;
}

/** Attempts that failed, by whoever made them. */
export interface Throttle {
  /** How long until the next attempt is looked at, ms. */
  readonly waitMs: (key: string, nowMs: number) => number;
  readonly charge: (key: string, nowMs: number) => void;
  /** Takes one attempt back, which was right. The others stay: a right one among wrong ones buys no new guesses. */
  readonly refund: (key: string) => void;
  readonly forget: (key: string) => void;
  readonly size: () => number;
}

interface Entry {
  readonly attempts: number;
  readonly lastMs: number;
}

/** Makes a throttle. */
export const createThrottle = (options: ThrottleOptions): Throttle => {
  // A Map remembers in which order it was filled: the first is the one that was used longest ago.
  const entries = new Map<string, Entry>();
  const { free, firstDelayMs, longestDelayMs, forgetMs } = options;

  const delayMs = (attempts: number): number =>
    attempts <= free ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - free - 1));

  const at = (key: string, nowMs: number): Entry | undefined => {
    const entry = entries.get(key);
    return entry && nowMs - entry.lastMs < forgetMs ? entry : undefined;
  };

  const put = (key: string, entry: Entry): void => {
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= options.size) return;
      entries.delete(oldest);
    }
  };

  return {
    waitMs: (key, nowMs) => {
      const entry = at(key, nowMs);
      if (!entry) return 0;
      const delay = delayMs(entry.attempts);
      // A clock that was set back must not make anybody wait longer than the longest delay.
      return Math.min(delay, Math.max(0, entry.lastMs + delay - nowMs));
    },
    charge: (key, nowMs) => put(key, { attempts: (at(key, nowMs)?.attempts ?? 0) + 1, lastMs: nowMs }),
    refund: (key) => {
      const entry = entries.get(key);
      if (entry) entries.set(key, { ...entry, attempts: Math.max(0, entry.attempts - 1) });
    },
    forget: (key) => void entries.delete(key),
    size: () => entries.size,
  };
};
