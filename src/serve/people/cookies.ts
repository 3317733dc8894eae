/**
 * The cookies. One holds the session and, after a full stop, the mark of a browser in which somebody has signed in
 * before; the mark outlives the session, so signing out leaves it there. How long a session lasts the book says, not the
 * browser. The other holds what is needed while somebody is away at the OpenID provider.
 *
 * `__Host-` makes a browser take the cookie only over TLS, from this very host, for all paths: no neighbour under the same
 * domain can plant one. SameSite=Strict for the first: nobody needs to arrive signed in by a link from elsewhere, since
 * the pages are public and fetch what is not. Lax for the second: the provider is another site, and sends people back.
 */
import { headerOf, type Headers } from './headers.ts';

/** What the cookie of a browser holds. */
export interface Marks {
  readonly session: string | null;
  readonly device: string | null;
}

/** Reads and writes the cookies. */
export interface Cookies {
  readonly read: (headers: Headers) => Marks;
  /** The value of a `set-cookie` header. */
  readonly write: (marks: Marks) => string;
  readonly readFlow: (headers: Headers) => string | null;
  readonly writeFlow: (value: string) => string;
}

const YEAR_S = 365 * 86_400;
const FLOW_S = 600;
/** Secrets in base64url, with full stops between. */
const VALUE = /^[\w.-]{1,1000}$/;

/** The value of a cookie; null where there is none, or several of that name, of which nobody knows who set which. */
const cookieOf = (headers: Headers, name: string): string | null => {
  const values = (headerOf(headers, 'cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && VALUE.test(value) ? value : null;
};

/**
 * @param secure whether browsers come over TLS, to the hub or to a proxy in front of it
 */
export const createCookies = (secure: boolean): Cookies => {
  const prefix = secure ? '__Host-' : '';
  const attributes = `Path=/; HttpOnly${secure ? '; Secure' : ''}`;
  return {
    read: (headers) => {
      const [session = '', device = ''] = (cookieOf(headers, `${prefix}starling`) ?? '').split('.');
      return { session: session || null, device: device || null };
    },
    write: ({ session, device }) =>
      `${prefix}starling=${session ?? ''}.${device ?? ''}; Max-Age=${YEAR_S}; ${attributes}; SameSite=Strict`,
    readFlow: (headers) => cookieOf(headers, `${prefix}starling-openid`),
    writeFlow: (value) => `${prefix}starling-openid=${value}; Max-Age=${FLOW_S}; ${attributes}; SameSite=Lax`,
  };
};
