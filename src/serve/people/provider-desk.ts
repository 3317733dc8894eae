/** Signing in by a provider, which vouches for who somebody is and says what role they have. */
import { StarlingError } from '../../contract/index.ts';
import type { Role } from '../access.ts';
import type { Marks } from './cookies.ts';
import type { Means, SignedIn } from './means.ts';
import { checkedName } from './names.ts';
import { LONGEST_OF_PROVIDER_MS } from './sessions.ts';
import { beginSession } from './sign-in.ts';
import type { ProviderIdentity, User } from './users.ts';

/** Whom a provider vouches for. */
export interface Vouched {
  readonly identity: ProviderIdentity;
  /** What the person is called, once: it stays as it was at the first sign-in. */
  readonly name: string;
  readonly role: Role;
}

/**
 * Makes signing in by a provider. Somebody is known by issuer and subject; a name that is somebody else's here is
 * refused, so that nobody becomes `alice` by being called so elsewhere.
 *
 * @throws SERVE_BAD_NAME, SERVE_NAME_TAKEN, SERVE_OPENID_FAILED where the user is disabled here
 */
export const createProviderDesk = (means: Means) => {
  const { book, now } = means;
  const { users } = book;

  const withRole = (user: User, role: Role): User => {
    if (user.role === role) return user;
    users.setRole(user.id, role);
    book.sessions.endAll(user.id);
    return { ...user, role };
  };

  return ({ identity, name, role }: Vouched, marks: Marks): SignedIn =>
    book.change(() => {
      const known = users.byProvider(identity);
      if (known && known.disabledMs !== null)
        throw new StarlingError('SERVE_OPENID_FAILED', { reason: `${known.name} may not sign in here any more` });
      const user = known
        ? withRole(known, role)
        : users.add({ name: checkedName(name), role, provider: identity, nowMs: now() });
      // Where no password is asked for, none can be guessed: the mark of the browser stays whose it was.
      const session = beginSession(means, user, marks, LONGEST_OF_PROVIDER_MS);
      return { user, session, device: marks.device };
    });
};
