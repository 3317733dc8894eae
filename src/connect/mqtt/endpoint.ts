import type { IClientOptions } from 'mqtt';

/** A broker, and how to tell of it: without user name and password. */
export interface Broker {
  readonly options: IClientOptions;
  readonly name: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Takes `mqtt(s)://USER:PASSWORD@HOST:PORT` apart; null when it is no such URL. The library's own reading of a URL
 * mistakes a password that holds a colon.
 */
export const brokerOf = (text: string): Broker | null => {
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || !/^mqtts?:$/.test(url.protocol)) return null;
  const protocol = url.protocol === 'mqtts:' ? 'mqtts' : 'mqtt';
  const port = url.port === '' ? { mqtt: 1883, mqtts: 8883 }[protocol] : Number(url.port);
  const login = url.username === '' ? {} : { username: decode(url.username), password: decode(url.password) };
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { options: { protocol, host, port, ...login }, name: `${url.hostname}:${port}` };
};
