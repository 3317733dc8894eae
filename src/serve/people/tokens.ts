/** The table of API tokens: what programs show instead of signing in. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Permission, PERMISSIONS } from '../access.ts';
import { digestOf, newSecret } from './secret.ts';

/** By which a token is recognised where it should not be, such as in a repository. */
const PREFIX = 'stl_';
const TOKEN = /^stl_[\w-]{43}$/;
/** Every write waits for the disk, so that a token was used is noted this seldom, ms. */
const USED_EVERY_MS = 5 * 60_000;

const scopesSchema = z
  .string()
  .transform((text) => text.split(' '))
  .pipe(z.array(z.enum(PERMISSIONS)));

const rowSchema = z.object({
  id: z.string(),
  userId: z.int(),
  label: z.string(),
  scopes: scopesSchema,
  createdMs: z.int(),
  expiresMs: z.int(),
  usedMs: z.int().nullable(),
});

/** A token, as it can be shown: its secret is not in it. */
export type Token = Readonly<z.output<typeof rowSchema>>;

/** What a new one is to be. */
export interface NewToken {
  readonly userId: number;
  readonly label: string;
  readonly scopes: readonly Permission[];
  readonly nowMs: number;
  readonly expiresMs: number;
}

/** The table. */
export interface Tokens {
  readonly all: () => Token[];
  readonly byId: (id: string) => Token | null;
  /** Makes one, and tells its secret this once. */
  readonly make: (token: NewToken) => { readonly token: Token; readonly secret: string };
  /** The token of a secret, while it holds. */
  readonly find: (secret: string, nowMs: number) => Token | null;
  readonly revoke: (id: string) => void;
  readonly revokeAll: (userId: number) => void;
}

const SELECT = `
  SELECT id, user_id AS userId, label, scopes, created_ms AS createdMs, expires_ms AS expiresMs, used_ms AS usedMs
  FROM tokens`;

const ID_BYTES = 6;

const orNull = (row: unknown): Token | null => (row === undefined ? null : rowSchema.parse(row));

const createReading = (database: DatabaseSync) => {
  const all = database.prepare(`${SELECT} ORDER BY created_ms, id`);
  const byId = database.prepare(`${SELECT} WHERE id = ?`);
  const byDigest = database.prepare(`${SELECT} WHERE digest = ?`);
  const touch = database.prepare('UPDATE tokens SET used_ms = ? WHERE id = ?');

  const noteUsed = ({ id, usedMs }: Token, nowMs: number): void => {
    if (usedMs !== null && nowMs < usedMs + USED_EVERY_MS) return;
    try {
      touch.run(nowMs, id);
    } catch {
      // A full disk must not keep programs out.
    }
  };

  return {
    all: (): Token[] => all.all().map((row) => rowSchema.parse(row)),
    byId: (id: string) => orNull(byId.get(id)),
    find: (secret: string, nowMs: number): Token | null => {
      const token = TOKEN.test(secret) ? orNull(byDigest.get(digestOf(secret))) : null;
      if (token === null || nowMs >= token.expiresMs) return null;
      noteUsed(token, nowMs);
      return token;
    },
  };
};

/** Prepares what is done with the table. */
export const createTokens = (database: DatabaseSync): Tokens => {
  const insert = database.prepare(`
    INSERT INTO tokens (id, digest, user_id, label, scopes, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const revoke = database.prepare('DELETE FROM tokens WHERE id = ?');
  const revokeAll = database.prepare('DELETE FROM tokens WHERE user_id = ?');
  return {
    ...createReading(database),
    make: ({ userId, label, scopes, nowMs, expiresMs }) => {
      const id = randomBytes(ID_BYTES).toString('hex');
      const secret = PREFIX + newSecret();
      const kept = PERMISSIONS.filter((permission) => scopes.includes(permission));
      insert.run(id, digestOf(secret), userId, label, kept.join(' '), nowMs, expiresMs);
      return { token: { id, userId, label, scopes: kept, createdMs: nowMs, expiresMs, usedMs: null }, secret };
    },
    revoke: (id) => void revoke.run(id),
    revokeAll: (userId) => void revokeAll.run(userId),
  };
};
