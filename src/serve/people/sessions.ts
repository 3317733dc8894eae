/** The table of sessions: who is signed in. Every session has an id of its own, drawn when it begins, and never taken over. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { digestOf, newSecret } from './secret.ts';

const HOUR_MS = 3_600_000;

/** Without a request for so long, a session is over, ms. */
const IDLE_MS = 12 * HOUR_MS;
/** So long after signing in with a password it is over in any case, ms. */
export const LONGEST_MS = 7 * 24 * HOUR_MS;
/** And after signing in at a provider, which cannot tell us when somebody has left: about a shift, ms. */
export const LONGEST_OF_PROVIDER_MS = 12 * HOUR_MS;

/** Every write waits for the disk, so that somebody is still there is noted this seldom, ms. */
const SEEN_EVERY_MS = 5 * 60_000;
const MOST_PER_USER = 50;

const rowSchema = z.object({ userId: z.int(), createdMs: z.int(), seenMs: z.int(), endsMs: z.int() });

/** A session that holds. */
export interface Session {
  readonly userId: number;
  readonly createdMs: number;
  /** When it ends if nothing is asked any more, ms. */
  readonly endsMs: number;
}

/** The table. */
export interface Sessions {
  /** Begins one, and tells its id this once. */
  readonly begin: (userId: number, nowMs: number, longestMs: number) => string;
  /** The session of an id, while it holds. */
  readonly find: (secret: string, nowMs: number) => Session | null;
  readonly end: (secret: string) => void;
  readonly endAll: (userId: number) => void;
}

/** Prepares what is done with the table. */
export const createSessions = (database: DatabaseSync): Sessions => {
  const insert = database.prepare(
    'INSERT INTO sessions (digest, user_id, created_ms, seen_ms, ends_ms) VALUES (?, ?, ?, ?, ?)',
  );
  const select = database.prepare(`
    SELECT user_id AS userId, created_ms AS createdMs, seen_ms AS seenMs, ends_ms AS endsMs
    FROM sessions WHERE digest = ?`);
  const touch = database.prepare('UPDATE sessions SET seen_ms = ? WHERE digest = ?');
  const end = database.prepare('DELETE FROM sessions WHERE digest = ?');
  const endAll = database.prepare('DELETE FROM sessions WHERE user_id = ?');
  const sweep = database.prepare('DELETE FROM sessions WHERE ends_ms <= ? OR seen_ms <= ?');
  const trim = database.prepare(`
    DELETE FROM sessions WHERE digest IN (
      SELECT digest FROM sessions WHERE user_id = ? ORDER BY created_ms DESC LIMIT -1 OFFSET ${MOST_PER_USER})`);

  const noteSeen = (digest: Uint8Array, nowMs: number): void => {
    try {
      touch.run(nowMs, digest);
    } catch {
      // A full disk must not sign anybody out: the session holds as long as was last noted.
    }
  };

  return {
    begin: (userId, nowMs, longestMs) => {
      const secret = newSecret();
      sweep.run(nowMs, nowMs - IDLE_MS);
      insert.run(digestOf(secret), userId, nowMs, nowMs, nowMs + longestMs);
      trim.run(userId);
      return secret;
    },
    find: (secret, nowMs) => {
      const digest = digestOf(secret);
      const row = rowSchema.optional().parse(select.get(digest));
      if (!row || nowMs >= row.endsMs || nowMs >= row.seenMs + IDLE_MS) return null;
      if (nowMs >= row.seenMs + SEEN_EVERY_MS) noteSeen(digest, nowMs);
      return { userId: row.userId, createdMs: row.createdMs, endsMs: Math.min(row.endsMs, nowMs + IDLE_MS) };
    },
    end: (secret) => void end.run(digestOf(secret)),
    endAll: (userId) => void endAll.run(userId),
  };
};
