/**
 * MQTT, QoS 1: the event as JSON. A connection stays open between messages, and is given up whole when a try fails, so
 * that nothing is sent later that was not asked for.
 */
import { connect, type MqttClient } from 'mqtt';
import type { Notifier } from '../../../contract/index.ts';
import { type Channel, DELIVERED, type Delivery, envelopeOf, failed, type Notice } from '../channel.ts';
import { type Endpoint, endpointOf } from '../endpoint.ts';
import { whyOf } from '../why.ts';

/** Which broker, and which topic. */
export type MqttOptions = Extract<Notifier, { mqtt: unknown }>;

const TIMEOUT_MS = 10_000;
const KEEPALIVE_S = 30;

const clientOf = ({ protocol, host, port, user }: Endpoint): MqttClient =>
  connect({
    protocol: protocol === 'mqtts' ? 'mqtts' : 'mqtt',
    host,
    port: port ?? (protocol === 'mqtts' ? 8883 : 1883),
    ...(user ? { username: user.name, password: user.password } : {}),
    keepalive: KEEPALIVE_S,
    connectTimeout: TIMEOUT_MS,
    // The queue says when to try again.
    reconnectPeriod: 0,
    // Its own log tells whole packets.
    log: () => {},
  });

/** Return codes of CONNACK, MQTT 3.1.1 and 5. */
const REFUSED_LOGIN = new Set([4, 5, 134, 135]);

const brokerWhy = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'number' && REFUSED_LOGIN.has(code) ? 'the user name or password was refused' : whyOf(error);
};

/** Fulfilled when it is connected; rejected when it cannot be. */
const opened = (client: MqttClient, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.on('error', reject);
    signal.addEventListener('abort', () => reject(new DOMException('no answer', 'AbortError')), { once: true });
  });

/** Rejected when the connection ends, or the try. */
const cut = (client: MqttClient, signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const lost = (): void => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    client.once('close', lost);
    signal.addEventListener(
      'abort',
      () => {
        client.removeListener('close', lost);
        reject(new DOMException('no answer', 'AbortError'));
      },
      { once: true },
    );
  });

/** Makes the channel. */
export const mqttChannel = ({ mqtt, topic }: MqttOptions): Channel => {
  const endpoint = endpointOf(mqtt);
  let client: MqttClient | null = null;
  const drop = (): void => {
    client?.end(true);
    client = null;
  };
  const open = async (to: Endpoint, signal: AbortSignal): Promise<MqttClient> => {
    if (client?.connected === true) return client;
    drop();
    client = clientOf(to);
    await Promise.race([opened(client, signal), cut(client, signal)]);
    return client;
  };
  const send = async (notice: Notice, signal: AbortSignal): Promise<Delivery> => {
    if (!endpoint) return failed('its address is no URL', true);
    try {
      const broker = await open(endpoint, signal);
      await Promise.race([broker.publishAsync(topic, envelopeOf(notice), { qos: 1 }), cut(broker, signal)]);
      return DELIVERED;
    } catch (error) {
      drop();
      return failed(brokerWhy(error));
    }
  };
  return { timeoutMs: TIMEOUT_MS, send, close: drop };
};
