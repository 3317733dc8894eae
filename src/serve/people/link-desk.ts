/** Using a link that sets a password: the first administrator's, an invitation's, a forgotten password's. */
import { StarlingError } from '../../contract/index.ts';
import type { Marks } from './cookies.ts';
import type { Link, LinkOffer } from './links.ts';
import type { Means, SignedIn } from './means.ts';
import { checkedName } from './names.ts';
import { checkPassword } from './password-rules.ts';
import { beginWithPassword, replacePassword } from './sign-in.ts';
import type { User } from './users.ts';

/** What somebody with a link sends. */
export interface SetUp {
  readonly token: string;
  /** Of the first administrator; everybody else's name is known already. */
  readonly name: string | undefined;
  readonly password: string;
  readonly marks: Marks;
}

/** Links. */
export interface LinkDesk {
  /**
   * A link that makes the first administrator, in place of every such link before; null when there is an administrator
   * who can sign in. There is no default password.
   */
  readonly setUpLink: () => LinkOffer | null;
  /**
   * Uses a link, once, and signs in.
   *
   * @throws SERVE_LINK_USED, SERVE_BAD_NAME, SERVE_NAME_TAKEN, SERVE_WEAK_PASSWORD, SERVE_THROTTLED, BOOK_NOT_WRITABLE
   */
  readonly useLink: (setUp: SetUp) => Promise<SignedIn>;
}

const refused = (): StarlingError => new StarlingError('SERVE_LINK_USED', {});

/** Makes the desk. */
export const createLinkDesk = (means: Means): LinkDesk => {
  const { book, hasher, now, site } = means;

  const holding = (token: string): Link => {
    const link = book.links.find(token, now());
    if (link === null) throw refused();
    return link;
  };

  /** Whose link it is, if that user may still use it. */
  const userOf = (id: number): User => {
    const user = book.users.byId(id);
    if (user === null || user.disabledMs !== null || user.issuer !== null) throw refused();
    return user;
  };

  const firstAdministrator = (name: string): User => {
    if (book.users.administrators() > 0) throw refused();
    return book.users.add({ name, role: 'administrator', provider: null, nowMs: now() });
  };

  return {
    setUpLink: () => (book.users.administrators() > 0 ? null : book.change(() => book.links.make(null, now()))),
    useLink: async ({ token, name: given, password, marks }) => {
      const { userId } = holding(token);
      const name = userId === null ? checkedName(given ?? '') : userOf(userId).name;
      checkPassword(password, { name, site });
      const hash = await hasher.hash(password);
      return book.change(() => {
        // Only one of two who come at the same time takes it.
        if (!book.links.take(token)) throw refused();
        const user = userId === null ? firstAdministrator(name) : userOf(userId);
        replacePassword(means, user, hash);
        return beginWithPassword(means, user, marks);
      });
    },
  };
};
