/** What the parts of `people/` work with. */
import type { Book } from './book.ts';
import type { Hasher } from './hasher.ts';
import type { User } from './users.ts';

/** What the parts of `people/` work with. */
export interface Means {
  readonly book: Book;
  readonly hasher: Hasher;
  /** Name of the site, which no password may be. */
  readonly site: string;
  /** ms since 1970. */
  readonly now: () => number;
}

/** Somebody who has just signed in, and the secrets for the cookie: nowhere else are they told. */
export interface SignedIn {
  readonly user: User;
  readonly session: string;
  readonly device: string | null;
}
