/**
 * What went wrong, in words of our own. What libraries say is never repeated: it may hold an address, and an address may
 * hold a password.
 */
import { getSystemErrorName } from 'node:util';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ECONNECTION: 'the connection was cut',
  EAI_NONAME: 'nobody knows this host',
  ENOTFOUND: 'nobody knows this host',
  EAI_AGAIN: 'the name server does not answer',
  EDNS: 'nobody knows this host',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  ETLS: 'no encrypted connection could be made',
  EAUTH: 'the user name or password was refused',
  EENVELOPE: 'an address was refused',
  EPROTOCOL: 'it does not speak this protocol',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS at this port',
};

const MOST_CAUSES = 5;

/** An error and what it was caused by, the deepest first. */
const causes = (error: unknown): readonly Error[] => {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < MOST_CAUSES; at = at.cause) chain.unshift(at);
  return chain;
};

/** Nodemailer puts a code of its own in the place of the system's, but leaves the number. */
const codesOf = (error: Error): readonly string[] => {
  const code: unknown = Reflect.get(error, 'code');
  const number: unknown = Reflect.get(error, 'errno');
  return [
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? [code] : []),
    ...(typeof number === 'number' && number < 0 ? [getSystemErrorName(number)] : []),
  ];
};

/** What went wrong, without anything that could be a secret. */
export const whyOf = (error: unknown): string => {
  const chain = causes(error);
  if (chain.some(({ name }) => name === 'TimeoutError' || name === 'AbortError')) return 'it did not answer in time';
  const codes = chain.flatMap(codesOf);
  const worded = codes.find((code) => Object.hasOwn(WORDS, code));
  if (worded !== undefined) return WORDS[worded];
  if (chain.some(({ message }) => /\bcertificate\b/i.test(message))) return 'its certificate is not trusted';
  return codes.length > 0 ? `it failed (${codes[0]})` : 'it failed';
};
