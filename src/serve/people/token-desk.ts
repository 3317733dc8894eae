/** What people do with the tokens of their programs. */
import { StarlingError } from '../../contract/index.ts';
import { type Permission, PERMISSIONS_OF } from '../access.ts';
import type { Means } from './means.ts';
import type { Token } from './tokens.ts';
import type { User } from './users.ts';

const DAY_MS = 86_400_000;
/** The longest that a token lives, ms. */
const LONGEST_TOKEN_MS = 365 * DAY_MS;
const MOST_PER_USER = 50;

/** What somebody wants a token for. */
export interface TokenWish {
  readonly label: string;
  readonly scopes: readonly Permission[];
  readonly expiresMs: number;
}

/** A token and the name of its owner. */
export interface OwnedToken {
  readonly token: Token;
  readonly owner: string;
}

/** Tokens, as their owners see them; an administrator sees everybody's. */
export interface TokenDesk {
  readonly list: (user: User) => OwnedToken[];
  /** @throws SERVE_TOKEN_REFUSED */
  readonly make: (user: User, wish: TokenWish) => OwnedToken & { readonly secret: string };
  /** @throws SERVE_NO_SUCH_TOKEN, also where it is somebody else's */
  readonly revoke: (user: User, id: string) => OwnedToken;
}

const isOpenTo = (user: User, { userId }: Token): boolean => user.id === userId || user.role === 'administrator';

/** Makes the desk. */
export const createTokenDesk = ({ book, now }: Means): TokenDesk => {
  const { tokens, users } = book;

  const owned = (token: Token): OwnedToken => ({ token, owner: users.byId(token.userId)?.name ?? '' });

  const problemOf = (user: User, { scopes, expiresMs }: TokenWish): string | null => {
    const beyond = scopes.find((scope) => !PERMISSIONS_OF[user.role].includes(scope));
    if (beyond !== undefined) return `you do not have the permission "${beyond}" yourself`;
    if (scopes.length === 0) return 'it has no scope, and would be good for nothing';
    if (expiresMs <= now()) return 'its time is over already';
    if (expiresMs > now() + LONGEST_TOKEN_MS) return 'it would live longer than a year';
    const has = tokens.all().filter(({ userId }) => userId === user.id).length;
    return has >= MOST_PER_USER ? `you have ${MOST_PER_USER} already; revoke one first` : null;
  };

  return {
    list: (user) =>
      tokens
        .all()
        .filter((token) => isOpenTo(user, token))
        .map(owned),
    make: (user, wish) =>
      book.change(() => {
        const problem = problemOf(user, wish);
        if (problem !== null) throw new StarlingError('SERVE_TOKEN_REFUSED', { problem });
        const { token, secret } = tokens.make({ ...wish, userId: user.id, nowMs: now() });
        return { token, owner: user.name, secret };
      }),
    revoke: (user, id) =>
      book.change(() => {
        const token = tokens.byId(id);
        if (token === null || !isOpenTo(user, token)) throw new StarlingError('SERVE_NO_SUCH_TOKEN', { id });
        tokens.revoke(id);
        return owned(token);
      }),
  };
};
