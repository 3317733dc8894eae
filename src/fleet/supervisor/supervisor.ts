/** Keeps one sensor running: starts it again when it ends, and ends it when it falls silent. */
import { StarlingError } from '../../contract/index.ts';
import { Backoff } from './backoff.ts';
import { type ProcessOptions, SensorProcess } from './sensor-process.ts';
import type { SensorState } from './state.ts';

/** Times of a supervisor, ms. */
export interface SupervisorTimes {
  /** Before it is started again, at least and at most. */
  readonly leastWaitMs: number;
  readonly mostWaitMs: number;
  /** Once it ran so long, what was before is forgotten. */
  readonly wellAfterMs: number;
  /** A sensor that is not heard of for so long hangs. */
  readonly silentMs: number;
  /** The same until it is heard for the first time: loading takes its time on a busy machine. */
  readonly silentAtFirstMs: number;
}

/** The times that a live site has. */
export const SUPERVISOR_TIMES: SupervisorTimes = {
  leastWaitMs: 500,
  mostWaitMs: 30_000,
  wellAfterMs: 60_000,
  silentMs: 10_000,
  silentAtFirstMs: 30_000,
};

/** What a supervisor is made of. */
export interface SupervisorOptions extends Omit<ProcessOptions, 'onEnd' | 'onLine'> {
  readonly cameras: readonly string[];
  readonly times: SupervisorTimes;
  /** The process was started: tell it what to do. */
  readonly onStart: (send: (text: string) => void) => void;
  /** A line that it wrote, without credentials. */
  readonly onLine: (line: string) => void;
  readonly onState: (state: SensorState) => void;
  /** Takes credentials out of a line. */
  readonly redact: (line: string) => string;
}

const LAST_WORDS = 20;

/** Supervises one sensor. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #backoff: Backoff;
  readonly #stopped = Promise.withResolvers<void>();
  #state: SensorState = { kind: 'starting' };
  #process: SensorProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isStopping = false;
  #heardMs: number | null = null;
  #startedMs = 0;
  #readyMs: number | null = null;
  #lastWords: string[] = [];

  /** Starts the sensor. */
  constructor(options: SupervisorOptions) {
    const { leastWaitMs, mostWaitMs } = options.times;
    this.#options = options;
    this.#backoff = new Backoff({ leastMs: leastWaitMs, mostMs: mostWaitMs });
    this.#start();
  }

  get state(): SensorState {
    return this.#state;
  }

  /** It said that it is at work. */
  ready(): void {
    if (this.#state.kind !== 'starting') return;
    this.#readyMs = performance.now();
    this.#tell({ kind: 'running' });
  }

  /** Call about once a second: a sensor that hangs is ended, to be started again. */
  check(): void {
    const { silentMs, silentAtFirstMs } = this.#options.times;
    const limitMs = this.#heardMs === null ? silentAtFirstMs : silentMs;
    const quietMs = performance.now() - (this.#heardMs ?? this.#startedMs);
    if (quietMs > limitMs) this.#process?.kill(`it was silent for ${Math.round(quietMs / 1000)} s`);
  }

  /** This process itself did not run for a while, so that it could not hear anybody. */
  forgive(): void {
    if (this.#heardMs !== null) this.#heardMs = performance.now();
    this.#startedMs = performance.now();
  }

  /** Asks it to stop, with the given text; fulfilled when it has ended. */
  stop(text: string): Promise<void> {
    this.#isStopping = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#process) this.#process.send(text);
    else this.#over();
    return this.#stopped.promise;
  }

  /** Ends it at once. */
  kill(reason: string): void {
    this.#process?.kill(reason);
  }

  #start(): void {
    this.#tell({ kind: 'starting' });
    this.#heardMs = null;
    this.#readyMs = null;
    this.#startedMs = performance.now();
    this.#lastWords = [];
    const started = new SensorProcess({
      ...this.#options,
      onText: (text) => {
        this.#heardMs = performance.now();
        this.#options.onText(text);
      },
      onLine: (line) => this.#heard(this.#options.redact(line)),
      onEnd: (reason) => this.#ended(this.#options.redact(reason)),
    });
    this.#process = started;
    this.#options.onStart((text) => started.send(text));
  }

  #heard(line: string): void {
    this.#lastWords.push(line);
    if (this.#lastWords.length > LAST_WORDS) this.#lastWords.shift();
    this.#options.onLine(line);
  }

  #ended(reason: string): void {
    this.#process = null;
    if (this.#isStopping) {
      this.#over();
      return;
    }
    const ranMs = this.#readyMs === null ? 0 : performance.now() - this.#readyMs;
    if (ranMs >= this.#options.times.wellAfterMs) this.#backoff.reset();
    const againInMs = Math.round(this.#backoff.next());
    const error =
      this.#readyMs === null
        ? new StarlingError('FLEET_SENSOR_LOST', { cameras: this.#options.cameras.join(', '), reason })
        : null;
    this.#timer = setTimeout(() => this.#start(), againInMs);
    this.#tell({ kind: 'waiting', reason, againInMs, lastWords: [...this.#lastWords], error });
  }

  #over(): void {
    this.#tell({ kind: 'stopped' });
    this.#stopped.resolve();
  }

  #tell(state: SensorState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
