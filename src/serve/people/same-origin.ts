/**
 * Keeps other sites' pages from doing things in the name of whoever is signed in (CSRF).
 *
 * A browser says from where a request comes, in headers that no page can set or leave out: `Sec-Fetch-Site`, and for
 * everything but GET and HEAD also `Origin`. So the browser's own word is asked for, and a synchroniser token, which is
 * a roundabout way to learn the same, is not needed: a browser too old for both headers is turned away, not let in. The
 * cookie is SameSite=Strict besides.
 *
 * A bearer token needs none of this: no browser adds one by itself, and a page that adds one asks first (CORS), in vain.
 *
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet, Fetch Metadata; W3C Fetch Metadata Request Headers
 */
import { StarlingError } from '../../contract/index.ts';
import { bearerOf, headerOf, type Headers } from './headers.ts';

const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (url: string): string | null => URL.parse(url)?.host || null;

/** `Origin` names the host and port that were asked. */
const isOwnOrigin = (headers: Headers, host: string | null): boolean => {
  const origin = headerOf(headers, 'origin');
  const scheme = /^https?:\/\//.exec(origin ?? '')?.[0];
  if (origin === null || host === null || scheme === undefined) return false;
  const own = hostOf(`${scheme}${host}`);
  return own !== null && own === hostOf(origin);
};

/**
 * Whether a browser vouches that a request comes from the hub's own page, or from nobody's page.
 *
 * @param host what was asked, with its port; behind a proxy that is trusted, what that was asked
 */
export const isSameOrigin = (headers: Headers, host = headerOf(headers, 'host')): boolean => {
  if (headers['sec-fetch-site'] === undefined) return isOwnOrigin(headers, host);
  const site = headerOf(headers, 'sec-fetch-site');
  return site === 'same-origin' || site === 'none';
};

/** Programs send no cookies, and neither of the headers that browsers do. */
const isOfBrowser = (headers: Headers): boolean =>
  ['cookie', 'origin', 'sec-fetch-site'].some((name) => headers[name] !== undefined);

/**
 * To be asked before every route.
 *
 * @param host as for {@link isSameOrigin}
 * @throws SERVE_CROSS_ORIGIN where something would be changed from another site's page
 */
export const checkOrigin = (method: string, headers: Headers, host = headerOf(headers, 'host')): void => {
  if (CHANGES_NOTHING.has(method) || bearerOf(headers) !== null) return;
  if (isOfBrowser(headers) && !isSameOrigin(headers, host)) throw new StarlingError('SERVE_CROSS_ORIGIN', {});
};
