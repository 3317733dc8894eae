/**
 * Signing in with a name and a password.
 *
 * Whether the name is unknown, the user disabled or not there yet, or the password wrong: the same is done, it takes as
 * long, and the answer is the same, so that nobody learns who has a name here.
 */
import { StarlingError } from '../../contract/index.ts';
import type { Marks } from './cookies.ts';
import { createGuessLimits, type Attempt } from './guess-limits.ts';
import type { Lane } from './lanes.ts';
import type { Means, SignedIn } from './means.ts';
import { checkPassword } from './password-rules.ts';
import { LONGEST_MS } from './sessions.ts';
import type { User } from './users.ts';

/** Who wants to sign in, from where. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  /** What the browser's cookie held. */
  readonly marks: Marks;
}

/** Signs in with a password. */
export interface SignIn {
  /** @throws SERVE_BAD_PASSWORD, SERVE_THROTTLED, BOOK_NOT_WRITABLE */
  readonly signIn: (credentials: Credentials) => Promise<SignedIn>;
  /**
   * Changes the password of whoever gives the present one. All sessions end, and a new one begins.
   *
   * @throws SERVE_BAD_PASSWORD, SERVE_THROTTLED, SERVE_WEAK_PASSWORD, BOOK_NOT_WRITABLE
   */
  readonly changePassword: (credentials: Credentials, password: string) => Promise<SignedIn>;
}

/** Begins a session with an id of its own, whatever the browser brought; what it brought ends. */
export const beginSession = ({ book, now }: Means, user: User, marks: Marks, longestMs: number): string => {
  if (marks.session !== null) book.sessions.end(marks.session);
  book.users.setSignedIn(user.id, now());
  return book.sessions.begin(user.id, now(), longestMs);
};

/** Begins a session in a browser, which is known from then on. */
export const beginWithPassword = (means: Means, user: User, marks: Marks): SignedIn => ({
  user,
  session: beginSession(means, user, marks, LONGEST_MS),
  device: means.book.devices.renew(user.id, marks.device, means.now()),
});

/** Sets a password: whoever was signed in with the old one is so no longer, and no browser is known any more. */
export const replacePassword = ({ book }: Means, user: User, hash: string): void => {
  book.users.setPasswordHash(user.id, hash);
  book.sessions.endAll(user.id);
  book.devices.forgetAll(user.id);
  book.links.withdraw(user.id);
};

/** Makes the two ways in which a password is asked for. */
export const createSignIn = (means: Means): SignIn => {
  const { book, hasher, now, site } = means;
  const limits = createGuessLimits();

  const compare = async (hash: string | null, password: string, lane: Lane, attempt: Attempt): Promise<boolean> => {
    try {
      return await hasher.verify(hash, password, lane);
    } catch (error) {
      attempt.wasNotLookedAt();
      throw error;
    }
  };

  const prove = async ({ name, password, address, marks }: Credentials): Promise<User> => {
    const user = book.users.byName(name);
    const isKnown = marks.device !== null && book.devices.isOf(marks.device, user?.id ?? 0, now());
    const attempt = limits.begin({ name, address, knownDevice: isKnown ? marks.device : null }, now());
    const hash = user === null ? null : book.users.passwordHash(user.id);
    const same = await compare(hash, password, isKnown ? 'known' : 'anyone', attempt);
    // Read again: meanwhile somebody may have been disabled or given another password.
    const present = user === null ? null : book.users.byId(user.id);
    const holds = present !== null && present.disabledMs === null && book.users.passwordHash(present.id) === hash;
    if (!same || !holds) throw new StarlingError('SERVE_BAD_PASSWORD', {});
    attempt.wasRight();
    return present;
  };

  return {
    signIn: async (credentials) => {
      const user = await prove(credentials);
      return book.change(() => beginWithPassword(means, user, credentials.marks));
    },
    changePassword: async (credentials, password) => {
      const user = await prove(credentials);
      checkPassword(password, { name: user.name, site });
      const hash = await hasher.hash(password);
      return book.change(() => {
        replacePassword(means, user, hash);
        return beginWithPassword(means, user, credentials.marks);
      });
    },
  };
};
