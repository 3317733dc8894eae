import type { DatabaseSync } from 'node:sqlite';

/** Lets the ledger go on after something was read from it as it was at one instant. */
export const endReading = (database: DatabaseSync): void => {
  if (!database.isTransaction) return;
  try {
    database.exec('ROLLBACK');
  } catch {
    // Nothing was written, so there is nothing to undo; a damaged file refuses even that.
  }
};
