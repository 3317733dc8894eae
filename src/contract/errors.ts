/**
 * The error that everything in Starling throws: of the catalogue, with its blanks filled in.
 */
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import { type ErrorEntry, EXIT_CODES } from './error-entry.ts';
import { type Details, fill } from './template.ts';

/** A code of the catalogue. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** What a code's message needs to be filled in. */
export type ErrorDetails<Code extends ErrorCode> = Details<
  (typeof ERROR_CATALOGUE)[Code]['what'] | (typeof ERROR_CATALOGUE)[Code]['mend']
>;

/** What an error is made of: a code, and what that code's message needs. */
type ErrorArguments = {
  readonly [Code in ErrorCode]: readonly [code: Code, details: ErrorDetails<Code>, options?: ErrorOptions];
}[ErrorCode];

/**
 * An error of the catalogue: `message` says what happened and to what, `mend` how to mend it.
 *
 * @example throw new StarlingError('CAPTURE_NOT_FOUND', { path });
 */
export class StarlingError extends Error {
  readonly code: ErrorCode;
  readonly mend: string;
  readonly exitCode: number;
  /** What the message was filled in with, so that the error can be told to another thread or process. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(...[code, details, options]: ErrorArguments) {
    const entry: ErrorEntry = ERROR_CATALOGUE[code];
    super(fill(entry.what, details), options);
    this.name = 'StarlingError';
    this.code = code;
    this.mend = fill(entry.mend, details);
    this.exitCode = EXIT_CODES[entry.exit];
    this.details = details;
  }
}
