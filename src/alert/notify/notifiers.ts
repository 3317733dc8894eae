/**
 * Telling people and programs of what happens to alerts: a queue on the disk, and a sender for each notifier.
 *
 * ```
 * alert events -> queue (notify.sqlite) -> sender of control-room -> webhook
 *                                      \-> sender of duty-officer -> mail
 *                                       \-> sender of building    -> MQTT
 * ```
 */
import type { AlertEvent, Notifier, StarlingError } from '../../contract/index.ts';
import { NotifyBook } from './book.ts';
import type { Channel, Notice, SiteName } from './channel.ts';
import { mailChannel } from './channels/mail.ts';
import { mqttChannel } from './channels/mqtt.ts';
import { webhookChannel } from './channels/webhook.ts';
import { type LaneCounts, Queue } from './queue.ts';
import type { Message } from './queued-event.ts';
import { Sender } from './sender.ts';
import { TIMES, type Times } from './times.ts';

/** Whom to tell, and of which site. */
export interface NotifiersOptions {
  /** Of `notify.sqlite`; begun when it is not there. */
  readonly path: string;
  /** By name. What stands for secrets is filled in. */
  readonly notifiers: Readonly<Record<string, Notifier>>;
  readonly site: SiteName;
  /** Where the console is, for those who want to look. */
  readonly link?: string | undefined;
  /** A notifier fails for a while, or a message was given up. May be called again while it fails. */
  readonly onFailing: (name: string, message: string) => void;
  /** A notifier works: called for its first message, too, for it may have failed before the start. */
  readonly onWell: (name: string) => void;
  readonly now?: () => number;
  readonly times?: Partial<Times>;
}

/** How it stands with a notifier since the start. */
export interface NotifierCounts extends LaneCounts {
  /** Why the last try failed; null when it did not. */
  readonly trouble: string | null;
}

/** Those who tell. */
export interface Notifiers extends AsyncDisposable {
  /**
   * Takes events; they are on the disk when it returns, as long as the disk works. An event that was taken before is left
   * as it is, so that after a start everything may be handed over again of which the caller is not sure: first that, in
   * one go, then what is new. What happened more than a day ago, and names that no notifier has, are passed over.
   */
  enqueue(events: readonly AlertEvent[]): void;
  /** Number of the event that was taken last; null when none is known. */
  latestSequence(): number | null;
  /** By name. */
  counts(): Readonly<Record<string, NotifierCounts>>;
  /** Why what waits is in memory only, so that a crash would lose it; null when all is well. */
  trouble(): StarlingError | null;
}

const channelOf = (notifier: Notifier): Channel => {
  if ('webhook' in notifier) return webhookChannel(notifier);
  return 'email' in notifier ? mailChannel(notifier.email) : mqttChannel(notifier);
};

/**
 * Starts to tell, with what is left from before.
 *
 * @throws BOOK_IN_USE, BOOK_TOO_NEW; other trouble with the disk is said by `trouble()`
 */
export const startNotifiers = (options: NotifiersOptions): Notifiers => {
  const { notifiers, site, link = null, onFailing, onWell, now = Date.now } = options;
  const times = { ...TIMES, ...options.times };
  const book = new NotifyBook(options.path);
  const queue = new Queue({ book, notifiers: Object.keys(notifiers), mostAgeMs: times.giveUpMs, now });
  const noticeOf = ({ event, queued: { key } }: Message): Notice => ({ id: `${site.id}-${key}`, site, link, event });
  const senders = new Map(
    Object.entries(notifiers).map(([name, notifier]) => [
      name,
      new Sender({
        name,
        channel: channelOf(notifier),
        queue,
        times,
        noticeOf,
        now,
        onFailing: (message) => onFailing(name, message),
        onWell: () => onWell(name),
      }),
    ]),
  );
  const countsOf = (name: string, sender: Sender): NotifierCounts => ({
    ...queue.counts(name),
    trouble: sender.trouble,
  });
  return {
    enqueue: (events) => {
      for (const name of queue.enqueue(events)) senders.get(name)?.wake();
    },
    latestSequence: () => queue.latestSequence,
    counts: () => Object.fromEntries([...senders].map(([name, sender]) => [name, countsOf(name, sender)])),
    trouble: () => queue.trouble,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...senders.values()].map((sender) => sender.stop()));
      queue.close();
    },
  };
};
