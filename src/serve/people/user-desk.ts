/** What administrators do with users: invite them, give them a role, keep them out. */
import { StarlingError } from '../../contract/index.ts';
import type { Role } from '../access.ts';
import type { LinkOffer } from './links.ts';
import type { Means } from './means.ts';
import { checkedName } from './names.ts';
import type { User } from './users.ts';

/** What is to be different. */
export interface UserChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

/** Users, as administrators see them. */
export interface UserDesk {
  readonly list: () => User[];
  /**
   * Adds a user, who sets a password with the link.
   *
   * @throws SERVE_BAD_NAME, SERVE_NAME_TAKEN
   */
  readonly invite: (name: string, role: Role) => { readonly user: User; readonly link: LinkOffer };
  /**
   * A new link for somebody whose invitation is over or who forgot the password. What was given before holds no more.
   *
   * @throws SERVE_NO_SUCH_USER, SERVE_OF_PROVIDER
   */
  readonly inviteAgain: (name: string) => LinkOffer;
  /**
   * Gives a role, keeps somebody out or lets them in again. All of their sessions end; of who is kept out, tokens too.
   *
   * @throws SERVE_NO_SUCH_USER, SERVE_LAST_ADMINISTRATOR, SERVE_OF_PROVIDER
   */
  readonly change: (name: string, change: UserChange) => User;
}

const checkProvider = ({ issuer, name }: User): void => {
  if (issuer !== null) throw new StarlingError('SERVE_OF_PROVIDER', { name });
};

/** Makes the desk. */
export const createUserDesk = ({ book, now }: Means): UserDesk => {
  const { users } = book;

  const known = (name: string): User => {
    const user = users.byName(name);
    if (user === null) throw new StarlingError('SERVE_NO_SUCH_USER', { name });
    return user;
  };

  const setRole = (user: User, role: Role): void => {
    checkProvider(user);
    users.setRole(user.id, role);
  };

  const setDisabled = ({ id }: User, isDisabled: boolean): void => {
    users.setDisabled(id, isDisabled ? now() : null);
    if (!isDisabled) return;
    book.tokens.revokeAll(id);
    book.devices.forgetAll(id);
    book.links.withdraw(id);
  };

  return {
    list: users.all,
    invite: (given, role) =>
      book.change(() => {
        const user = users.add({ name: checkedName(given), role, provider: null, nowMs: now() });
        return { user, link: book.links.make(user, now()) };
      }),
    inviteAgain: (name) =>
      book.change(() => {
        const user = known(name);
        checkProvider(user);
        if (user.disabledMs !== null) throw new StarlingError('SERVE_NO_SUCH_USER', { name });
        return book.links.make(user, now());
      }),
    change: (name, { role, disabled }) =>
      book.change(() => {
        const user = known(name);
        const before = users.administrators();
        if (role !== undefined && role !== user.role) setRole(user, role);
        if (disabled !== undefined && disabled !== (user.disabledMs !== null)) setDisabled(user, disabled);
        // Looked at afterwards, and undone: whatever was changed, somebody must be left.
        if (before > 0 && users.administrators() === 0) throw new StarlingError('SERVE_LAST_ADMINISTRATOR', { name });
        book.sessions.endAll(user.id);
        return known(name);
      }),
  };
};
