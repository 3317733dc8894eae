/** A URL's parts, with the user name and password apart, so that nothing that is told of the URL has them. */

/** Where to connect to, and as whom. */
export interface Endpoint {
  /** Without the colon. */
  readonly protocol: string;
  /** Without the brackets of IPv6. */
  readonly host: string;
  /** Null when the URL names none. */
  readonly port: number | null;
  readonly user: { readonly name: string; readonly password: string } | null;
  /** The URL without user name and password. */
  readonly bare: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Takes a URL apart; null when it is none. The URL is not repeated in an error: it may hold a password. */
export const endpointOf = (text: string): Endpoint | null => {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return null;
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return {
    protocol: url.protocol.slice(0, -1),
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? null : Number(url.port),
    user: username === '' ? null : { name: decode(username), password: decode(password) },
    bare: url.href,
  };
};

/** Whether it is this very machine, so that nobody can listen on the way. */
export const isLoopback = ({ host }: Endpoint): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
