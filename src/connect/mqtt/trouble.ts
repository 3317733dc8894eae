/** What is wrong with a broker, in words of our own: what libraries say may hold an address with its password. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'nobody knows this host',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it does not answer in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Return codes of CONNACK, MQTT 3.1.1 and 5: user name or password, and not allowed. */
const REFUSED_LOGIN = new Set<unknown>([4, 5, 134, 135]);

const reasonOf = (error: Error | null): string => {
  if (error === null) return 'there is no connection';
  const code: unknown = Reflect.get(error, 'code');
  if (REFUSED_LOGIN.has(code)) return 'the user name or password was refused';
  if (typeof code !== 'string') return 'the connection failed';
  return WORDS[code] ?? `the connection failed (${code.replaceAll(/[^A-Z0-9_]/g, '')})`;
};

/** What is wrong with a broker; nothing more is known where the error is null. */
export const brokerTrouble = (broker: string, error: Error | null): string =>
  `The MQTT broker ${broker} cannot be told anything: ${reasonOf(error)}. It is tried again for ever.`;
