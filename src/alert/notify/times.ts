/** How long things may take, ms. */
export interface Times {
  /** Between tries: twice as long after each failure, from the least to the most, and up to half less by chance. */
  readonly leastWaitMs: number;
  readonly mostWaitMs: number;
  /** Of what a receiver asks for with `Retry-After`, at most this is heeded. */
  readonly mostRetryAfterMs: number;
  /** A message is given up after so long. */
  readonly giveUpMs: number;
  /** A notifier that fails for so long is said to fail. */
  readonly failingMs: number;
  /** A try may last so long; null leaves that to the channel. */
  readonly timeoutMs: number | null;
  /** At the end, a try that is under way may go on for so long. */
  readonly graceMs: number;
}

const MINUTE_MS = 60_000;

/** As they are in service. */
export const TIMES: Times = {
  leastWaitMs: 1000,
  mostWaitMs: 5 * MINUTE_MS,
  mostRetryAfterMs: 10 * MINUTE_MS,
  giveUpMs: 24 * 60 * MINUTE_MS,
  failingMs: MINUTE_MS,
  timeoutMs: null,
  graceMs: 2000,
};

/**
 * Time to wait before the next try, ms.
 *
 * @param failures one after the other, so far (> 0)
 * @param random   from 0 up to 1
 */
export const waitMs = (failures: number, { leastWaitMs, mostWaitMs }: Times, random: number): number =>
  // Beyond some power of two the ceiling does not rise any more, and powers must not run over.
  Math.min(mostWaitMs, leastWaitMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + 0.5 * random);
