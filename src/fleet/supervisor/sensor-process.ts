/** One run of a sensor's process, from its start until all that it had to say was heard. */
import { type ChildProcess, spawn } from 'node:child_process';
import { within } from '../within.ts';
import { eachLine } from './lines.ts';

/** What to run, and who listens. */
export interface ProcessOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly onText: (text: string) => void;
  readonly onLine: (line: string) => void;
  /** Called once. Every text that it sent has been heard. */
  readonly onEnd: (reason: string) => void;
}

/** After its end, what is still in the pipes comes at once; a grandchild may hold them open for ever. */
const PIPES_MS = 1000;

const inWords = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal ? `it was ended by ${signal}` : `it ended with code ${code}`;

/** A running sensor. */
export class SensorProcess {
  readonly #child: ChildProcess;
  #reason: string | null = null;

  /** Starts it, with this same Node. */
  constructor({ script, args, environment, onText, onLine, onEnd }: ProcessOptions) {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.#child = child;
    child.on('message', (text) => {
      if (typeof text === 'string') onText(text);
    });
    for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, onLine);
    void this.#whenOver((reason) => onEnd(this.#reason ?? reason));
  }

  /** Sends it a text; one that cannot be delivered is lost, and its end is heard of otherwise. */
  send(text: string): void {
    if (this.#child.connected) this.#child.send(text, undefined, undefined, () => {});
  }

  /** Ends it at once. */
  kill(reason: string): void {
    this.#reason ??= reason;
    this.#child.kill('SIGKILL');
  }

  async #whenOver(tell: (reason: string) => void): Promise<void> {
    const child = this.#child;
    const pipes = Promise.withResolvers<void>();
    const line = Promise.withResolvers<void>();
    child.once('close', () => pipes.resolve());
    child.once('disconnect', () => line.resolve());
    const exit = Promise.withResolvers<string>();
    child.once('exit', (code, signal) => exit.resolve(inWords(code, signal)));
    child.on('error', (error) => {
      // It is also told when a message or a signal comes too late, which its end will explain.
      if (child.pid === undefined) exit.resolve(error.message);
    });
    const reason = await exit.promise;
    if (child.pid !== undefined) await within(PIPES_MS, Promise.all([pipes.promise, line.promise]));
    tell(reason);
  }
}
