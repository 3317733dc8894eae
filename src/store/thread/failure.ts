/**
 * Errors of the catalogue on their way between threads: a code and what its message was filled in with. A thrown error
 * that is cloned loses both.
 */
import * as z from 'zod';
import { StarlingError } from '../../contract/index.ts';

const path = z.string();
const reason = z.string();
const version = z.union([z.string(), z.number()]);

/** Everything that a thread of the store may have to say. */
const failureSchema = z.union([
  z.tuple([z.literal('STORE_IN_USE'), z.object({ path })]),
  z.tuple([z.literal('STORE_NOT_FOUND'), z.object({ path })]),
  z.tuple([z.literal('STORE_NOT_WRITABLE'), z.object({ path, reason })]),
  z.tuple([z.literal('STORE_NOT_READABLE'), z.object({ path, reason })]),
  z.tuple([z.literal('STORE_CORRUPT'), z.object({ path, reason })]),
  z.tuple([z.literal('STORE_TOO_NEW'), z.object({ path, found: version, known: version })]),
  z.tuple([z.literal('STORE_BACKUP_FAILED'), z.object({ path, reason })]),
  z.tuple([z.literal('STORE_BAD_QUERY'), z.object({ problem: z.string() })]),
]);

/** An error of the catalogue, or a fault of Starling's own in words. */
export type Failure = z.infer<typeof failureSchema> | string;

/** Takes an error apart, so that it can be sent. */
export const toFailure = (error: unknown): Failure => {
  if (!(error instanceof StarlingError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { success, data } = failureSchema.safeParse([error.code, error.details]);
  return success ? data : error.message;
};

/** Puts an error together again. */
export const fromFailure = (failure: Failure): Error =>
  typeof failure === 'string' ? new Error(failure) : new StarlingError(...failure);
