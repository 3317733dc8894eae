/** Signing in and out with a password, and using links that set one. */
import * as z from 'zod';
import { StarlingError } from '../../../contract/index.ts';
import { PERMISSIONS, PERMISSIONS_OF, ROLES } from '../../access.ts';
import { type Answer, type Call, NOTHING, type Route, route } from '../../http/route.ts';
import type { SignedIn } from '../means.ts';
import type { User } from '../users.ts';
import { linkToken, nameText, noteFrom, passwordText, type PeopleParts, personOf, signedInHeaders } from './parts.ts';

const whoReply = z.strictObject({
  kind: z.enum(['person', 'token', 'nobody']),
  name: z.string(),
  role: z.enum(ROLES).nullable().describe('Null for tokens and for nobody'),
  permissions: z.array(z.enum(PERMISSIONS)),
  hasPassword: z.boolean().describe('Whether there is a password here that can be changed'),
  openId: z.boolean().describe('Whether one can sign in at a provider'),
});

const personShown = ({ openId }: PeopleParts, { name, role, issuer }: User): z.input<typeof whoReply> => ({
  kind: 'person',
  name,
  role,
  permissions: [...PERMISSIONS_OF[role]],
  hasPassword: issuer === null,
  openId: openId !== null,
});

const whoIs = (parts: PeopleParts, { caller, headers }: Call): z.input<typeof whoReply> => {
  const user = parts.people.present(headers)?.user;
  if (user) return personShown(parts, user);
  const { kind, name, permissions } = caller;
  return { kind, name, role: null, permissions: [...permissions], hasPassword: false, openId: parts.openId !== null };
};

const signedIn = (parts: PeopleParts, who: SignedIn): Answer => ({
  kind: 'value',
  value: personShown(parts, who.user),
  headers: signedInHeaders(parts, who),
});

/** Notes that somebody was turned away; the name only where it is one, for people type passwords there too. */
const noteRefusal = ({ people, audit }: PeopleParts, call: Call, what: string, name: string, error: unknown): void => {
  if (!(error instanceof StarlingError)) return;
  const known = people.nameOf(name) ?? '';
  audit.append(noteFrom(null, call, { kind: 'refused', what: `${what} ${known}`.trim(), details: error.code }));
};

const signInRoute = (parts: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/api/session',
    id: 'signIn',
    summary: 'Signs in with a name and a password.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: z.strictObject({ name: nameText, password: passwordText }),
    reply: whoReply,
    handle: async (call) => {
      const { people, audit } = parts;
      const { name, password } = call.body;
      try {
        const marks = people.cookies.read(call.headers);
        const who = await people.signIn({ name, password, address: call.address, marks });
        audit.append(noteFrom(who.user.name, call, { kind: 'signedIn', what: 'signIn', details: '' }));
        return signedIn(parts, who);
      } catch (error) {
        noteRefusal(parts, call, 'signIn', name, error);
        throw error;
      }
    },
  });

const signOutRoute = (parts: PeopleParts): Route =>
  route({
    method: 'DELETE',
    path: '/api/session',
    id: 'signOut',
    summary: 'Signs out. Nobody needs to be signed in for it.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: null,
    handle: async ({ headers }) => {
      const { people } = parts;
      people.signOut(headers);
      const { device } = people.cookies.read(headers);
      return { kind: 'nothing', headers: { 'set-cookie': people.cookies.write({ session: null, device }) } };
    },
  });

const whoRoute = (parts: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/api/session',
    id: 'getSession',
    summary: 'Who is signed in, and what they may do.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: whoReply,
    handle: async (call) => ({ kind: 'value', value: whoIs(parts, call) }),
  });

const changePasswordRoute = (parts: PeopleParts): Route =>
  route({
    method: 'PUT',
    path: '/api/session/password',
    id: 'putPassword',
    summary: 'Changes the own password. Everywhere else one is signed out.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: z.strictObject({ current: passwordText, password: passwordText }),
    reply: whoReply,
    handle: async (call) => {
      const { people, audit } = parts;
      const { name } = personOf(parts, call).user;
      const credentials = {
        name,
        password: call.body.current,
        address: call.address,
        marks: people.cookies.read(call.headers),
      };
      try {
        const who = await people.changePassword(credentials, call.body.password);
        audit.append(noteFrom(name, call, { kind: 'changed', what: 'putPassword', details: '' }));
        return signedIn(parts, who);
      } catch (error) {
        noteRefusal(parts, call, 'putPassword', name, error);
        throw error;
      }
    },
  });

const setUpRoute = (parts: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/api/set-up',
    id: 'setUp',
    summary: 'Sets a password with a link that was given for it, once, and signs in.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: z.strictObject({
      token: linkToken,
      name: nameText.optional().describe('Of the first administrator; of everybody else it is known'),
      password: passwordText,
    }),
    reply: whoReply,
    handle: async (call) => {
      const { people, audit } = parts;
      const { token, name, password } = call.body;
      try {
        const who = await people.useLink({ token, name, password, marks: people.cookies.read(call.headers) });
        audit.append(noteFrom(who.user.name, call, { kind: 'signedIn', what: 'setUp', details: who.user.role }));
        return signedIn(parts, who);
      } catch (error) {
        noteRefusal(parts, call, 'setUp', '', error);
        throw error;
      }
    },
  });

/** The routes of signing in. */
export const sessionRoutes = (parts: PeopleParts): Route[] => [
  whoRoute(parts),
  signInRoute(parts),
  signOutRoute(parts),
  changePasswordRoute(parts),
  setUpRoute(parts),
];
