/** What the log says of itself. */
import type { AuditEntry, CountedNote } from './entry.ts';

/** What an entry is called that says that the end of the log was not as it was left. Such a log is not whole. */
const END_CHANGED = 'endChanged';
const ENTRIES_LOST = 'entriesLost';

const ownNote = (what: string, details: string, timeMs: number, count: number): CountedNote => ({
  caller: 'hub',
  by: 'starling',
  address: null,
  kind: 'log',
  what,
  details,
  timeMs,
  count,
});

/** The end of the log is not as it was left. */
export const endChanged = (problem: string, nowMs: number): CountedNote => ownNote(END_CHANGED, problem, nowMs, 1);

/** Entries that could not be written, and for which no room was left. */
export const entriesLost = (
  { count, fromMs }: { readonly count: number; readonly fromMs: number },
  nowMs: number,
): CountedNote =>
  ownNote(ENTRIES_LOST, `since ${new Date(fromMs).toISOString()}, while the log could not be written`, nowMs, count);

/** What a log found wrong with its own end; null for any other entry. */
export const endChangedIn = ({ kind, what, details }: AuditEntry): string | null =>
  kind === 'log' && what === END_CHANGED ? details : null;

/** How many entries were lost, as an entry says. */
export const lostIn = ({ kind, what, count }: AuditEntry): number =>
  kind === 'log' && what === ENTRIES_LOST ? count : 0;
