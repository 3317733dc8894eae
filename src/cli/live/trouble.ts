import { StarlingError } from '../../contract/index.ts';

/** Something that is wrong with the hub, as it is told. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}

/** What an error is to those who run the site. */
export const troubleOf = (error: unknown): Trouble =>
  error instanceof StarlingError
    ? { code: error.code, message: error.message }
    : { code: 'CLI_INTERNAL', message: error instanceof Error ? error.message : String(error) };
