/**
 * The table of browsers in which somebody has signed in before, each known by a cookie of its own. Attempts from such a
 * browser are counted by themselves, so that nobody else's wrong guesses keep its owner out.
 *
 * @see OWASP: Slow Down Online Guessing Attacks with Device Cookies
 */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { digestOf, newSecret } from './secret.ts';

const YEAR_MS = 365 * 86_400_000;
const MOST_PER_USER = 20;

const rowSchema = z.object({ createdMs: z.int() });

/** The table. */
export interface Devices {
  /** Whether a cookie is of a browser in which this user has signed in. */
  readonly isOf: (secret: string, userId: number, nowMs: number) => boolean;
  /** Gives a browser a new cookie in place of the one that it had. */
  readonly renew: (userId: number, had: string | null, nowMs: number) => string;
  readonly forgetAll: (userId: number) => void;
}

/** Prepares what is done with the table. */
export const createDevices = (database: DatabaseSync): Devices => {
  const insert = database.prepare('INSERT INTO devices (digest, user_id, created_ms) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT created_ms AS createdMs FROM devices WHERE digest = ? AND user_id = ?');
  // Another user's mark in the same browser is theirs to keep, but there is one cookie only: it goes to whoever came last.
  const remove = database.prepare('DELETE FROM devices WHERE digest = ? OR created_ms <= ?');
  const forgetAll = database.prepare('DELETE FROM devices WHERE user_id = ?');
  const trim = database.prepare(`
    DELETE FROM devices WHERE digest IN (
      SELECT digest FROM devices WHERE user_id = ? ORDER BY created_ms DESC LIMIT -1 OFFSET ${MOST_PER_USER})`);
  return {
    isOf: (secret, userId, nowMs) => {
      const row = rowSchema.optional().parse(select.get(digestOf(secret), userId));
      return row !== undefined && nowMs < row.createdMs + YEAR_MS;
    },
    renew: (userId, had, nowMs) => {
      const secret = newSecret();
      remove.run(digestOf(had ?? ''), nowMs - YEAR_MS);
      insert.run(digestOf(secret), userId, nowMs);
      trim.run(userId);
      return secret;
    },
    forgetAll: (userId) => void forgetAll.run(userId),
  };
};
