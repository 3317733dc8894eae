/** What SQLite and the operating system say, as errors of the catalogue. */
import { StarlingError } from '../../contract/index.ts';
import { reasonOf, troubleOf } from '../../database/index.ts';

const CODES = { inUse: 'STORE_IN_USE', notWritable: 'STORE_NOT_WRITABLE', damaged: 'STORE_CORRUPT' } as const;

/**
 * The error of the catalogue for what went wrong with a ledger. What is no fault of a file or a disk comes back as it
 * is: that would be a fault of the program.
 */
export const asStoreError = (path: string, error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof StarlingError) return error;
  const trouble = troubleOf(error);
  if (trouble === null) return error;
  const code = CODES[trouble];
  if (code === 'STORE_IN_USE') return new StarlingError(code, { path }, { cause: error });
  return new StarlingError(code, { path, reason: reasonOf(error) }, { cause: error });
};
