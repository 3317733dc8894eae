/** What administrators do with users. A token may look, and no more: rights are given and taken by people. */
import * as z from 'zod';
import { ROLES } from '../../access.ts';
import { type Call, NOTHING, type Route, route } from '../../http/route.ts';
import { iso, isoOrNull, isoTime } from '../../routes/query.ts';
import type { LinkOffer } from '../links.ts';
import type { User } from '../users.ts';
import { linkReply, nameText, noteFrom, type PeopleParts, personOf } from './parts.ts';

const userReply = z.strictObject({
  name: z.string(),
  role: z.enum(ROLES),
  state: z.enum(['invited', 'active', 'disabled']),
  provider: z.string().nullable().describe('Issuer, of who signs in at an OpenID provider'),
  created: isoTime,
  signedIn: isoTime.nullable().describe('Last time'),
});

const stateOf = ({ disabledMs, hasPassword, issuer }: User): z.input<typeof userReply>['state'] => {
  if (disabledMs !== null) return 'disabled';
  return hasPassword || issuer !== null ? 'active' : 'invited';
};

const shown = (user: User): z.input<typeof userReply> => ({
  name: user.name,
  role: user.role,
  state: stateOf(user),
  provider: user.issuer,
  created: iso(user.createdMs),
  signedIn: isoOrNull(user.signedInMs),
});

const linkShown = ({ token, path, expiresMs }: LinkOffer): z.input<typeof linkReply> => ({
  token,
  path,
  expires: iso(expiresMs),
});

const named = z.strictObject({ name: nameText });

/** Notes what the request's path does not say. */
const note = (parts: PeopleParts, call: Pick<Call, 'address'>, by: string, what: string, details: string): void =>
  parts.audit.append(noteFrom(by, call, { kind: 'changed', what, details }));

const listRoute = (parts: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/api/users',
    id: 'getUsers',
    summary: 'Everybody who may sign in.',
    access: 'administer',
    audit: 'looked',
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: z.strictObject({ users: z.array(userReply) }),
    handle: async () => ({ kind: 'value', value: { users: parts.people.users.list().map(shown) } }),
  });

const inviteRoute = (parts: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/api/users',
    id: 'postUser',
    summary: 'Adds a user with a role. The link is for them to set a password, once, within 24 hours.',
    access: 'administer',
    audit: 'changed',
    params: NOTHING,
    query: NOTHING,
    body: z.strictObject({ name: nameText, role: z.enum(ROLES) }),
    reply: z.strictObject({ user: userReply, link: linkReply }),
    handle: async (call) => {
      const by = personOf(parts, call).user.name;
      const { user, link } = parts.people.users.invite(call.body.name, call.body.role);
      note(parts, call, by, `users ${user.name}`, `invited as ${user.role}`);
      return { kind: 'value', status: 201, value: { user: shown(user), link: linkShown(link) } };
    },
  });

const changeText = ({ role, disabled }: { role?: string | undefined; disabled?: boolean | undefined }): string =>
  [role === undefined ? [] : [`role ${role}`], disabled === undefined ? [] : [disabled ? 'disabled' : 'enabled']]
    .flat()
    .join(', ');

const changeRoute = (parts: PeopleParts): Route =>
  route({
    method: 'PATCH',
    path: '/api/users/:name',
    id: 'patchUser',
    summary: 'Gives a role, keeps somebody out, or lets them in again. They are signed out everywhere.',
    access: 'administer',
    audit: 'changed',
    params: named,
    query: NOTHING,
    body: z.strictObject({ role: z.enum(ROLES).optional(), disabled: z.boolean().optional() }),
    reply: userReply,
    handle: async (call) => {
      const by = personOf(parts, call).user.name;
      const user = parts.people.users.change(call.params.name, call.body);
      note(parts, call, by, `users ${user.name}`, changeText(call.body));
      return { kind: 'value', value: shown(user) };
    },
  });

const inviteAgainRoute = (parts: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/api/users/:name/invitation',
    id: 'postInvitation',
    summary: 'A new link to set a password, in place of one that was given before.',
    access: 'administer',
    audit: 'changed',
    params: named,
    query: NOTHING,
    body: NOTHING,
    reply: linkReply,
    handle: async (call) => {
      personOf(parts, call);
      return { kind: 'value', status: 201, value: linkShown(parts.people.users.inviteAgain(call.params.name)) };
    },
  });

/** The routes of users. */
export const userRoutes = (parts: PeopleParts): Route[] => [
  listRoute(parts),
  inviteRoute(parts),
  changeRoute(parts),
  inviteAgainRoute(parts),
];
