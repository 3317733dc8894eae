import { spawn } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'starling.js');

/** What a command left behind. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is running. */
export interface RunningCommand {
  /** Signals the whole process group, as a terminal's Ctrl-C does, or with the others only the command that was typed. */
  stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void;
  readonly result: Promise<CommandResult>;
}

const start = (args: readonly string[], env: NodeJS.ProcessEnv): RunningCommand => {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  const ended = Promise.withResolvers<CommandResult>();
  child.on('error', ended.reject);
  child.on('close', (code) => ended.resolve({ code, ...output }));
  const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    if (child.pid !== undefined) process.kill(signal === 'SIGINT' ? -child.pid : child.pid, signal);
  };
  return { stop, result: ended.promise };
};

/** Starts `starling` as a user would, in a process of its own. */
export const startStarling = (...args: string[]): RunningCommand => start(args, process.env);

/** Runs `starling` to its end with some variables of its environment changed. */
export const starlingWith = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<CommandResult> =>
  start(args, { ...process.env, ...env }).result;

/** Runs `starling` with a standard output that nobody reads any more. */
export const starlingUnread = async (...args: string[]): Promise<CommandResult> => {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = Promise.withResolvers<number | null>();
  child.on('close', ended.resolve);
  return { code: await ended.promise, stdout: '', stderr };
};

/** Runs `starling` to its end. */
export const starling = (...args: string[]): Promise<CommandResult> => startStarling(...args).result;
