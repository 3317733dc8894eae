/**
 * The hub's end: sensor processes, and what they report.
 *
 *   sensor process -> line -> inbox -> take (the ledger)
 *                  <- line <- acknowledgements
 */
import type { Observation } from '../contract/index.ts';
import { Inbox, type Sender } from './inbox/inbox.ts';
import { type Assignment, decodeToHub, encode, type ToHub } from './protocol/messages.ts';
import { createRedactor } from './supervisor/redact.ts';
import type { SensorState } from './supervisor/state.ts';
import { SUPERVISOR_TIMES, Supervisor, type SupervisorTimes } from './supervisor/supervisor.ts';
import { within } from './within.ts';

/** One sensor process. */
export interface SensorPlan {
  /** For the log, such as `sensor-1`. */
  readonly name: string;
  readonly cameras: readonly string[];
  /** Handed to the sensor as JSON: what its cameras are. It may hold credentials; it is sent, and never logged. */
  readonly work: unknown;
  /** Added to this process's own, such as UV_THREADPOOL_SIZE. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How the hub runs its sensors. */
export interface FleetOptions {
  readonly sensors: readonly SensorPlan[];
  /** The sensor's script and its arguments, run with this same Node. */
  readonly command: { readonly script: string; readonly args: readonly string[] };
  /** Where sensors keep what is not stored yet. */
  readonly spoolFolder: string;
  /** The greatest sequence number stored, by camera. */
  readonly latest: ReadonlyMap<string, number>;
  /** Stores observations, all or none; they are acknowledged once it is fulfilled. One call at a time. */
  readonly take: (observations: readonly Observation[]) => Promise<unknown>;
  /** Each camera's newest observation as it comes, before it is stored, for what cannot wait. Once each, in order. */
  readonly onLive?: (observation: Observation) => void;
  readonly onState?: (sensor: string, state: SensorState) => void;
  /** A line that a sensor wrote, without credentials. */
  readonly onLog?: (sensor: string, line: string) => void;
  /** What a sensor sent and the hub refused, and why. */
  readonly onRefused?: (sensor: string, problem: string) => void;
  /** Not to be shown in what `onLog` is told. User names and passwords in URLs are never shown. */
  readonly secrets?: readonly string[];
  /** Batches were not taken: why. They come again. */
  readonly onFailure?: (error: unknown) => void;
  /** For tests; a live site has those of SUPERVISOR_TIMES. */
  readonly times?: Partial<SupervisorTimes>;
}

/** The sensors at work. */
export interface Fleet {
  /** Asks all sensors to stop, takes what they still have, and ends those that do not end by themselves. */
  stop(withinMs?: number): Promise<void>;
}

const CHECK_MS = 1000;
/** A check that comes later than this finds that this process itself did not run: the machine slept, or was stuck. */
const LATE_MS = 3000;
/** Of the time to stop, what a sensor has to send what is left; the rest is for killing and for the last batch. */
const DRAIN_SHARE = 0.7;
const KILL_SHARE = 0.85;
const STOP_MS = 4500;

/** One sensor: its process, and its way into the inbox. */
class Member {
  readonly supervisor: Supervisor;
  readonly #plan: SensorPlan;
  readonly #options: FleetOptions;
  readonly #inbox: Inbox;
  #send: (text: string) => void = () => {};
  readonly #sender: Sender;

  constructor(plan: SensorPlan, inbox: Inbox, options: FleetOptions, redact: (line: string) => string) {
    this.#plan = plan;
    this.#options = options;
    this.#inbox = inbox;
    this.#sender = this.#createSender();
    this.supervisor = new Supervisor({
      ...options.command,
      cameras: plan.cameras,
      environment: plan.environment,
      times: { ...SUPERVISOR_TIMES, ...options.times },
      redact,
      onStart: (send) => this.#started(send),
      onText: (text) => this.#receive(text),
      onLine: (line) => options.onLog?.(plan.name, line),
      onState: (state) => options.onState?.(plan.name, state),
    });
  }

  #started(send: (text: string) => void): void {
    this.#send = send;
    // Acknowledgements of what an earlier process sent are good for the one that has its spool now.
    send(encode(this.#assignment()));
  }

  #assignment(): Assignment {
    const { cameras, work } = this.#plan;
    const latest = Object.fromEntries(cameras.map((camera) => [camera, this.#inbox.latest(camera)]));
    return { kind: 'assign', latest, spoolFolder: this.#options.spoolFolder, work };
  }

  #createSender(): Sender {
    return {
      cameras: this.#plan.cameras,
      acknowledge: (message) => this.#send(encode(message)),
      refused: (problem) => this.#options.onRefused?.(this.#plan.name, problem),
    };
  }

  #receive(text: string): void {
    const decoded = decodeToHub(text);
    if ('problem' in decoded) this.#sender.refused(`a message: ${decoded.problem}`);
    else this.#handle(decoded.message);
  }

  #handle(message: ToHub): void {
    if (message.kind === 'observation') this.#inbox.receive(this.#sender, message);
    if (message.kind === 'ready') this.supervisor.ready();
  }
}

/** Calls `check` about once a second, and `forgive` when that came late. */
const watch = (members: readonly Member[]): NodeJS.Timeout => {
  let lastMs = performance.now();
  return setInterval(() => {
    const nowMs = performance.now();
    const isLate = nowMs - lastMs > LATE_MS;
    lastMs = nowMs;
    for (const { supervisor } of members)
      if (isLate) supervisor.forgive();
      else supervisor.check();
  }, CHECK_MS);
};

const stopAll = async (members: readonly Member[], inbox: Inbox, withinMs: number): Promise<void> => {
  const startMs = performance.now();
  const text = encode({ kind: 'stop', withinMs: DRAIN_SHARE * withinMs });
  const ended = Promise.all(members.map(({ supervisor }) => supervisor.stop(text)));
  await within(KILL_SHARE * withinMs, ended);
  for (const { supervisor } of members) supervisor.kill('it did not stop in time');
  await within(
    withinMs - (performance.now() - startMs),
    ended.then(() => inbox.flush()),
  );
};

/** Starts the sensors, and keeps them running until `stop`. */
export const startFleet = (options: FleetOptions): Fleet => {
  const redact = createRedactor(options.secrets ?? []);
  const inbox = new Inbox(options.latest, options);
  const members = new Map(options.sensors.map((plan) => [plan.name, new Member(plan, inbox, options, redact)]));
  const watching = watch([...members.values()]);
  return {
    stop: async (withinMs = STOP_MS) => {
      clearInterval(watching);
      await stopAll([...members.values()], inbox, withinMs);
    },
  };
};
