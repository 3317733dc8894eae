/**
 * A real RTSP server for tests (GStreamer's, driven by `rtsp-server.py`), and everything that can go wrong with one.
 *
 * ```ts
 * describe.skipIf(!rtspServerIsAvailable())('…', () => {
 *   it('…', async () => {
 *     const file = await writeRawH264('samples/plaza.mp4', join(folder, 'plaza.h264'), { frames: 60 });
 *     await using server = await startRtspServer({ mounts: { gate: { file, framesPerS: 7 } } });
 *     openLiveCamera({ camera: 'gate', source: server.url('gate') });
 *     await server.pause('gate');      // no packet any more, connections stay open; new ones are taken, and stay silent
 *     await server.resume('gate');
 *     await server.losePackets('gate', 0.3);              // RTP packets, over TCP and UDP alike; 0 heals
 *     await server.serve('gate', { file: other, framesPerS: 7 });   // another scene or size; clients are hung up on
 *     await server.setUsers({ me: 'secret' });            // from now on; clients are hung up on; null for none
 *     await server.stop();             // connections closed, port closed
 *     await server.start();            // the same port
 *   });
 * });
 * ```
 *
 * It listens on 127.0.0.1, on a free port. Each client gets a stream of its own from the beginning of the file, unless
 * the mount is `shared`. The file is seen again and again, with time stamps that go on.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const SCRIPT = fileURLToPath(new URL('rtsp-server.py', import.meta.url));

// Debian's bindings belong to Debian's Python, which need not be the first on the path.
const PYTHONS = ['/usr/bin/python3', 'python3'];

const IMPORTS = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";

let python: string | null | undefined;

const findPython = (): string | null => {
  python ??= PYTHONS.find((name) => spawnSync(name, ['-c', IMPORTS], { stdio: 'ignore' }).status === 0) ?? null;
  return python;
};

/** Whether this machine has what the server needs; says so once where it has not. */
export const rtspServerIsAvailable = (): boolean => {
  const first = python === undefined;
  const available = findPython() !== null;
  if (first && !available)
    process.stderr.write('Skipped: RTSP tests need python3-gi, gir1.2-gst-rtsp-server-1.0 and GStreamer’s plugins.\n');
  return available;
};

/** What is served under one path. */
export interface RtspMount {
  /** Raw H.264 (Annex B), without B-frames. */
  readonly file: string;
  readonly framesPerS: number;
  /** One stream for all clients, instead of one each. */
  readonly shared?: boolean;
}

/** What to serve. */
export interface RtspServerOptions {
  readonly mounts: Readonly<Record<string, RtspMount>>;
  /** Passwords by user name; nobody is asked unless given. */
  readonly users?: Readonly<Record<string, string>>;
  /** Digest authentication; basic unless set. */
  readonly digest?: boolean;
}

/** A server that is running. */
export interface RtspServer extends AsyncDisposable {
  readonly port: number;
  /** URL of a mount, with `user:password@` when given. */
  url(mount: string, credentials?: string): string;
  /** Closes every connection and the port. */
  stop(): Promise<void>;
  /** Opens the same port again. */
  start(): Promise<void>;
  /** Sends nothing more, with connections left open. */
  pause(mount: string): Promise<void>;
  resume(mount: string): Promise<void>;
  /** Loses this share of the RTP packets, 0 to 1. */
  losePackets(mount: string, share: number): Promise<void>;
  /** Serves something else; everybody is hung up on. */
  serve(mount: string, what: RtspMount): Promise<void>;
  /** Changes who may look; everybody is hung up on. */
  setUsers(users: Readonly<Record<string, string>> | null): Promise<void>;
  /** Connections open now. */
  clients(): Promise<number>;
}

const answerSchema = z.object({
  id: z.number().optional(),
  port: z.number().optional(),
  clients: z.number().optional(),
  error: z.string().optional(),
});

type Answer = z.infer<typeof answerSchema>;

interface Talk {
  /** Sends a line. */
  tell(message: unknown): void;
  /** The answer to the command with this number; the greeting is number 0. */
  answerTo(id: number): Promise<Answer>;
}

const talkTo = ({ stdin, stdout }: ChildProcess): Talk => {
  if (!stdin || !stdout) throw new Error('The RTSP server has no pipes');
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  const slot = (id: number): PromiseWithResolvers<Answer> => {
    const found = waiting.get(id) ?? Promise.withResolvers<Answer>();
    waiting.set(id, found);
    return found;
  };
  const lines = createInterface({ input: stdout });
  lines.on('line', (line) => {
    const answer = answerSchema.parse(JSON.parse(line));
    slot(answer.id ?? 0).resolve(answer);
  });
  let ended = false;
  lines.on('close', () => {
    ended = true;
    for (const { promise, reject } of waiting.values()) {
      promise.catch(() => {});
      reject(new Error('The RTSP server ended'));
    }
  });
  return {
    tell: (message) => void stdin.write(`${JSON.stringify(message)}\n`),
    async answerTo(id) {
      const { promise, reject } = slot(id);
      if (ended) reject(new Error('The RTSP server ended'));
      const answer = await promise;
      waiting.delete(id);
      if (answer.error !== undefined) throw new Error(`The RTSP server could not: ${answer.error}`);
      return answer;
    },
  };
};

const toSettings = ({ file, framesPerS, shared = false }: RtspMount): Record<string, unknown> => ({
  file,
  rate: framesPerS,
  shared,
});

/** Ends a process that ends when its input does; a stubborn one is killed. */
const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  const impatience = setTimeout(() => child.kill('SIGKILL'), 2000);
  await exited;
  clearTimeout(impatience);
};

/** Starts a server; it is stopped when its scope ends. */
export const startRtspServer = async (options: RtspServerOptions): Promise<RtspServer> => {
  const command = findPython();
  if (command === null) throw new Error('There is no GStreamer RTSP server here; see rtspServerIsAvailable()');
  const child = spawn(command, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const talk = talkTo(child);
  const mounts = Object.fromEntries(Object.entries(options.mounts).map(([name, mount]) => [name, toSettings(mount)]));
  talk.tell({ mounts, users: options.users, digest: options.digest });
  const { port = 0 } = await talk.answerTo(0);
  let commands = 0;
  const order = (op: string, details: Record<string, unknown> = {}): Promise<Answer> => {
    const id = ++commands;
    talk.tell({ id, op, ...details });
    return talk.answerTo(id);
  };
  const obey = async (op: string, details?: Record<string, unknown>): Promise<void> => void (await order(op, details));
  return {
    port,
    url: (mount, credentials) =>
      `rtsp://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}/${mount}`,
    stop: () => obey('stop'),
    start: () => obey('start'),
    pause: (mount) => obey('pause', { mount, paused: true }),
    resume: (mount) => obey('pause', { mount, paused: false }),
    losePackets: (mount, share) => obey('lose', { mount, share }),
    serve: (mount, what) => obey('serve', { mount, ...toSettings(what) }),
    setUsers: (users) => obey('users', { users }),
    clients: async () => (await order('clients')).clients ?? 0,
    [Symbol.asyncDispose]: () => end(child),
  };
};
