/** A log in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditNote } from './entry.ts';

/** A folder that goes away again, and the log's path in it. */
export const temporaryLog = (): Disposable & { readonly path: string; readonly folder: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-audit-'));
  return {
    folder,
    path: join(folder, 'audit.sqlite'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** A note of something that somebody changed. */
export const note = (what: string, given: Partial<AuditNote> = {}): AuditNote => ({
  caller: 'person',
  by: 'ada',
  address: '192.0.2.7',
  kind: 'changed',
  what,
  details: '',
  ...given,
});

/** Somebody with a database tool. */
export const runSql = (path: string, sql: string): void => {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
};
