/**
 * A site on an MQTT broker: what each zone, gate and camera is like now, kept by the broker for whoever comes later.
 *
 * ```
 * PREFIX/SITE/availability            online; offline when Starling has gone
 * PREFIX/SITE/zone/ID/state           JSON, when it changes and once a minute
 * PREFIX/SITE/gate/ID/state
 * PREFIX/SITE/camera/ID/state
 * homeassistant/sensor/starling_SITE/…/config
 * ```
 */
import { connect, type MqttClient } from 'mqtt';
import type { Moment, Site } from '../../contract/index.ts';
import { type Retained, sensorsOf, type Topics } from './discovery.ts';
import { type Broker, brokerOf } from './endpoint.ts';
import { type PlaceState, statesOf } from './state.ts';
import { brokerTrouble } from './trouble.ts';

/** Which broker, and what to tell it. */
export interface MqttOptions {
  /** `mqtt(s)://USER:PASSWORD@HOST:PORT` */
  readonly url: string;
  /** First part of every topic; `starling` unless given. */
  readonly prefix?: string;
  readonly site: Pick<Site, 'site' | 'analysis'>;
  /** Whether to tell Home Assistant what there is. */
  readonly discovery: boolean;
  /** Told again after so long though nothing changed, ms. */
  readonly refreshMs?: number;
  readonly reconnectMs?: number;
}

/** A site on a broker. */
export interface MqttSite extends AsyncDisposable {
  /** Takes the newest; what could not be sent of older ones is never sent. */
  publish(moment: Moment): void;
  /** Why nothing arrives; null while the connection is well. */
  trouble(): string | null;
}

const REFRESH_MS = 60_000;
const RECONNECT_MS = 5000;
const KEEPALIVE_S = 15;
/** A figure of which Home Assistant heard nothing for so many refreshes is unavailable there. */
const EXPIRE_AFTER_REFRESHES = 3;
const END_MS = 2000;

const topicsOf = (prefix: string, site: string): Topics => ({
  availability: `${prefix}/${site}/availability`,
  state: (kind, id) => `${prefix}/${site}/${kind}/${id}/state`,
});

/** What the broker was told over one connection; the next begins anew. */
interface Told {
  /** By topic. */
  readonly states: Map<string, { readonly text: string; readonly atMs: number }>;
  readonly sensors: Set<string>;
}

class BrokerLine implements MqttSite {
  readonly #options: MqttOptions;
  readonly #topics: Topics;
  readonly #broker: Broker;
  readonly #client: MqttClient;
  readonly #refreshMs: number;
  #told: Told = { states: new Map(), sensors: new Set() };
  /** What the next connection is told at once. */
  #newest: Moment | null = null;
  /** The same, until it is sent. */
  #unsent: Moment | null = null;
  /** The connection that is being written to. */
  #writing: Told | null = null;
  #trouble: string | null;

  constructor(options: MqttOptions, broker: Broker) {
    this.#options = options;
    this.#broker = broker;
    this.#refreshMs = options.refreshMs ?? REFRESH_MS;
    this.#topics = topicsOf(options.prefix ?? 'starling', options.site.site.id);
    this.#trouble = brokerTrouble(broker.name, null);
    this.#client = connect({
      ...broker.options,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: options.reconnectMs ?? RECONNECT_MS,
      // A refused password may be mended at the broker.
      reconnectOnConnackError: true,
      queueQoSZero: false,
      will: { topic: this.#topics.availability, payload: Buffer.from('offline'), qos: 1, retain: true },
      // Its own log tells whole packets.
      log: () => {},
    });
    this.#client.on('connect', () => this.#connected());
    this.#client.on('error', (error) => this.#lost(error));
    this.#client.on('close', () => this.#lost(null));
  }

  publish(moment: Moment): void {
    this.#newest = moment;
    this.#unsent = moment;
    void this.#write();
  }

  trouble(): string | null {
    return this.#trouble;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.race([this.#leave(), after(END_MS)]);
    this.#client.end(true);
  }

  async #leave(): Promise<void> {
    // With a confirmation, so that it is there before the connection ends.
    if (this.#client.connected) await this.#say(this.#topics.availability, 'offline', 1);
    await this.#client.endAsync(!this.#client.connected);
  }

  #connected(): void {
    this.#trouble = null;
    this.#told = { states: new Map(), sensors: new Set() };
    this.#writing = null;
    this.#unsent = this.#newest;
    void this.#say(this.#topics.availability, 'online', 0);
    void this.#write();
  }

  #lost(error: Error | null): void {
    if (error || this.#trouble === null) this.#trouble = brokerTrouble(this.#broker.name, error);
  }

  /**
   * Writes the newest state, message by message, each when the connection has taken the one before: meanwhile newer
   * moments replace each other.
   */
  async #write(): Promise<void> {
    const told = this.#told;
    if (this.#writing === told) return;
    this.#writing = told;
    while (this.#client.connected && this.#told === told && this.#unsent) {
      const moment = this.#unsent;
      this.#unsent = null;
      for (const { topic, body } of this.#due(moment, told)) {
        await this.#say(topic, body, 0);
        // What is left belongs to a connection that has ended; the next one is told everything.
        if (this.#told !== told) return;
      }
    }
    this.#writing = null;
  }

  *#due(moment: Moment, told: Told): Generator<Retained> {
    const nowMs = performance.now();
    for (const place of statesOf(moment, this.#options.site)) {
      if (this.#options.discovery) yield* this.#newSensors(place, told);
      const topic = this.#topics.state(place.kind, place.id);
      const text = JSON.stringify(place.body);
      const last = told.states.get(topic);
      if (last?.text === text && nowMs - last.atMs < this.#refreshMs) continue;
      told.states.set(topic, { text, atMs: nowMs });
      yield { topic, body: JSON.stringify({ time: new Date(moment.timeMs).toISOString(), ...place.body }) };
    }
  }

  #newSensors(place: PlaceState, { sensors }: Told): readonly Retained[] {
    const expireAfterS = Math.ceil((EXPIRE_AFTER_REFRESHES * this.#refreshMs) / 1000);
    const options = { site: this.#options.site.site, topics: this.#topics, expireAfterS };
    const fresh = sensorsOf(place, options).filter(({ topic }) => !sensors.has(topic));
    for (const { topic } of fresh) sensors.add(topic);
    return fresh;
  }

  /** QoS 0: the library would keep others in memory, and send them when they are old. */
  #say(topic: string, body: string, qos: 0 | 1): Promise<void> {
    return new Promise((resolve) => {
      this.#client.publish(topic, body, { qos, retain: true }, () => resolve());
    });
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** What there is where the URL is none: nothing is sent, and that is said. */
const NOWHERE: MqttSite = {
  publish: () => {},
  trouble: () => 'The address of the MQTT broker is no URL such as mqtt://HOST:1883.',
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** Connects to a broker, again and again for ever, and tells it of a site. It throws nothing: see `trouble`. */
export const startMqtt = (options: MqttOptions): MqttSite => {
  const broker = brokerOf(options.url);
  return broker ? new BrokerLine(options, broker) : NOWHERE;
};
