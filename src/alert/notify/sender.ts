/**
 * Tells one notifier what waits for it: one message after the other, in the order of sequence, each until it has arrived
 * or is given up.
 *
 * ```
 *             .--- wait, longer each time ---.
 *             v                              |
 * first -> try -> failed ------------------>-+--> given up after a day, or when it was refused three times
 *             |
 *             '-> arrived -> settle -> next
 * ```
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, Delivery, Notice } from './channel.ts';
import type { Message } from './queued-event.ts';
import type { Queue } from './queue.ts';
import { type Times, waitMs } from './times.ts';
import { whyOf } from './why.ts';

/** So often a message is tried that the receiver refuses. */
const MOST_REFUSALS = 3;

/** What a sender needs. */
export interface SenderOptions {
  readonly name: string;
  readonly channel: Channel;
  readonly queue: Queue;
  readonly times: Times;
  readonly noticeOf: (message: Message) => Notice;
  readonly now: () => number;
  /** It fails for a while, or a message was given up. May be called again while it fails. */
  readonly onFailing: (message: string) => void;
  /** It works; called for the first message, and for the first after it failed. */
  readonly onWell: () => void;
}

type Failure = Extract<Delivery, { kind: 'failed' }>;

/** Tells one notifier what waits for it. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #woken = Promise.withResolvers<void>();
  /** One after the other, since the last that arrived. */
  #failures = 0;
  /** Of the message that is tried. */
  #refusals = 0;
  #failingSince: number | null = null;
  #hasSaid: 'nothing' | 'failing' | 'well' = 'nothing';
  #why: string | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#ended = this.#run();
  }

  /** Why the last try failed; null when it did not. */
  get trouble(): string | null {
    return this.#why;
  }

  /** There is something to send. */
  wake(): void {
    this.#woken.resolve();
  }

  /** Ends; a try that is under way may go on for a moment. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#ended;
    this.#options.channel.close();
  }

  get #hasStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    const { queue, name } = this.#options;
    while (!this.#hasStopped) {
      this.#woken = Promise.withResolvers();
      const message = queue.first(name);
      if (!message) {
        await this.#woken.promise;
        continue;
      }
      const delivery = await this.#try(message);
      if (delivery.kind === 'delivered') this.#delivered(message, delivery.complaint);
      else if (!this.#hasStopped) await this.#failed(message, delivery);
    }
  }

  async #try(message: Message): Promise<Delivery> {
    const { channel, times, noticeOf } = this.#options;
    const over = new AbortController();
    const tried = channel.send(noticeOf(message), over.signal);
    try {
      return await Promise.race([tried, this.#timeUp(times.timeoutMs ?? channel.timeoutMs, over.signal)]);
    } catch (error) {
      return { kind: 'failed', why: whyOf(error), isRefused: false, retryAfterMs: null };
    } finally {
      over.abort();
      // A channel that comes to its end later has nobody to tell.
      tried.catch(() => {});
    }
  }

  /** Rejected when a try has lasted too long, or, at the end, longer than the moment that is left to it. */
  async #timeUp(timeoutMs: number, over: AbortSignal): Promise<never> {
    const stopped = AbortSignal.any([over, this.#stopping.signal]);
    await delay(timeoutMs, undefined, { signal: stopped }).catch(() => {});
    if (this.#hasStopped) await delay(this.#options.times.graceMs, undefined, { signal: over }).catch(() => {});
    throw new DOMException('no answer', 'TimeoutError');
  }

  #delivered(message: Message, complaint: string | null): void {
    const { queue, name, onFailing, onWell } = this.#options;
    queue.settle(name, message, 'sent');
    this.#failures = 0;
    this.#refusals = 0;
    this.#failingSince = null;
    this.#why = complaint;
    const was = this.#hasSaid;
    this.#hasSaid = complaint === null ? 'well' : 'failing';
    if (complaint !== null) onFailing(complaint);
    else if (was !== 'well') onWell();
  }

  async #failed(message: Message, { why, isRefused, retryAfterMs }: Failure): Promise<void> {
    const { times } = this.#options;
    this.#failures++;
    if (isRefused) this.#refusals++;
    this.#failingSince ??= performance.now();
    this.#why = why;
    if (this.#isHopeless(message)) this.#giveUp(message, why);
    else if (this.#hasSaid !== 'failing' && performance.now() - this.#failingSince >= times.failingMs) this.#say(why);
    const askedMs = Math.min(retryAfterMs ?? 0, times.mostRetryAfterMs);
    const pauseMs = Math.max(askedMs, waitMs(this.#failures, times, Math.random()));
    await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  #isHopeless({ queued }: Message): boolean {
    const { now, times } = this.#options;
    return this.#refusals >= MOST_REFUSALS || now() - queued.queuedMs >= times.giveUpMs;
  }

  #giveUp(message: Message, why: string): void {
    const { queue, name } = this.#options;
    this.#refusals = 0;
    queue.settle(name, message, 'givenUp');
    this.#say(`${why}; the message about ${message.event.subject} was given up`);
  }

  #say(why: string): void {
    this.#hasSaid = 'failing';
    this.#options.onFailing(why);
  }
}
