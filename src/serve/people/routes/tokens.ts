/** What people do with the tokens of their programs. Whoever is signed in may, with whatever role; a token may not. */
import * as z from 'zod';
import { PERMISSIONS } from '../../access.ts';
import { NOTHING, type Route, route } from '../../http/route.ts';
import { instant, iso, isoOrNull, isoTime } from '../../routes/query.ts';
import type { OwnedToken } from '../token-desk.ts';
import { noteFrom, type PeopleParts, personOf } from './parts.ts';

const tokenReply = z.strictObject({
  id: z.string(),
  owner: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)).describe('It may do these as long as its owner may'),
  created: isoTime,
  expires: isoTime,
  used: isoTime.nullable().describe('Last time, give or take five minutes'),
});

const shown = ({ token, owner }: OwnedToken): z.input<typeof tokenReply> => ({
  id: token.id,
  owner,
  label: token.label,
  scopes: token.scopes,
  created: iso(token.createdMs),
  expires: iso(token.expiresMs),
  used: isoOrNull(token.usedMs),
});

const label = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u, 'a label is made of letters, digits, spaces and . _ -');

const listRoute = (parts: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/api/tokens',
    id: 'getTokens',
    summary: "The own tokens; an administrator sees everybody's.",
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: z.strictObject({ tokens: z.array(tokenReply) }),
    handle: async (call) => {
      const { user } = personOf(parts, call);
      return { kind: 'value', value: { tokens: parts.people.tokens.list(user).map(shown) } };
    },
  });

const makeRoute = (parts: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/api/tokens',
    id: 'postToken',
    summary: 'Makes a token for a program. Its secret is told this once.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: z.strictObject({
      label,
      scopes: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
      expires: instant,
    }),
    reply: z.strictObject({ token: tokenReply, secret: z.string() }),
    handle: async (call) => {
      const { user } = personOf(parts, call);
      const { label: name, scopes, expires } = call.body;
      const { secret, ...made } = parts.people.tokens.make(user, { label: name, scopes, expiresMs: expires });
      const { id } = made.token;
      const details = `${name}: ${made.token.scopes.join(' ')}, until ${iso(expires)}`;
      parts.audit.append(noteFrom(user.name, call, { kind: 'changed', what: `postToken ${id}`, details }));
      return { kind: 'value', status: 201, value: { token: shown(made), secret } };
    },
  });

const revokeRoute = (parts: PeopleParts): Route =>
  route({
    method: 'DELETE',
    path: '/api/tokens/:id',
    id: 'deleteToken',
    summary: 'Revokes a token, at once.',
    access: 'public',
    audit: null,
    params: z.strictObject({
      id: z.string().regex(/^[0-9a-f]{12}$/, 'the id of a token is twelve digits and letters'),
    }),
    query: NOTHING,
    body: NOTHING,
    reply: null,
    handle: async (call) => {
      const { user } = personOf(parts, call);
      const { token, owner } = parts.people.tokens.revoke(user, call.params.id);
      const details = `${token.label}, of ${owner}`;
      parts.audit.append(noteFrom(user.name, call, { kind: 'changed', what: `deleteToken ${token.id}`, details }));
      return { kind: 'nothing' };
    },
  });

/** The routes of tokens. */
export const tokenRoutes = (parts: PeopleParts): Route[] => [listRoute(parts), makeRoute(parts), revokeRoute(parts)];
