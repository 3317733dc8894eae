/**
 * Gathers what sensors report, and hands it on in batches; a batch that was taken is acknowledged.
 *
 *   observation -> valid? -> queue (bounded) -> take (one batch at a time) -> acknowledge
 *
 * What is not valid is refused with a reason. What does not fit, or was in a batch that was not taken, is forgotten
 * without an answer: the sensor has it still, and sends it again.
 */
import { type Observation, observationSchema } from '../../contract/index.ts';
import { type Acknowledgement, decode, type ObservationMessage } from '../protocol/messages.ts';

/** What an inbox is made of. */
export interface InboxOptions {
  /** Stores observations, all or none. */
  readonly take: (observations: readonly Observation[]) => Promise<unknown>;
  /** Each camera's newest observation as it comes; once each, in order. */
  readonly onLive?: (observation: Observation) => void;
  /** A batch was not taken: why. */
  readonly onFailure?: (error: unknown) => void;
  /** Time for a batch to gather, ms. */
  readonly everyMs?: number;
  readonly mostQueued?: number;
}

/** The way back to a sensor. */
export interface Sender {
  /** Cameras that it may report of. */
  readonly cameras: readonly string[];
  readonly acknowledge: (message: Acknowledgement) => void;
  /** It sent something that is refused. */
  readonly refused: (problem: string) => void;
}

interface Queued {
  readonly observation: Observation;
  readonly from: Sender;
}

const EVERY_MS = 150;
const MOST_QUEUED = 4000;
/** One transaction of the ledger, so that what comes meanwhile need not wait for long. */
const MOST_IN_BATCH = 1000;
const LONGEST_PAUSE_MS = 5000;

/** An observation, or why it is none. */
const read = ({ cameras }: Sender, message: ObservationMessage): Observation | string => {
  if (!cameras.includes(message.camera)) return 'the camera is not one of this sensor';
  const decoded = decode(observationSchema, message.body);
  if ('problem' in decoded) return decoded.problem;
  const observation = decoded.message;
  const isItself = observation.camera === message.camera && observation.sequence === message.sequence;
  return isItself ? observation : 'it has another camera or number than the message around it';
};

/** The hub's inbox. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #everyMs: number;
  readonly #mostQueued: number;
  readonly #queue = new Map<string, Queued>();
  /** The greatest number received, by camera. */
  readonly #latest = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #taking: Promise<void> | null = null;
  #pauseMs = 0;

  /** `latest` is what the ledger has. */
  constructor(latest: ReadonlyMap<string, number>, options: InboxOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? EVERY_MS;
    this.#mostQueued = options.mostQueued ?? MOST_QUEUED;
    for (const [camera, sequence] of latest) this.#latest.set(camera, sequence);
  }

  /** The greatest number of the camera that is stored or was received; 0 for none. No new one may be below. */
  latest(camera: string): number {
    return this.#latest.get(camera) ?? 0;
  }

  /** Takes in what a sensor sent. */
  receive(from: Sender, message: ObservationMessage): void {
    const observation = read(from, message);
    if (typeof observation === 'string') this.#refuse(from, message, observation);
    else this.#enqueue(from, observation);
  }

  /** Hands on all that is queued, as far as it is taken. */
  async flush(): Promise<void> {
    this.#stopTimer();
    while (this.#taking) await this.#taking;
    while (this.#queue.size > 0) if (!(await this.#take())) break;
  }

  #refuse(from: Sender, { camera, sequence }: ObservationMessage, reason: string): void {
    from.refused(`observation ${sequence} of ${camera}: ${reason}`);
    from.acknowledge({ kind: 'acknowledge', camera, stored: [], refused: [{ sequence, reason }] });
  }

  #enqueue(from: Sender, observation: Observation): void {
    const { camera, sequence } = observation;
    const isNewest = sequence > this.latest(camera);
    if (isNewest) this.#latest.set(camera, sequence);
    const key = `${camera} ${sequence}`;
    if (this.#queue.has(key) || this.#queue.size < this.#mostQueued) this.#queue.set(key, { observation, from });
    this.#takeSoon();
    if (isNewest) this.#options.onLive?.(observation);
  }

  #takeSoon(): void {
    if (this.#timer || this.#taking || this.#queue.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#take();
    }, this.#everyMs + this.#pauseMs);
  }

  /** Takes a batch; whether it was taken. Never two at a time. */
  async #take(): Promise<boolean> {
    const finished = Promise.withResolvers<void>();
    this.#taking = finished.promise;
    const isTaken = await this.#takeBatch();
    this.#taking = null;
    finished.resolve();
    this.#takeSoon();
    return isTaken;
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #takeBatch(): Promise<boolean> {
    const keys = [...this.#queue.keys()].slice(0, MOST_IN_BATCH);
    const batch = keys.flatMap((key) => this.#queue.get(key) ?? []);
    const isTaken = await this.#offer(batch);
    for (const key of keys) this.#queue.delete(key);
    if (isTaken) for (const message of acknowledgements(batch)) message.to.acknowledge(message.acknowledgement);
    return isTaken;
  }

  async #offer(batch: readonly Queued[]): Promise<boolean> {
    try {
      await this.#options.take(batch.map(({ observation }) => observation));
      this.#pauseMs = 0;
      return true;
    } catch (error) {
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * this.#pauseMs + this.#everyMs);
      this.#options.onFailure?.(error);
      return false;
    }
  }
}

/** One message per camera. */
function* acknowledgements(batch: readonly Queued[]): Iterable<{ to: Sender; acknowledgement: Acknowledgement }> {
  for (const [camera, queued] of Map.groupBy(batch, ({ observation }) => observation.camera)) {
    const stored = queued.map(({ observation }) => observation.sequence);
    // A sensor that was started anew meanwhile is the one to tell.
    const { from } = queued[queued.length - 1];
    yield { to: from, acknowledgement: { kind: 'acknowledge', camera, stored, refused: [] } };
  }
}
