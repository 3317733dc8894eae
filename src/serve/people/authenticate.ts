/** Who asks: by the cookie of a session, or by a token. */
import { type Caller, NOBODY, type Permission, PERMISSIONS_OF } from '../access.ts';
import type { Cookies } from './cookies.ts';
import { bearerOf, type Headers } from './headers.ts';
import type { Means } from './means.ts';
import type { Session } from './sessions.ts';
import type { User } from './users.ts';

/** Somebody who is signed in, in a browser. */
export interface Present {
  readonly user: User;
  readonly session: Session;
}

/** Recognises who asks. Everything is looked up anew for each request, so what is withdrawn is gone at once. */
export interface Authentication {
  /** Somebody whose token or session holds, else {@link NOBODY}. Where a token is sent, the cookie does not count. */
  readonly authenticate: (headers: Headers) => Caller;
  /** The person behind a cookie; null for nobody and for tokens. */
  readonly present: (headers: Headers) => Present | null;
}

/** Makes it. */
export const createAuthentication = ({ book, now }: Means, cookies: Cookies): Authentication => {
  const active = (id: number): User | null => {
    const user = book.users.byId(id);
    return user === null || user.disabledMs !== null ? null : user;
  };

  const present = (headers: Headers): Present | null => {
    const { session: secret } = cookies.read(headers);
    if (secret === null || bearerOf(headers) !== null) return null;
    const session = book.sessions.find(secret, now());
    const user = session && active(session.userId);
    return session && user && { user, session };
  };

  const byToken = (secret: string): Caller => {
    const token = book.tokens.find(secret, now());
    const owner = token && active(token.userId);
    if (!token || !owner) return NOBODY;
    // What the owner may no longer, the token may no longer either.
    const permissions = new Set<Permission>(token.scopes.filter((scope) => PERMISSIONS_OF[owner.role].includes(scope)));
    return { kind: 'token', name: `${owner.name}/${token.label}`, permissions };
  };

  return {
    present,
    authenticate: (headers) => {
      const bearer = bearerOf(headers);
      if (bearer !== null) return byToken(bearer);
      const user = present(headers)?.user;
      if (!user) return NOBODY;
      return { kind: 'person', name: user.name, permissions: new Set(PERMISSIONS_OF[user.role]) };
    },
  };
};
