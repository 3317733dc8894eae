/**
 * The live stream: what happens at a site, told to everybody who listens, by Server-Sent Events.
 *
 * ```
 * publish(moment) -----\                       /-> client -> connection
 * publishAlert(event) --+-> one text for all -+--> client -> connection
 *                        \-> the last minute   \-> (one that does not keep up is given up)
 * ```
 *
 * Whoever comes back with the name of the last event that they saw is told what they missed: moments of the last minute,
 * and alerts, however long ago, from the shift log.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
import type { Readable } from 'node:stream';
import { type AlertEvent, type Moment, StarlingError } from '../../contract/index.ts';
import { LiveClient } from './client.ts';
import { BEGINNING, type EventName, formatTold, HEARTBEAT, parseName, withName } from './event.ts';
import { type RecentEvent, RecentEvents } from './recent.ts';

/** Lines of the shift log after one of them, the oldest first, at most so many. */
export type ReadAlertLog = (afterSequence: number, limit: number) => Promise<readonly AlertEvent[]>;

/** What the live stream is made of. */
export interface LiveFeedOptions {
  readonly readLog: ReadAlertLog;
  /** The last line of the shift log when the hub was started; 0 for an empty one. */
  readonly alertSequence: number;
  readonly mostClients?: number;
  /** How often it is shown that the connection lives, ms. */
  readonly heartbeatMs?: number;
  /** A client is ended after so long, ms: it comes back by itself, and shows anew that it may. */
  readonly longestMs?: number;
}

/** Who listens, and from where on. */
export interface Listener {
  readonly name: string;
  readonly lastEventId?: string | undefined;
}

const MINUTE_MS = 60_000;
const MOST_RECENT_BYTES = 8 * 1_048_576;
const MOST_LINES = 1000;

/** What somebody was not told, and up to which line of the shift log they then know. */
interface Missed {
  readonly events: Buffer[];
  readonly upTo: number;
}

/** An event that is told again, to somebody who knows the shift log up to a line. */
const named = ({ name, told }: RecentEvent, upTo: number): Buffer =>
  withName({ ...name, alertSequence: Math.max(name.alertSequence, upTo) }, told);

/** The live stream of a site. */
export class LiveFeed implements Disposable {
  readonly #options: Required<LiveFeedOptions>;
  readonly #clients = new Set<LiveClient>();
  readonly #recent = new RecentEvents(MINUTE_MS, MOST_RECENT_BYTES);
  readonly #run = Date.now().toString(36);
  readonly #heartbeat: NodeJS.Timeout;
  #number = 0;
  #alertSequence: number;
  #joining = 0;

  constructor(options: LiveFeedOptions) {
    this.#options = { mostClients: 1000, heartbeatMs: 10_000, longestMs: 15 * MINUTE_MS, ...options };
    this.#alertSequence = options.alertSequence;
    this.#heartbeat = setInterval(() => this.#toAll(HEARTBEAT), this.#options.heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Clients that listen now. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Tells everybody how the site is. */
  publish(moment: Moment): void {
    this.#tell(null, formatTold({ kind: 'moment', value: moment }));
  }

  /** Tells everybody of a line of the shift log, when it is in the log. */
  publishAlert(event: AlertEvent): void {
    this.#alertSequence = Math.max(this.#alertSequence, event.sequence);
    this.#tell(event.sequence, formatTold({ kind: 'alert', value: event }));
  }

  /**
   * Lets somebody listen. The answer's bytes are those of the stream; destroying it ends it.
   *
   * @throws SERVE_BUSY
   */
  async join({ name, lastEventId }: Listener): Promise<Readable> {
    const { mostClients, longestMs } = this.#options;
    if (this.#clients.size + this.#joining >= mostClients)
      throw new StarlingError('SERVE_BUSY', { what: 'live streams', most: mostClients });
    this.#joining++;
    try {
      const { events, upTo } = await this.#missed(parseName(lastEventId));
      const nowMs = performance.now();
      const client = new LiveClient(name, nowMs, nowMs + longestMs);
      client.alertsUpTo = upTo;
      client.once('close', () => this.#clients.delete(client));
      client.replay([BEGINNING, ...events]);
      this.#clients.add(client);
      return client;
    } finally {
      this.#joining--;
    }
  }

  /** Ends the streams of somebody who may not listen any more. */
  dismiss(name: string): void {
    for (const client of this.#clients) if (client.name === name) client.destroy();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#clients) client.destroy();
  }

  #tell(line: number | null, told: Buffer): void {
    const name = { run: this.#run, number: ++this.#number, alertSequence: this.#alertSequence };
    this.#recent.add({ name, line, told, atMs: performance.now() });
    this.#toAll(withName(name, told), line);
  }

  #toAll(bytes: Buffer, line: number | null = null): void {
    const nowMs = performance.now();
    for (const client of this.#clients) if (line === null || line > client.alertsUpTo) client.send(bytes, nowMs);
  }

  /** What somebody was not told: since an event, or, for somebody new, how the site is. */
  async #missed(last: EventName | null): Promise<Missed> {
    if (last === null) {
      const moment = this.#recent.lastMoment();
      return { events: moment ? [named(moment, 0)] : [], upTo: 0 };
    }
    const lines = this.#isRecent(last) ? [] : await this.#options.readLog(last.alertSequence, MOST_LINES);
    const upTo = lines.at(-1)?.sequence ?? last.alertSequence;
    // A number of another run says nothing about this one.
    const seen = last.run === this.#run ? last.number : 0;
    const since = this.#recent.after(seen).filter(({ line }) => line === null || line > upTo);
    return { events: [...this.#lines(lines, seen), ...since.map((event) => named(event, upTo))], upTo };
  }

  /** Whether everything after an event is still remembered, and everything before it was told. */
  #isRecent({ run, number, alertSequence }: EventName): boolean {
    const event = run === this.#run ? this.#recent.at(number) : undefined;
    return event !== undefined && alertSequence >= event.name.alertSequence;
  }

  #lines(lines: readonly AlertEvent[], number: number): Buffer[] {
    const name = (alertSequence: number): EventName => ({ run: this.#run, number, alertSequence });
    const told = lines.map((value) => withName(name(value.sequence), formatTold({ kind: 'alert', value })));
    // There may be more: whoever shows alerts asks for them anew.
    if (lines.length < MOST_LINES) return told;
    return [...told, withName(name(lines.at(-1)?.sequence ?? 0), formatTold({ kind: 'missed', value: {} }))];
  }
}
