import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Bytes of a ledger on the disk, its log included. */
export const ledgerBytes = (path: string): number =>
  ['', '-wal'].reduce((sum, ending) => sum + (statSync(`${path}${ending}`, { throwIfNoEntry: false })?.size ?? 0), 0);

/**
 * Gives room that is not needed back to the disk: writes the ledger anew, without the pages that nothing is on. Needs
 * about as much free room as the ledger is large, and nothing else can be written meanwhile. The ledger reuses free
 * pages by itself, so this is worth while only after it has shrunk: a shorter retention, or cameras that were removed.
 */
export const compactLedger = (
  database: DatabaseSync,
  path: string,
): { readonly bytesBefore: number; readonly bytesAfter: number } => {
  const bytesBefore = ledgerBytes(path);
  database.exec('VACUUM');
  // The log holds the new ledger until it is moved to the file.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { bytesBefore, bytesAfter: ledgerBytes(path) };
};
