/** People, joined: the book, and everything that is done with it. */
import { type Authentication, createAuthentication } from './authenticate.ts';
import { openPeopleBook } from './book.ts';
import { type Cookies, createCookies, type Marks } from './cookies.ts';
import { createHasher } from './hasher.ts';
import type { Headers } from './headers.ts';
import { createLinkDesk, type LinkDesk } from './link-desk.ts';
import type { Means, SignedIn } from './means.ts';
import { createProviderDesk, type Vouched } from './provider-desk.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createTokenDesk, type TokenDesk } from './token-desk.ts';
import { createUserDesk, type UserDesk } from './user-desk.ts';

/** Which book, and where the hub stands. */
export interface PeopleOptions {
  /** Such as `DATA/people.sqlite`. */
  readonly path: string;
  /** Name of the site, which no password may be. */
  readonly site: string;
  /** Whether browsers come over TLS, to the hub or to a proxy in front of it. */
  readonly secure: boolean;
  /** ms since 1970; for tests. */
  readonly now?: () => number;
}

/** Who may do what here, and who they are. */
export interface People extends Authentication, SignIn, LinkDesk, Disposable {
  readonly cookies: Cookies;
  readonly users: UserDesk;
  readonly tokens: TokenDesk;
  /** Lets somebody in for whom a provider vouches. @throws SERVE_BAD_NAME, SERVE_NAME_TAKEN, SERVE_OPENID_FAILED */
  readonly signInVouched: (vouched: Vouched, marks: Marks) => SignedIn;
  /** The name of a user as it is written here; null where there is none of that name. */
  readonly nameOf: (name: string) => string | null;
  /** Ends the session of a cookie; what is not there needs no end. */
  readonly signOut: (headers: Headers) => void;
}

/**
 * Opens the book of people, or begins one.
 *
 * @throws BOOK_NOT_WRITABLE, BOOK_CORRUPT, BOOK_TOO_NEW, BOOK_IN_USE
 */
export const openPeople = ({ path, site, secure, now = Date.now }: PeopleOptions): People => {
  const book = openPeopleBook(path);
  const means: Means = { book, hasher: createHasher(), site, now };
  const cookies = createCookies(secure);
  return {
    ...createAuthentication(means, cookies),
    ...createSignIn(means),
    ...createLinkDesk(means),
    cookies,
    users: createUserDesk(means),
    tokens: createTokenDesk(means),
    signInVouched: createProviderDesk(means),
    nameOf: (name) => book.users.byName(name)?.name ?? null,
    signOut: (headers) => {
      const { session } = cookies.read(headers);
      if (session !== null) book.change(() => book.sessions.end(session));
    },
    [Symbol.dispose]: () => book[Symbol.dispose](),
  };
};
