/**
 * `starling discover`: which ONVIF cameras the network has, and the URLs of their streams.
 */
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import type { Cam } from 'onvif';
import * as z from 'zod';
import { StarlingError } from '../contract/index.ts';
import { readSecrets, type Secrets } from './secrets.ts';

interface DiscoverOptions {
  readonly timeout: number;
  readonly interface?: string;
  readonly address?: string;
  readonly username?: string;
  readonly secrets?: string;
  readonly json?: boolean;
}

/** Where a camera answers. */
interface Device {
  readonly hostname: string;
  readonly port: number;
  readonly path?: string;
}

/** A stream that a camera offers. */
interface Stream {
  readonly name: string;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly framesPerS: number | null;
  readonly codec: string | null;
  readonly url: string;
}

/** A camera, and what it offers, or why that is not known. */
interface Found {
  readonly address: string;
  readonly model: string | null;
  readonly streams: readonly Stream[];
  readonly problem: string | null;
}

const ONVIF_PORT = 80;
const CONNECT_MS = 5000;
/** Where the password is looked for: never on the command line, which others can read. */
const PASSWORD = 'STARLING_ONVIF_PASSWORD';

/** What a camera answers to a probe: where it can be asked further, one or more addresses. */
const answerSchema = z.object({ probeMatches: z.object({ probeMatch: z.object({ XAddrs: z.string() }) }) });

const deviceOf = (answer: unknown): Device[] => {
  const read = answerSchema.safeParse(answer);
  const [address = ''] = read.success ? read.data.probeMatches.probeMatch.XAddrs.split(' ') : [];
  if (!URL.canParse(address)) return [];
  const { hostname, port, pathname } = new URL(address);
  return [{ hostname, port: port === '' ? ONVIF_PORT : Number(port), path: pathname }];
};

/** Only this command needs it. */
const loadOnvif = async () => (await import('onvif')).default;

const probe = async (options: DiscoverOptions): Promise<Device[]> => {
  const { Discovery } = await loadOnvif();
  return new Promise((resolve) => {
    // A device that answers nonsense is no device; without a listener it would end the process.
    Discovery.on('error', () => {});
    const { timeout, interface: device } = options;
    const asked = { timeout: timeout * 1000, resolve: false, ...(device !== undefined && { device }) };
    Discovery.probe(asked, (_, answers = []) => resolve(answers.flatMap(deviceOf)));
  });
};

const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  if (/not ?authorized|unauthorized|401/i.test(text)) return 'it wants a user name and a password';
  if (error instanceof TypeError) return 'it does not speak ONVIF as expected';
  return text.split('\n')[0]?.slice(0, 200) ?? 'it does not say why';
};

const number = z.coerce.number().nullable().catch(null);
const profileSchema = z.object({
  name: z.string().catch('stream'),
  $: z.object({ token: z.string() }),
  videoEncoderConfiguration: z
    .object({
      encoding: z.string().nullable().catch(null),
      resolution: z.object({ width: number, height: number }).catch({ width: null, height: null }),
      rateControl: z.object({ frameRateLimit: number }).catch({ frameRateLimit: null }),
    })
    .nullable()
    .catch(null),
});
const uriSchema = z.object({ uri: z.string() });
const informationSchema = z.object({ manufacturer: z.string().catch(''), model: z.string().catch('') });

/** Turns a call that ends with (error, result) into a promise. */
const ask = <Result>(
  call: (done: (error: Error | null, result?: Result) => void) => void,
): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });

/** Some cameras put the login into the URLs that they hand out. */
const withoutLogin = (uri: string): string => uri.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1');

const streamOf = async (camera: Cam, profile: z.infer<typeof profileSchema>): Promise<Stream> => {
  const options = { protocol: 'RTSP', profileToken: profile.$.token } as const;
  const { uri } = uriSchema.parse(await ask((done) => camera.getStreamUri(options, done)));
  const video = profile.videoEncoderConfiguration;
  return {
    name: profile.name,
    widthPx: video?.resolution.width ?? null,
    heightPx: video?.resolution.height ?? null,
    framesPerS: video?.rateControl.frameRateLimit ?? null,
    codec: video?.encoding?.toLowerCase() ?? null,
    url: withoutLogin(uri),
  };
};

const modelOf = async (camera: Cam): Promise<string | null> => {
  const read = informationSchema.safeParse(await ask((done) => camera.getDeviceInformation(done)).catch(() => null));
  return read.success ? `${read.data.manufacturer} ${read.data.model}`.trim() || null : null;
};

const addressOf = ({ hostname, port }: Device): string => `${hostname}:${port}`;

/** Asks one camera for its streams. */
const inspect = async (device: Device, username: string | null, password: string | null): Promise<Found> => {
  const address = addressOf(device);
  const login = username === null ? {} : { username, password: password ?? '' };
  const { Cam: Client } = await loadOnvif();
  const camera = new Client({ ...device, ...login, timeout: CONNECT_MS, autoconnect: false, preserveAddress: true });
  try {
    await ask((done) => camera.connect(done));
    const profiles = z.array(profileSchema).parse(camera.profiles ?? []);
    const streams = await Promise.all(profiles.map((profile) => streamOf(camera, profile)));
    return { address, model: await modelOf(camera), streams, problem: null };
  } catch (error) {
    return { address, model: null, streams: [], problem: reasonOf(error) };
  }
};

const describeStream = ({ name, widthPx, heightPx, framesPerS, codec, url }: Stream): string => {
  const size = widthPx === null || heightPx === null ? '' : `${widthPx} × ${heightPx}`;
  const rate = framesPerS === null ? '' : `${framesPerS}/s`;
  return `  ${[name, size, codec ?? '', rate].filter((part) => part !== '').join('  ')}\n    ${url}`;
};

/** What a device calls itself may hold anything. */
const printable = (text: string): string => stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n]/gu, '');

const describe = ({ address, model, streams, problem }: Found): string =>
  [
    `${address}  ${model ?? ''}`.trimEnd(),
    ...(problem === null ? [] : [`  ${problem}`]),
    ...streams.map(describeStream),
  ].join('\n');

const NOTHING = `No camera answered. ONVIF may be switched off in the camera, or it is in another part of the network:
ask it directly with --address HOST:PORT.`;

const HINT = `
In the site file, with the name and the password taken from the environment or a secrets file:
  source: rtsp://\${CAMERA_USER}:\${CAMERA_PASSWORD}@HOST/PATH`;

const addressed = (address: string): Device => {
  const { hostname, port } = new URL(`http://${address}`);
  return { hostname, port: port === '' ? ONVIF_PORT : Number(port) };
};

const passwordFrom = (secrets: Secrets): string | null => secrets.get(PASSWORD) ?? process.env[PASSWORD] ?? null;

/** The library would ask on any interface where it does not know the one that is named. */
const checkInterface = (name: string | undefined): void => {
  const known = Object.keys(networkInterfaces());
  if (name === undefined || known.includes(name)) return;
  const problem = `There is no network interface "${name}", only: ${known.join(', ')}.`;
  throw new StarlingError('CLI_USAGE', { problem, command: 'starling discover' });
};

/** One camera that never ends its answer must not hold up all others. */
const LONGEST_ANSWER_MS = 15_000;

const inspectInTime = async (device: Device, username: string | null, password: string | null): Promise<Found> => {
  const late = sleep(LONGEST_ANSWER_MS, null, { ref: false });
  const found = await Promise.race([inspect(device, username, password), late]);
  return found ?? { address: addressOf(device), model: null, streams: [], problem: 'it did not answer in time' };
};

const run = async (options: DiscoverOptions): Promise<void> => {
  checkInterface(options.interface);
  const password = passwordFrom(await readSecrets(options.secrets ?? null));
  const devices = options.address === undefined ? await probe(options) : [addressed(options.address)];
  const found = await Promise.all(devices.map((device) => inspectInTime(device, options.username ?? null, password)));
  if (options.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) process.stdout.write(`${NOTHING}\n`);
  else process.stdout.write(`${printable(found.map(describe).join('\n\n'))}\n${HINT}\n`);
  // A camera that is still answering is not waited for.
  process.exit();
};

const seconds = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 60)) throw new InvalidArgumentError('It should be a number of seconds up to 60.');
  return value;
};

const hostAndPort = (text: string): string => {
  if (!URL.canParse(`http://${text}`))
    throw new InvalidArgumentError('Write it like 192.168.1.20 or 192.168.1.20:8000.');
  return text;
};

/** `starling discover`. */
export const discoverCommand = (): Command =>
  new Command('discover')
    .description('list the ONVIF cameras of the network and the URLs of their streams')
    .option('--timeout <seconds>', 'how long to wait for answers', seconds, 5)
    .option('--interface <name>', 'network interface to ask on, such as eth0')
    .option('--address <host>', 'ask this one camera, also across networks', hostAndPort)
    .option('--username <name>', `user name; the password is taken from ${PASSWORD}`)
    .option('--secrets <file>', `file with ${PASSWORD}=value`)
    .option('--json', 'print the result as JSON on standard output, and nothing else')
    .action(run);
