import { inspect } from 'node:util';
import { EXIT_CODES, StarlingError } from '../contract/index.ts';

/** Anything thrown, as an error of the catalogue: what is not in it is a fault of Starling's own. */
const asStarlingError = (error: unknown): StarlingError =>
  error instanceof StarlingError
    ? error
    : new StarlingError(
        'CLI_INTERNAL',
        { problem: error instanceof Error ? error.message : String(error) },
        { cause: error },
      );

/**
 * Tells the user what went wrong and how to mend it, on standard error, and sets the exit code. The stack trace stays
 * away unless STARLING_DEBUG is set.
 */
export const reportFailure = (thrown: unknown): void => {
  const error = asStarlingError(thrown);
  process.stderr.write(`starling: ${error.message}\n  ${error.mend}\n  [${error.code}]\n`);
  if (process.env['STARLING_DEBUG']) process.stderr.write(`${inspect(error)}\n`);
  process.exitCode = error.exitCode;
};

/** Exit code after Ctrl-C, when what was measured so far has been kept. */
export const INTERRUPTED_EXIT_CODE = EXIT_CODES.interrupted;
