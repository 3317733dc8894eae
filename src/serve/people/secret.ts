/**
 * Secrets that are drawn, not chosen. 256 random bits cannot be guessed or searched, so a plain SHA-256 of them is
 * enough to keep, and looking that up tells nothing by the time it takes.
 */
import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A new secret: 256 random bits in base64url. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** What of a secret is kept. */
export const digestOf = (secret: string): Uint8Array => createHash('sha256').update(secret, 'utf8').digest();
