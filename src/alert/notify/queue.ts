/**
 * What is to be told to whom: in memory, and on the disk as long as that works.
 *
 * ```
 * enqueue -> memory -> disk (one transaction)      first -> a sender -> settle -> memory -> disk
 *              ^         |
 *              '---------'  opened anew every 5 s while it fails; then what it lacks is written
 * ```
 */
import { type AlertEvent, StarlingError } from '../../contract/index.ts';
import { type NotifyBook, REMEMBERED } from './book.ts';
import { isWaitedFor, keyOf, type Message, type Outcome, type QueuedEvent } from './queued-event.ts';

const REOPEN_MS = 5000;
/** So many wait for one notifier; beyond that the oldest are given up. */
const MOST_WAITING = 10_000;

/** What the queue needs. */
export interface QueueOptions {
  readonly book: NotifyBook;
  /** Names of those who can be told. */
  readonly notifiers: readonly string[];
  /** What happened longer ago than this is told to nobody any more. */
  readonly mostAgeMs: number;
  readonly now: () => number;
  readonly mostWaiting?: number;
  readonly reopenMs?: number;
}

/** What became of messages since the start. */
export interface LaneCounts {
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
}

interface Lane {
  /** By sequence. */
  readonly waiting: Message[];
  sent: number;
  givenUp: number;
}

const isDiskTrouble = (error: unknown): error is StarlingError =>
  error instanceof StarlingError && (error.code === 'BOOK_NOT_WRITABLE' || error.code === 'BOOK_CORRUPT');

/** What is to be told to whom. */
export class Queue {
  readonly #options: QueueOptions;
  readonly #lanes: ReadonlyMap<string, Lane>;
  /** By key, in the order in which they were handed over. */
  readonly #events = new Map<string, QueuedEvent>();
  /** What the disk does not know yet. */
  readonly #unwritten = new Set<QueuedEvent>();
  readonly #reopening: NodeJS.Timeout;
  #latest: number | null = null;
  #trouble: StarlingError | null = null;

  /** @throws BOOK_IN_USE, BOOK_TOO_NEW */
  constructor(options: QueueOptions) {
    this.#options = options;
    this.#lanes = new Map(options.notifiers.map((name) => [name, { waiting: [], sent: 0, givenUp: 0 }]));
    this.#write();
    this.#reopening = setInterval(() => this.#trouble && this.#write(), options.reopenMs ?? REOPEN_MS);
    this.#reopening.unref();
  }

  /** Number of the event that was taken last; null when nothing is known of any. */
  get latestSequence(): number | null {
    return this.#latest;
  }

  /** Why the disk does not have everything; null when it does. */
  get trouble(): StarlingError | null {
    return this.#trouble;
  }

  /** How it stands with a notifier. */
  counts(name: string): LaneCounts {
    const lane = this.#lane(name);
    return { waiting: lane.waiting.length, sent: lane.sent, givenUp: lane.givenUp };
  }

  /** Takes events; those that it has, it leaves as they are. @returns names of those who have something to be told */
  enqueue(events: readonly AlertEvent[]): readonly string[] {
    const ordered = events.toSorted((a, b) => a.sequence - b.sequence);
    const told = new Set(ordered.flatMap((event) => this.#take(event)));
    if (told.size > 0) this.#write();
    return [...told];
  }

  /** What a notifier is to be told next. */
  first(name: string): Message | undefined {
    return this.#lane(name).waiting[0];
  }

  /** A notifier was told, or will never be. */
  settle(name: string, { queued }: Message, outcome: Exclude<Outcome, 'waiting'>): void {
    this.#settle(name, queued, outcome);
    this.#write();
  }

  /** Writes what is to be written, and lets go of the file. */
  close(): void {
    clearInterval(this.#reopening);
    if (this.#unwritten.size > 0) this.#write();
    this.#options.book.close();
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name);
    if (!lane) throw new Error(`nobody is called ${name}`);
    return lane;
  }

  #take(event: AlertEvent): readonly string[] {
    const { now, mostAgeMs } = this.#options;
    const key = keyOf(event);
    const known = this.#events.get(key);
    const names = new Set(event.notify.filter((name) => this.#lanes.has(name)));
    const fresh = [...names].filter((name) => !known?.outcomes.has(name));
    if (names.size === 0 || fresh.length > 0) this.#latest = event.sequence;
    if (fresh.length === 0 || now() - event.timeMs > mostAgeMs) return [];
    const queued = known ?? { key, queuedMs: now(), outcomes: new Map<string, Outcome>(), event };
    queued.event = event;
    this.#events.set(key, queued);
    this.#unwritten.add(queued);
    for (const name of fresh) {
      queued.outcomes.set(name, 'waiting');
      this.#line(name, { event, queued });
    }
    return fresh;
  }

  /** Puts a message where it belongs in the order of sequence. */
  #line(name: string, message: Message): void {
    const { waiting } = this.#lane(name);
    const after = waiting.findLastIndex(({ event }) => event.sequence <= message.event.sequence);
    waiting.splice(after + 1, 0, message);
    // The very first may be under way.
    if (waiting.length > (this.#options.mostWaiting ?? MOST_WAITING)) this.#settle(name, waiting[1].queued, 'givenUp');
  }

  #settle(name: string, queued: QueuedEvent, outcome: Exclude<Outcome, 'waiting'>): void {
    const lane = this.#lane(name);
    const at = lane.waiting.findIndex((message) => message.queued === queued);
    if (at < 0) return;
    lane.waiting.splice(at, 1);
    lane[outcome]++;
    queued.outcomes.set(name, outcome);
    if (!isWaitedFor(queued)) queued.event = null;
    this.#unwritten.add(queued);
  }

  #write(): void {
    const { book } = this.#options;
    try {
      if (!book.isOpen) this.#bringTogether(book.open());
      if (this.#unwritten.size > 0) book.write(this.#unwritten);
      this.#unwritten.clear();
      this.#trouble = null;
      this.#forget();
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      this.#trouble = error;
      book.close();
    }
  }

  /** Joins what the disk has with what came while it could not be read. */
  #bringTogether(stored: readonly QueuedEvent[]): void {
    for (const queued of stored) {
      const known = this.#events.get(queued.key);
      if (known) this.#learn(known, queued);
      else this.#adopt(queued);
    }
    const last = stored.at(-1);
    if (last) this.#latest ??= Number(last.key.split('-')[0]);
  }

  #adopt(queued: QueuedEvent): void {
    this.#events.set(queued.key, queued);
    const { event } = queued;
    if (event === null) return;
    const { now, mostAgeMs } = this.#options;
    for (const [name, outcome] of queued.outcomes) {
      if (outcome !== 'waiting') continue;
      if (this.#lanes.has(name)) this.#line(name, { event, queued });
      // Somebody whom the site file does not name any more. A slip may be mended within the time.
      else if (now() - queued.queuedMs > mostAgeMs) queued.outcomes.set(name, 'givenUp');
    }
    if (isWaitedFor(queued)) return;
    queued.event = null;
    this.#unwritten.add(queued);
  }

  /** What was sent before the disk failed is not sent again. */
  #learn(known: QueuedEvent, stored: QueuedEvent): void {
    for (const [name, outcome] of stored.outcomes) {
      const isNews = outcome !== 'waiting' && known.outcomes.get(name) === 'waiting';
      if (isNews) this.#settle(name, known, outcome);
      else if (!known.outcomes.has(name)) known.outcomes.set(name, outcome);
    }
    this.#unwritten.add(known);
  }

  /** As the book does: what is settled and old. */
  #forget(): void {
    let tooMany = this.#events.size - 2 * REMEMBERED;
    if (tooMany <= 0) return;
    for (const [key, { event }] of this.#events) {
      if (event === null) this.#events.delete(key);
      if (--tooMany <= -REMEMBERED) return;
    }
  }
}
