/**
 * Turns the first Ctrl-C, and a polite request to end, into a signal: the command finishes the frame at hand, keeps
 * what it has and says that it is incomplete. A second Ctrl-C ends it at once.
 */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Listens until it is disposed of. */
export const listenForInterruption = (): Interruption => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of SIGNALS) process.once(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.removeListener(signal, stop);
    },
  };
};
