/** What carries texts from a sensor to its hub and back on one machine: the channel that Node opens to a child. */
import { StarlingError } from '../contract/index.ts';

/** A way to send texts. Whatever is not delivered is lost without a word; who needs an answer waits for one. */
export interface Line {
  send(text: string): void;
  /** Sends a last text, and ends the connection. */
  close(text: string): Promise<void>;
}

/** Who listens. */
export interface LineOptions {
  readonly onText: (text: string) => void;
  /** The hub ended, or fell away. */
  readonly onGone: () => void;
}

/** A hub that does not read is not waited for with more than this in memory, in UTF-16 units. */
const MOST_PENDING_LENGTH = 32 * 1024 * 1024;

const ignore = (): void => {};

/** The line from this process to the hub that started it. */
export const lineToHub = ({ onText, onGone }: LineOptions): Line => {
  if (!process.connected) throw new StarlingError('CLI_INTERNAL', { problem: 'a sensor is started by its hub' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ignore);
  process.on('message', (text) => {
    if (typeof text === 'string') onText(text);
  });
  process.once('disconnect', onGone);

  let pending = 0;
  const post = (text: string, done: () => void): void => {
    pending += text.length;
    process.send?.(text, undefined, undefined, () => {
      pending -= text.length;
      done();
    });
  };
  return {
    send: (text) => {
      if (process.connected && pending < MOST_PENDING_LENGTH) post(text, ignore);
    },
    close: async (text) => {
      process.off('disconnect', onGone);
      if (!process.connected) return;
      await new Promise<void>((resolve) => {
        post(text, resolve);
      });
      // The hub may have gone in between.
      if (process.connected) process.disconnect();
    },
  };
};
