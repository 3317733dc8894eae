/** Options of `starling run` that are about the API: where it is, who may use it, whom it tells. */
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import * as z from 'zod';
import { StarlingError } from '../contract/index.ts';
import { type OpenIdOptions, ROLES } from '../serve/index.ts';
import type { WebOptions } from './live/web.ts';
import { wholeBetween } from './options.ts';
import { fillIn, type Secrets } from './secrets.ts';

/** As they are typed. */
export interface WebChoice {
  readonly port: number;
  readonly host: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly trustProxy?: readonly string[];
  readonly openMetrics?: boolean;
  readonly openid?: string;
  readonly mqtt?: string;
}

const MOST_PORT = 65_535;

const openIdSchema = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUrl: z.url(),
  roleClaim: z.string().min(1),
  roles: z.record(z.string(), z.enum(ROLES)),
  scopes: z.array(z.string()).optional(),
});

const addresses = (text: string): string[] => {
  const list = text.split(',').map((address) => address.trim());
  for (const address of list)
    if (!/^[\da-f.:]+(\/\d{1,3})?$/i.test(address) || isIP(address.split('/')[0]) === 0)
      throw new InvalidArgumentError('It should be addresses or networks, such as 10.0.0.2 or 10.0.0.0/8.');
  return list;
};

/** Everybody on the machine can read a command line. */
const brokerUrl = (text: string): string => {
  const [, password = ''] = /^mqtts?:\/\/[^:@]*:(.*)@/.exec(text) ?? [];
  if (!/^mqtts?:\/\//.test(text)) throw new InvalidArgumentError('It begins with mqtt:// or mqtts://.');
  if (!/^(\$\{\w+\})?$/.test(password))
    throw new InvalidArgumentError('Write the password as ${NAME}, and keep it in the secrets file.');
  return text;
};

/** Adds the options. */
export const addWebOptions = (command: Command): Command =>
  command
    .option('--port <n>', 'where the API answers; 0 takes any that is free', wholeBetween(0, MOST_PORT), 8420)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--tls-cert <file>', 'certificate, PEM, with those that vouch for it')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--trust-proxy <addresses>', 'proxies with TLS in front of it, with commas between', addresses)
    .option('--open-metrics', 'let anybody read /metrics')
    .option('--openid <file>', 'YAML: issuer, clientId, clientSecret, redirectUrl, roleClaim, roles')
    .option('--mqtt <url>', 'broker that is told of the site: mqtt(s)://USER:${NAME}@HOST', brokerUrl);

const readOpenId = async (path: string, secrets: Secrets): Promise<OpenIdOptions> => {
  try {
    const read = openIdSchema.parse(parse(await readFile(path, 'utf8')));
    const { source: clientSecret } = fillIn(read.clientSecret, `The clientSecret of ${path}`, secrets);
    const { scopes, ...rest } = read;
    return { ...rest, clientSecret, ...(scopes && { scopes }) };
  } catch (cause) {
    if (cause instanceof StarlingError) throw cause;
    const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new StarlingError('CLI_USAGE', { problem: `${path}: ${problem}`, command: 'starling run' }, { cause });
  }
};

/**
 * What was typed, ready to be used.
 *
 * @throws CLI_USAGE, SECRET_MISSING
 */
export const webOptions = async (
  choice: WebChoice,
  secrets: Secrets,
): Promise<WebOptions & { readonly mqttUrl?: string }> => {
  const { host, port, tlsCert, tlsKey, trustProxy, openMetrics = false, openid, mqtt } = choice;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    const problem = 'A certificate and its key belong together: give --tls-cert and --tls-key, or neither.';
    throw new StarlingError('CLI_USAGE', { problem, command: 'starling run' });
  }
  return {
    host,
    port,
    openMetrics,
    ...(tlsCert !== undefined && tlsKey !== undefined && { tls: { certificate: tlsCert, key: tlsKey } }),
    ...(trustProxy && { trustProxy }),
    ...(openid !== undefined && { openId: await readOpenId(openid, secrets) }),
    ...(mqtt !== undefined && { mqttUrl: fillIn(mqtt, 'The broker', secrets).source }),
  };
};
