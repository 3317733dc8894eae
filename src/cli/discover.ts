/**
 * `starling discover`: which ONVIF cameras the network has, and the URLs of their streams.
 */
import { Command, InvalidArgumentError } from 'commander';
import type { Cam } from 'onvif';
import * as z from 'zod';
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

const deviceSchema = z.object({ hostname: z.string(), port: z.coerce.number(), path: z.string().optional() });

/** Only this command needs it. */
const loadOnvif = async () => (await import('onvif')).default;

const probe = async (options: DiscoverOptions): Promise<Device[]> => {
  const { Discovery } = await loadOnvif();
  return new Promise((resolve) => {
    // A device that answers nonsense is no device; without a listener it would end the process.
    Discovery.on('error', () => {});
    const { timeout, interface: device } = options;
    Discovery.probe({ timeout: timeout * 1000, ...(device !== undefined && { device }) }, (_, devices = []) => {
      resolve(
        devices.flatMap((found) => {
          const read = deviceSchema.safeParse(found);
          return read.success
            ? [{ hostname: read.data.hostname, port: read.data.port, ...pathOf(read.data.path) }]
            : [];
        }),
      );
    });
  });
};

const pathOf = (path: string | undefined): { path?: string } => (path === undefined ? {} : { path });

const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  if (/not ?authorized|unauthorized|401/i.test(text)) return 'it wants a user name and a password';
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
    url: uri,
  };
};

const modelOf = async (camera: Cam): Promise<string | null> => {
  const read = informationSchema.safeParse(await ask((done) => camera.getDeviceInformation(done)).catch(() => null));
  return read.success ? `${read.data.manufacturer} ${read.data.model}`.trim() || null : null;
};

/** Asks one camera for its streams. */
export const inspect = async (device: Device, username: string | null, password: string | null): Promise<Found> => {
  const address = `${device.hostname}:${device.port}`;
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

const run = async (options: DiscoverOptions): Promise<void> => {
  const password = passwordFrom(await readSecrets(options.secrets ?? null));
  const devices = options.address === undefined ? await probe(options) : [addressed(options.address)];
  const found = await Promise.all(devices.map((device) => inspect(device, options.username ?? null, password)));
  if (options.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) process.stdout.write(`${NOTHING}\n`);
  else process.stdout.write(`${found.map(describe).join('\n\n')}\n${HINT}\n`);
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
