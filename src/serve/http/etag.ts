import { createHash } from 'node:crypto';

/** Letters of a tag: 132 bits of the hash. */
const LETTERS = 22;

/** A strong validator (RFC 9110, 8.8.3): another text has another one. */
export const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, LETTERS)}"`;

const withoutWeak = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether `If-None-Match` names a tag; weakly compared, as it is there. */
export const namesTag = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((given) => withoutWeak(given) === tag));
