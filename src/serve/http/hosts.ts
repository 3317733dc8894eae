/**
 * Which hosts a request may name. A page of another site can have its own name point to 127.0.0.1 (DNS rebinding) and
 * then ask as if it were of this server; the `Host` that the browser sends gives it away.
 */

/** Names that only this machine has. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether nobody but this machine can reach what listens there. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

const nameIn = (header: string): string | null => {
  if (!URL.canParse(`http://${header}`) || /[/?#@\\\s]/.test(header)) return null;
  return new URL(`http://${header}`).hostname.replace(/\.$/, '');
};

const spelled = (host: string): string =>
  nameIn(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host) ?? host;

/**
 * Tells whether a `Host` header names this server.
 *
 * @param host what the server listens on; undefined where it does not listen
 * @param named further names, such as that of a proxy; with them, only these and the server's own are taken
 */
export const hostCheck = (
  host: string | undefined,
  named: readonly string[],
): ((header: string | undefined) => boolean) => {
  const isLocal = host !== undefined && isLoopback(host);
  if (!isLocal && named.length === 0) return () => true;
  const allowed = new Set([...LOOPBACK, ...named, ...(host === undefined ? [] : [host])].map(spelled));
  return (header) => header !== undefined && allowed.has(nameIn(header) ?? '');
};
