/**
 * The thread on which all spools of a sensor write: waiting for a disk takes milliseconds on a good day and seconds on
 * a bad one, and frames do not wait.
 */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { type Changes, DiskFailure, type DiskState, type Kept } from './disk.ts';
import { FileDisk } from './file-disk.ts';
import type { FileLimits } from './sqlite-file.ts';

/** What is asked of a file. */
export type Task =
  | { readonly kind: 'open' }
  | { readonly kind: 'write'; readonly changes: Changes }
  | { readonly kind: 'read'; readonly after: number; readonly limit: number }
  | { readonly kind: 'close' };

/** A task for the file at `path`. */
export interface Request {
  readonly id: number;
  readonly path: string;
  readonly limits: FileLimits;
  readonly task: Task;
}

/** What came of it. */
export type Outcome =
  | { readonly state: DiskState }
  | { readonly rows: readonly Kept[] }
  | { readonly closed: true }
  | { readonly failure: string; readonly isInUse: boolean };

/** The outcome of the request with that id. */
export interface Answer {
  readonly id: number;
  readonly outcome: Outcome;
}

const files = new Map<string, FileDisk>();

const fileOf = ({ path, limits }: Request): FileDisk => {
  const file = files.get(path) ?? new FileDisk(path, limits);
  files.set(path, file);
  return file;
};

const perform = (file: FileDisk, task: Task): Outcome => {
  if (task.kind === 'open') return { state: file.open() };
  if (task.kind === 'write') return { state: file.write(task.changes) };
  if (task.kind === 'read') return { rows: file.read(task.after, task.limit) };
  file.close();
  return { closed: true };
};

const outcomeOf = (request: Request): Outcome => {
  try {
    return perform(fileOf(request), request.task);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { failure, isInUse: error instanceof DiskFailure && error.isInUse };
  }
};

const listen = (port: MessagePort): void => {
  port.on('message', (request: Request) => {
    port.postMessage({ id: request.id, outcome: outcomeOf(request) } satisfies Answer);
  });
};

if (parentPort) listen(parentPort);
