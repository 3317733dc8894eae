/** A ledger full of history, for whoever asks the API. */
import { setImmediate } from 'node:timers/promises';
import { openDatabase } from '../src/store/sqlite/database.ts';
import { fillHistory } from './year-of-minutes.ts';

/** A day of history, ms. */
export const DAY_MS = 86_400_000;
/** Where history ends: midnight in the site's time zone. */
export const END_MS = Date.UTC(2025, 11, 31, 23);
/** Written at a time; parts of a day. */
const PIECES_A_DAY = 8;

/** How much history. */
export interface HistorySize {
  readonly cameras: number;
  readonly days: number;
}

/** Writes a few hours after the other, so that cameras lie mixed in the file, as they do at a hub. */
export const fillLedger = async ({ cameras, days }: HistorySize, path: string): Promise<void> => {
  const database = openDatabase(path);
  try {
    // Nobody minds when this one is lost.
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
    for (let piece = days * PIECES_A_DAY - 1; piece >= 0; piece--) {
      const endMs = END_MS - (piece / PIECES_A_DAY) * DAY_MS;
      for (const levelS of [60, 900] as const)
        fillHistory(database, { cameras, days: 1 / PIECES_A_DAY, levelS, endMs });
      // Whoever wants to interrupt this is heard now.
      await setImmediate();
    }
    database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
};
