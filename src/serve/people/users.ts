/** The table of users. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';
import { type Role, ROLES } from '../access.ts';
import { nameKey } from './names.ts';

const userSchema = z.object({
  id: z.int(),
  name: z.string(),
  role: z.enum(ROLES),
  hasPassword: z.int().transform((count) => count > 0),
  issuer: z.string().nullable(),
  subject: z.string().nullable(),
  createdMs: z.int(),
  disabledMs: z.int().nullable(),
  signedInMs: z.int().nullable(),
});

/** Somebody who may sign in. The hash of the password is deliberately no part of it. */
export type User = Readonly<z.output<typeof userSchema>>;

/** By whom somebody is known at an OpenID provider. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** Who is to be added. */
export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly provider: ProviderIdentity | null;
  readonly nowMs: number;
}

/** The table. */
export interface Users {
  readonly all: () => User[];
  readonly byId: (id: number) => User | null;
  readonly byName: (name: string) => User | null;
  readonly byProvider: (identity: ProviderIdentity) => User | null;
  readonly passwordHash: (id: number) => string | null;
  /** Administrators who can sign in. */
  readonly administrators: () => number;
  /** @throws SERVE_NAME_TAKEN */
  readonly add: (user: NewUser) => User;
  readonly setPasswordHash: (id: number, hash: string) => void;
  readonly setRole: (id: number, role: Role) => void;
  readonly setDisabled: (id: number, disabledMs: number | null) => void;
  readonly setSignedIn: (id: number, nowMs: number) => void;
}

const SELECT = `
  SELECT id, name, role, password_hash IS NOT NULL AS hasPassword, issuer, subject, created_ms AS createdMs,
    disabled_ms AS disabledMs, signed_in_ms AS signedInMs
  FROM users`;

const hashSchema = z.object({ hash: z.string().nullable() });
const countSchema = z.object({ count: z.int() });

const orNull = (row: unknown): User | null => (row === undefined ? null : userSchema.parse(row));

const createReading = (database: DatabaseSync) => {
  const all = database.prepare(`${SELECT} ORDER BY name_key`);
  const byId = database.prepare(`${SELECT} WHERE id = ?`);
  const byKey = database.prepare(`${SELECT} WHERE name_key = ?`);
  const byProvider = database.prepare(`${SELECT} WHERE issuer = ? AND subject = ?`);
  const hash = database.prepare('SELECT password_hash AS hash FROM users WHERE id = ?');
  const administrators = database.prepare(`
    SELECT count(*) AS count FROM users
    WHERE role = 'administrator' AND disabled_ms IS NULL AND (password_hash IS NOT NULL OR issuer IS NOT NULL)`);
  return {
    all: (): User[] => all.all().map((row) => userSchema.parse(row)),
    byId: (id: number) => orNull(byId.get(id)),
    byName: (name: string) => orNull(byKey.get(nameKey(name))),
    byProvider: ({ issuer, subject }: ProviderIdentity) => orNull(byProvider.get(issuer, subject)),
    passwordHash: (id: number) => hashSchema.optional().parse(hash.get(id))?.hash ?? null,
    administrators: () => countSchema.parse(administrators.get()).count,
  };
};

/** Prepares what is done with the table. */
export const createUsers = (database: DatabaseSync): Users => {
  const reading = createReading(database);
  const insert = database.prepare(`
    INSERT INTO users (name, name_key, role, issuer, subject, created_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (name_key) DO NOTHING`);
  const setHash = database.prepare('UPDATE users SET password_hash = ? WHERE id = ?');
  const setRole = database.prepare('UPDATE users SET role = ? WHERE id = ?');
  const setDisabled = database.prepare('UPDATE users SET disabled_ms = ? WHERE id = ?');
  const setSignedIn = database.prepare('UPDATE users SET signed_in_ms = ? WHERE id = ?');
  return {
    ...reading,
    add: ({ name, role, provider, nowMs }) => {
      const values = [name, nameKey(name), role, provider?.issuer ?? null, provider?.subject ?? null, nowMs];
      const added = insert.run(...values).changes > 0 ? reading.byName(name) : null;
      if (added === null) throw new StarlingError('SERVE_NAME_TAKEN', { name });
      return added;
    },
    setPasswordHash: (id, hash) => void setHash.run(hash, id),
    setRole: (id, role) => void setRole.run(role, id),
    setDisabled: (id, disabledMs) => void setDisabled.run(disabledMs, id),
    setSignedIn: (id, nowMs) => void setSignedIn.run(nowMs, id),
  };
};
