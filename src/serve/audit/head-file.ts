/**
 * The head of the chain, in a file beside the log: without it nobody would notice that the newest entries were cut off,
 * for what is left is whole.
 *
 * It is written after the entries are, at most every second, so it may be behind the log by what the last second brought,
 * and never ahead. Whoever can write both files can make both fit; only a head that was noted somewhere else tells then.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { BEGINNING, type ChainLink, linkSchema } from './entry.ts';

/** The file beside a log. */
export const headPathOf = (path: string): string => path.replace(/\.sqlite$/, '') + '.head';

/** A head, or why there is none. */
export type HeadRecord = ChainLink | 'missing' | 'unreadable';

/** Reads the head. */
export const readHead = (path: string): HeadRecord => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable';
  }
  try {
    return linkSchema.safeParse(JSON.parse(text)).data ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
};

/** Writes the head: the old one or the new one is there at any moment, whole. */
export const writeHead = (path: string, { sequence, hash }: ChainLink): void => {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ sequence, hash })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
};

/** What is wrong with the end of a log, given what its head file says; null for nothing. */
export const endProblem = (
  head: HeadRecord,
  end: ChainLink,
  hashAt: (sequence: number) => string | null,
): string | null => {
  if (head === 'missing') return end.sequence === 0 ? null : 'the file with its head is missing';
  if (head === 'unreadable') return 'the file with its head cannot be read';
  if (head.sequence > end.sequence) return `it ends with entry ${end.sequence}, and went on to entry ${head.sequence}`;
  const hash = head.sequence === 0 ? BEGINNING.hash : hashAt(head.sequence);
  return hash === head.hash ? null : `entry ${head.sequence} is not the one that its head names`;
};
