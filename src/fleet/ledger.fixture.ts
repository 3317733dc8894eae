/** A world with one camera, in which disks fail, messages get lost and processes die: for tests of the whole way. */
import { observationSchema } from '../contract/index.ts';
import { Inbox, type Sender } from './inbox/inbox.ts';
import { makeObservation } from './observation.fixture.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Acknowledgement, ObservationMessage } from './protocol/messages.ts';
import { type Changes, DiskFailure, type DiskState, type Kept, type SpoolDisk } from './spool/disk.ts';
import { Spool } from './spool/spool.ts';
import { createRandom } from '../../test/helpers/random.ts';

/** What happens in the world. */
export type Happening =
  | { readonly kind: 'append' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'killSensor' | 'killHub' | 'loseFile' }
  | { readonly kind: 'disk' | 'ledger' | 'wire'; readonly works: boolean };

const CAMERA = 'gate';

// Not that of node:timers, whose time no test can turn on.
const delay = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** What lies on the platter, whatever becomes of the processes. */
interface Platter {
  rows: Map<number, string>;
  last: number;
  exists: boolean;
}

/** A disk that takes its time, fails when told to, and does not say how far it came. */
class ModelDisk implements SpoolDisk {
  readonly #world: World;
  #isDead = false;
  #isFresh = false;
  /** What is being written. */
  #apply: (() => void) | null = null;
  #wasWell = true;

  constructor(world: World) {
    this.#world = world;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Its process dies: what it was writing is there, or is not, and nobody hears of it. */
  kill(): void {
    this.#isDead = true;
    this.#settleByChance();
  }

  async open(): Promise<DiskState> {
    await this.#work();
    const { platter } = this.#world;
    this.#isFresh = !platter.exists;
    platter.exists = true;
    return this.#state();
  }

  async write({ remove, append }: Changes): Promise<DiskState> {
    const { platter } = this.#world;
    this.#apply = () => {
      platter.exists = true;
      for (const sequence of remove) platter.rows.delete(sequence);
      for (const { sequence, body } of append) {
        if (!platter.rows.has(sequence)) platter.rows.set(sequence, body);
        platter.last = Math.max(platter.last, sequence);
      }
    };
    try {
      await this.#work();
    } catch (error) {
      this.#settleByChance();
      if (this.#wasWell) for (const { sequence } of append) this.#world.halfway.add(sequence);
      this.#wasWell = false;
      throw error;
    }
    this.#wasWell = true;
    this.#apply();
    this.#apply = null;
    return this.#state();
  }

  async read(after: number, limit: number): Promise<readonly Kept[]> {
    await this.#work();
    return [...this.#world.platter.rows]
      .filter(([sequence]) => sequence > after)
      .toSorted(([a], [b]) => a - b)
      .slice(0, limit)
      .map(([sequence, body]) => ({ sequence, body }));
  }

  async close(): Promise<void> {}

  async #work(): Promise<void> {
    await delay(this.#world.random() * 20);
    if (this.#isDead) await new Promise(() => {});
    if (!this.#world.diskWorks) throw new DiskFailure('the disk fails');
  }

  #settleByChance(): void {
    if (this.#world.random() < 0.5) this.#apply?.();
    this.#apply = null;
  }

  #state(): DiskState {
    const { rows, last } = this.#world.platter;
    return { last, rows: rows.size, bytes: 0, dropped: 0, isFresh: this.#isFresh, putAside: null };
  }
}

interface Sensor {
  readonly spool: Spool;
  readonly outbox: Outbox;
  readonly ticking: NodeJS.Timeout;
}

/** The world; make it with fake timers. */
export class World {
  readonly random: () => number;
  readonly platter: Platter = { rows: new Map(), last: 0, exists: false };
  diskWorks = true;
  /** What the ledger has: the time that an observation is of, by its number. Every observation has its own time. */
  readonly ledger = new Map<number, number>();
  /** Times of the observations that must be there in the end. */
  readonly promised = new Set<number>();
  /** Numbers that were used for two observations. */
  readonly conflicts: number[] = [];
  /** Numbers of the first writing that failed after all had been well. */
  readonly halfway = new Set<number>();
  readonly #isNetwork: boolean;
  #ledgerWorks = true;
  #wireWorks = true;
  #clockMs = 1_790_000_000_000;
  #sensor: Promise<Sensor> | null = null;
  /** The same, once its spool is open. */
  #running: Sensor | null = null;
  #disk: ModelDisk | null = null;
  #inbox: Inbox;
  readonly #line = new Set<NodeJS.Timeout>();

  /** Over a network, what is under way outlives the process that sent it, and the hub does not know of it. */
  constructor(seed: number, isNetwork = false) {
    this.#isNetwork = isNetwork;
    this.random = createRandom(seed);
    this.#inbox = this.#newInbox();
  }

  /** Lets something happen, or starts what does not run. */
  async happen(happening: Happening): Promise<void> {
    if (happening.kind === 'append') await this.#append();
    if (happening.kind === 'disk') this.diskWorks = happening.works;
    if (happening.kind === 'ledger') this.#ledgerWorks = happening.works;
    if (happening.kind === 'wire') this.#wireWorks = happening.works;
    if (happening.kind === 'killSensor') this.#killSensor();
    if (happening.kind === 'killHub') this.#killHub();
    if (happening.kind === 'loseFile') this.#loseFile();
  }

  /** Starts the sensor, if it does not run. */
  start(): Promise<Sensor> {
    this.#sensor ??= this.#newSensor();
    return this.#sensor;
  }

  /** Fulfilled when the sensor has nothing left. */
  async drained(): Promise<void> {
    await (await this.start()).outbox.drained();
  }

  /** Ends everything. */
  end(): void {
    this.#killHub();
  }

  async #append(): Promise<void> {
    const sensor = await this.start();
    if (sensor !== this.#running) return;
    const startMs = ++this.#clockMs;
    let body = '';
    const sequence = await sensor.spool.append((next) => {
      body = JSON.stringify(makeObservation(CAMERA, next, startMs));
      return body;
    });
    if (sensor !== this.#running) return;
    this.promised.add(startMs);
    sensor.outbox.kept(CAMERA, { sequence, body });
  }

  /** What it had only in memory dies with it. */
  #killSensor(): void {
    this.#sensor = null;
    this.#disk?.kill();
    this.#disk = null;
    if (this.#running) clearInterval(this.#running.ticking);
    this.#running = null;
    const onDisk = new Set(
      [...this.platter.rows.values()].map((body) => observationSchema.parse(JSON.parse(body)).startMs),
    );
    const stored = new Set(this.ledger.values());
    for (const startMs of this.promised)
      if (!onDisk.has(startMs) && !stored.has(startMs)) this.promised.delete(startMs);
    if (this.#isNetwork) return;
    // The supervisor starts it again when nothing is under way any more; what was, came, or got lost.
    for (const timer of this.#line) clearTimeout(timer);
    this.#line.clear();
  }

  #killHub(): void {
    this.#killSensor();
    this.#inbox = this.#newInbox();
  }

  #loseFile(): void {
    this.#killSensor();
    const stored = new Set(this.ledger.values());
    for (const startMs of this.promised) if (!stored.has(startMs)) this.promised.delete(startMs);
    this.platter.rows.clear();
    Object.assign(this.platter, { last: 0, exists: false });
  }

  async #newSensor(): Promise<Sensor> {
    const disk = new ModelDisk(this);
    this.#disk = disk;
    const spool = new Spool({ camera: CAMERA, disk, mostInMemory: 1000, nowMs: () => this.#clockMs });
    await spool.open();
    spool.continueAfter(this.#isNetwork ? this.#latestStored() : this.#inbox.latest(CAMERA));
    const send = (message: ObservationMessage): void => {
      if (!disk.isDead) this.#toHub(message);
    };
    const outbox = new Outbox({ spools: new Map([[CAMERA, spool]]), send });
    const sensor = { spool, outbox, ticking: setInterval(() => outbox.tick(), 1000) };
    this.#running = sensor;
    return sensor;
  }

  #newInbox(): Inbox {
    const inbox: Inbox = new Inbox(new Map([[CAMERA, this.#latestStored()]]), {
      take: async (observations) => {
        await delay(this.random() * 50);
        if (!this.#ledgerWorks || inbox !== this.#inbox) throw new Error('the ledger fails');
        for (const { sequence, startMs } of observations) this.#store(sequence, startMs);
      },
    });
    return inbox;
  }

  #latestStored(): number {
    return Math.max(0, ...this.ledger.keys());
  }

  #store(sequence: number, startMs: number): void {
    const before = this.ledger.get(sequence) ?? startMs;
    if (before !== startMs) this.conflicts.push(sequence);
    this.ledger.set(sequence, before);
  }

  #toHub(message: ObservationMessage): void {
    const sender: Sender = {
      cameras: [CAMERA],
      acknowledge: (answer) => this.#toSensor(answer),
      refused: (problem) => {
        throw new Error(problem);
      },
    };
    this.#carry(() => this.#inbox.receive(sender, message));
  }

  #toSensor(answer: Acknowledgement): void {
    this.#carry(() => this.#running?.outbox.acknowledge(answer));
  }

  /** Takes its time, so that what was sent later may come first; loses some, doubles some. */
  #carry(deliver: () => void): void {
    const copies = this.#wireWorks ? 1 : [0, 0, 1, 2][Math.floor(this.random() * 4)];
    for (let i = 0; i < copies; i++) {
      const timer = setTimeout(() => {
        this.#line.delete(timer);
        deliver();
      }, this.random() * 100);
      this.#line.add(timer);
    }
  }
}
