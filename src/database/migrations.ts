/**
 * Brings a database to the present version, a step at a time, each in one transaction. The steps are files
 * `migrations/NNNN.sql` beside whoever owns the database; they are never changed once published.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './transaction.ts';

/** A step from one version of the tables to the next. */
export interface Migration {
  /** Version that it leads to. */
  readonly version: number;
  readonly sql: string;
}

const MIGRATION = /^(\d{4})\.sql$/;

/** The steps in a folder, in order. */
export const readMigrations = (folder: URL): Migration[] =>
  readdirSync(folder)
    .flatMap((name) => {
      const digits = MIGRATION.exec(name)?.[1];
      return digits === undefined
        ? []
        : [{ version: Number(digits), sql: readFileSync(new URL(name, folder), 'utf8') }];
    })
    .sort((a, b) => a.version - b.version);

/** One of SQLite's numbers about a database. */
export const pragma = (database: DatabaseSync, name: string): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);

const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

/** Whether a file can be brought to the present version, and if not, why. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'tooNew'; readonly found: number; readonly known: number };

/** Looks at a file, and changes nothing. */
export const readinessOf = (
  database: DatabaseSync,
  applicationId: number,
  migrations: readonly Migration[],
): Readiness => {
  const found = pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== applicationId && !isEmpty(database)) return { kind: 'foreign' };
  const known = Math.max(...migrations.map(({ version }) => version));
  return found > known ? { kind: 'tooNew', found, known } : { kind: 'ready' };
};

/** Takes the steps that are missing. */
export const migrate = (database: DatabaseSync, migrations: readonly Migration[]): void => {
  const found = pragma(database, 'user_version');
  for (const { version, sql } of migrations.filter((step) => step.version > found))
    transaction(database, () => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${version}`);
    });
};
