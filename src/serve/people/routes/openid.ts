/** Signing in at a provider: away, and back. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { StarlingError } from '../../../contract/index.ts';
import { type Answer, NOTHING, type Route, route } from '../../http/route.ts';
import type { OpenId } from '../openid.ts';
import { noteFrom, type PeopleParts, signedInHeaders } from './parts.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');

/**
 * A page that goes on to another. A redirect would not do on the way back: a browser that is led from the provider's site
 * to ours does not send a SameSite=Strict cookie, and from a page of ours it does.
 */
const goingOn = (url: string, headers: Record<string, string>): Answer => {
  const target = escaped(url);
  const page = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=${target}">
<title>Signing in</title>
<p><a href="${target}">Go on</a></p>
`;
  return { kind: 'stream', stream: Readable.from([page]), type: 'text/html; charset=utf-8', headers };
};

const provider = ({ openId }: PeopleParts): OpenId => {
  if (openId === null) throw new StarlingError('SERVE_OPENID_OFF', {});
  return openId;
};

/** The provider may add to its answer what it likes. */
const callbackQuery = z.record(z.string().max(100), z.union([z.string().max(4096), z.array(z.string().max(4096))]));

const queryOf = (query: z.output<typeof callbackQuery>): URLSearchParams => {
  const search = new URLSearchParams();
  for (const [name, given] of Object.entries(query)) for (const value of [given].flat()) search.append(name, value);
  return search;
};

const beginRoute = (parts: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/api/session/openid',
    id: 'beginOpenId',
    summary: 'Sends a browser to the provider to sign in there.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: NOTHING,
    body: NOTHING,
    reply: null,
    media: 'text/html',
    handle: async () => {
      const { url, flow } = await provider(parts).begin();
      return goingOn(url, { 'set-cookie': parts.people.cookies.writeFlow(flow) });
    },
  });

const finishRoute = (parts: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/api/session/openid/callback',
    id: 'finishOpenId',
    summary: 'Where the provider sends a browser back to.',
    access: 'public',
    audit: null,
    params: NOTHING,
    query: callbackQuery,
    body: NOTHING,
    reply: null,
    media: 'text/html',
    handle: async (call) => {
      const { people, audit } = parts;
      try {
        const vouched = await provider(parts).finish(queryOf(call.query), people.cookies.readFlow(call.headers));
        const who = people.signInVouched(vouched, people.cookies.read(call.headers));
        const details = `${vouched.role}, as ${vouched.identity.issuer} says`;
        audit.append(noteFrom(who.user.name, call, { kind: 'signedIn', what: 'finishOpenId', details }));
        return goingOn('/', signedInHeaders(parts, who));
      } catch (error) {
        if (error instanceof StarlingError)
          audit.append(noteFrom(null, call, { kind: 'refused', what: 'finishOpenId', details: error.code }));
        throw error;
      }
    },
  });

/** The routes of signing in at a provider. */
export const openIdRoutes = (parts: PeopleParts): Route[] => [beginRoute(parts), finishRoute(parts)];
