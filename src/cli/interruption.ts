/**
 * Turns the first Ctrl-C, and a polite request to end, into a signal: the command finishes the frame at hand, keeps
 * what it has and says that it is incomplete. A second one ends it at once.
 */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A terminal's Ctrl-C arrives twice, straight and through the launcher: within this time both are one, ms. */
const SAME_MS = 300;

/**
 * Listens until it is disposed of.
 *
 * @param cleanUp called when somebody insists, before the process ends
 */
export const listenForInterruption = (cleanUp: () => Promise<void>): Interruption => {
  const controller = new AbortController();
  let firstMs: number | null = null;
  const ignore = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, stop);
  };
  const stop = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    firstMs ??= nowMs;
    controller.abort();
    if (nowMs - firstMs <= SAME_MS) return;
    ignore();
    // By the signal itself, with nobody listening any more: an orderly exit would wait for the model's thread.
    void cleanUp().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return { signal: controller.signal, [Symbol.dispose]: ignore };
};
