/** Real MQTT brokers for tests: `aedes` in this process, and mosquitto where it is on the PATH. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';

/** A broker that listens. */
export interface TestBroker extends AsyncDisposable {
  readonly port: number;
  /** Cuts every connection, without a word. */
  cut(): void;
}

/** Who may come in; everybody unless given. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const listening = async (server: Server, port: number): Promise<Server> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** `aedes`, in this process; on the same port again where one is given. */
export const startAedes = async ({ port = 0, login }: { port?: number; login?: Login } = {}): Promise<TestBroker> => {
  const aedes = await Aedes.createBroker({
    authenticate: (_, user, password, done) => {
      const isWelcome = !login || (user === login.user && password?.toString() === login.password);
      done(isWelcome ? null : Object.assign(new Error('no'), { returnCode: 4 }), isWelcome);
    },
  });
  const sockets = new Set<Socket>();
  const server = await listening(
    createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
      aedes.handle(socket);
    }),
    port,
  );
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: portOf(server),
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      await closed(server);
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
};

/** Whether Debian's mosquitto is there. */
export const hasMosquitto = spawnSync('mosquitto', ['-h']).error === undefined;

const answers = async (port: number): Promise<MqttClient> => {
  for (;;)
    try {
      return await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }, false);
    } catch {
      await delay(20);
    }
};

/** mosquitto, in a process of its own. */
export const startMosquitto = async (): Promise<TestBroker> => {
  const probe = await listening(createServer(), 0);
  const port = portOf(probe);
  await closed(probe);
  const folder = mkdtempSync(join(tmpdir(), 'starling-mosquitto-'));
  const settings = join(folder, 'mosquitto.conf');
  writeFileSync(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const child = spawn('mosquitto', ['-c', settings], { stdio: 'ignore' });
  await (await answers(port)).endAsync();
  return {
    port,
    cut: () => child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      child.kill('SIGKILL');
      if (!hasEnded) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Somebody who reads along, and what they have read. */
export interface Listener extends AsyncDisposable {
  /** Every message, in order. */
  readonly messages: readonly { readonly topic: string; readonly text: string; readonly retain: boolean }[];
  /** Newest by topic. */
  readonly newest: ReadonlyMap<string, string>;
}

/** Subscribes to everything. */
export const listen = async (port: number): Promise<Listener> => {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50 });
  client.on('error', () => {});
  const messages: { topic: string; text: string; retain: boolean }[] = [];
  const newest = new Map<string, string>();
  client.on('message', (topic, payload, { retain }) => {
    messages.push({ topic, text: payload.toString(), retain });
    newest.set(topic, payload.toString());
  });
  await client.subscribeAsync('#', { qos: 1 });
  return { messages, newest, [Symbol.asyncDispose]: () => client.endAsync(true) };
};
