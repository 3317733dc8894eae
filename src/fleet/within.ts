import { setTimeout as delay } from 'node:timers/promises';

/** Waits for the work, but no longer than so many ms; the work goes on either way. */
export const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  const controller = new AbortController();
  const limit = delay(Math.max(0, ms), undefined, { signal: controller.signal }).catch(() => {});
  await Promise.race([work, limit]);
  controller.abort();
};
