/**
 * The table of links that set a password, once: the one that makes the first administrator, invitations, and what is
 * given to whoever forgot a password.
 */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { digestOf, newSecret } from './secret.ts';

/** How long a link holds, ms. */
const LINK_MS = 24 * 3_600_000;

const rowSchema = z.object({ userId: z.int().nullable(), expiresMs: z.int() });

/** A link that holds; without a user it makes the first administrator. */
export interface Link {
  readonly userId: number | null;
}

/** What is handed to whoever is to use a link. */
export interface LinkOffer {
  readonly token: string;
  /** Path in the console. The token is behind the `#`, which browsers send to no server, so that it is in no log. */
  readonly path: string;
  readonly expiresMs: number;
}

/** The table. */
export interface Links {
  /** Makes a link in place of those that were made for the same user. */
  readonly make: (user: { readonly id: number; readonly name: string } | null, nowMs: number) => LinkOffer;
  readonly find: (token: string, nowMs: number) => Link | null;
  /** Uses a link up. False when somebody else was faster. */
  readonly take: (token: string) => boolean;
  readonly withdraw: (userId: number | null) => void;
}

const pathOf = (token: string, name: string | null): string => {
  const parts = new URLSearchParams(name === null ? { token } : { token, name });
  return `/set-up#${parts.toString()}`;
};

/** Prepares what is done with the table. */
export const createLinks = (database: DatabaseSync): Links => {
  const insert = database.prepare('INSERT INTO links (digest, user_id, expires_ms) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT user_id AS userId, expires_ms AS expiresMs FROM links WHERE digest = ?');
  const take = database.prepare('DELETE FROM links WHERE digest = ?');
  const withdraw = database.prepare('DELETE FROM links WHERE user_id IS ?');
  return {
    make: (user, nowMs) => {
      const token = newSecret();
      const expiresMs = nowMs + LINK_MS;
      withdraw.run(user?.id ?? null);
      insert.run(digestOf(token), user?.id ?? null, expiresMs);
      return { token, path: pathOf(token, user?.name ?? null), expiresMs };
    },
    find: (token, nowMs) => {
      const row = rowSchema.optional().parse(select.get(digestOf(token)));
      return row && nowMs < row.expiresMs ? { userId: row.userId } : null;
    },
    take: (token) => take.run(digestOf(token)).changes > 0,
    withdraw: (userId) => void withdraw.run(userId),
  };
};
