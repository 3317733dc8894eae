/**
 * The sensor's end of the line to the hub.
 *
 *   report -> spool (disk) -> outbox -> line -> hub
 *                 ^------ acknowledgements --'
 */
import { type Observation, StarlingError } from '../contract/index.ts';
import { type Line, lineToHub } from './line.ts';
import { Outbox } from './outbox/outbox.ts';
import { type Assignment, decodeToSensor, encode, MOST_BODY_LENGTH, type ToSensor } from './protocol/messages.ts';
import { openSpools, type SpoolLimits, type Spools } from './spool/open.ts';
import type { Spool, SpoolStatus } from './spool/spool.ts';
import { within } from './within.ts';

/** What a sensor process has of its hub. */
export interface HubConnection {
  /** Its cameras. */
  readonly cameras: readonly string[];
  /** What the hub was given as `work` for this sensor; to be checked with a schema. */
  readonly work: unknown;
  /** Fulfilled when the hub asks the sensor to stop: end the cameras, report what is left, and `leave`. */
  readonly stopping: Promise<void>;
  /** Tells the hub that the sensor is at work. */
  ready(): void;
  /**
   * Keeps an observation of a camera until the hub has stored it, and sends it.
   *
   * @param make makes the observation, given its sequence number; called once, before `report` returns
   * @returns its number, once it is on the disk (or in memory, while the disk fails: see `status`)
   */
  report(camera: string, make: (sequence: number) => Observation): Promise<number>;
  /** How the spool of a camera is: put `reason` into the camera's health. */
  status(camera: string): SpoolStatus;
  /** Waits until everything is stored, within what the hub allows, says goodbye and ends the connection. */
  leave(): Promise<void>;
}

const ALIVE_MS = 2000;
const RESEND_CHECK_MS = 1000;
/** Time to leave for a sensor that was not asked to, ms. */
const LEAVE_MS = 3000;
/** Time that writing may take after the hub died, ms. */
const ORPHAN_MS = 1500;

class Connection implements HubConnection {
  readonly cameras: readonly string[];
  readonly work: unknown;
  readonly #line: Line;
  readonly #spools: Spools;
  readonly #outbox: Outbox;
  readonly #asked = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout;
  #leaveByMs = Number.POSITIVE_INFINITY;

  constructor(line: Line, { latest, work }: Assignment, spools: Spools) {
    this.cameras = Object.keys(latest);
    this.work = work;
    this.#line = line;
    this.#spools = spools;
    this.#outbox = new Outbox({ spools: spools.byCamera, send: (message) => line.send(encode(message)) });
    this.#timer = setInterval(() => this.#outbox.tick(), RESEND_CHECK_MS);
  }

  get stopping(): Promise<void> {
    return this.#asked.promise;
  }

  ready(): void {
    this.#line.send(encode({ kind: 'ready' }));
  }

  async report(camera: string, make: (sequence: number) => Observation): Promise<number> {
    let body = '';
    const sequence = await this.#spool(camera).append((next) => {
      body = JSON.stringify(make(next));
      if (body.length > MOST_BODY_LENGTH)
        throw new StarlingError('CLI_INTERNAL', { problem: `an observation of ${camera} is too long` });
      return body;
    });
    this.#outbox.kept(camera, { sequence, body });
    return sequence;
  }

  status(camera: string): SpoolStatus {
    return this.#spool(camera).status();
  }

  async leave(): Promise<void> {
    const leftMs = Math.min(LEAVE_MS, this.#leaveByMs - performance.now());
    await within(leftMs, this.#outbox.drained());
    clearInterval(this.#timer);
    const waiting = [...this.#spools.byCamera.values()].reduce((sum, spool) => sum + spool.status().waiting, 0);
    await within(LEAVE_MS, this.#spools.close());
    await this.#line.close(encode({ kind: 'bye', waiting }));
  }

  /** The hub said something. */
  heard(message: ToSensor): void {
    if (message.kind === 'acknowledge') this.#outbox.acknowledge(message);
    if (message.kind === 'stop') {
      this.#leaveByMs = performance.now() + message.withinMs;
      this.#asked.resolve();
    }
  }

  /** The hub is gone: what is in the spools is for the next one. */
  async orphaned(): Promise<void> {
    clearInterval(this.#timer);
    const written = [...this.#spools.byCamera.values()].map((spool) => spool.written());
    await within(ORPHAN_MS, Promise.all(written));
  }

  #spool(camera: string): Spool {
    const spool = this.#spools.byCamera.get(camera);
    if (!spool) throw new StarlingError('CLI_INTERNAL', { problem: `${camera} is not a camera of this sensor` });
    return spool;
  }
}

/** An orderly exit waits for native threads, and one that reads from a camera may not come back for long. */
const endAtOnce = (): void => void process.kill(process.pid, 'SIGKILL');

/** How a sensor joins. */
export interface JoinOptions {
  readonly limits?: Partial<SpoolLimits>;
}

/**
 * Joins the hub that started this process. The hub is told that the process is alive from the start; when the hub is
 * gone, the process ends within 2 s, and the spools keep what was not stored. Signals that a terminal or a service
 * manager sends to hub and sensors alike are left to the hub.
 *
 * @throws FLEET_IN_USE when another process has one of the cameras
 */
export const joinHub = async ({ limits = {} }: JoinOptions = {}): Promise<HubConnection> => {
  const assigned = Promise.withResolvers<Assignment>();
  const early: ToSensor[] = [];
  let connection: Connection | null = null;
  const line = lineToHub({
    onText: (text) => {
      const decoded = decodeToSensor(text);
      if ('problem' in decoded) return;
      if (decoded.message.kind === 'assign') assigned.resolve(decoded.message);
      else if (connection) connection.heard(decoded.message);
      else early.push(decoded.message);
    },
    onGone: () => void Promise.resolve(connection?.orphaned()).finally(endAtOnce),
  });
  setInterval(() => line.send(encode({ kind: 'alive' })), ALIVE_MS).unref();
  const assignment = await assigned.promise;
  const latest = new Map(Object.entries(assignment.latest));
  connection = new Connection(line, assignment, await openSpools({ folder: assignment.spoolFolder, latest, limits }));
  for (const message of early) connection.heard(message);
  return connection;
};
