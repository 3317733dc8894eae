/**
 * A simulated crowd in the place of a camera: positions come from the simulator, and everything after them is what a
 * camera has.
 *
 * ```
 * simulate -> meter -> observer -> hub
 *     truth -> a file, when asked for
 * ```
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Camera, mediaTimeMs, type Observation, type Positions } from '../../contract/index.ts';
import type { HubConnection } from '../../fleet/index.ts';
import { createLiveMeter, type LiveMeter } from '../../measure/index.ts';
import { createSimulation, parseSimulation, type Simulation, type SimulationTruth } from '../../simulate/index.ts';
import { Observer } from './observer.ts';
import type { Period } from './seconds.ts';
import type { Watch } from './watch.ts';
import type { Work } from './work.ts';

/** More instants than this at once are not caught up with: the machine slept. */
const MOST_STEPS_BEHIND = 20;

/** Writes down what a simulated crowd really did, second by second: a line of JSON each. */
class TruthLog {
  readonly #path: string;
  #told: ReadonlyMap<string, { readonly in: number; readonly out: number }> = new Map();

  constructor(folder: string, camera: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${camera}.truth.jsonl`);
  }

  /** Writes what happened since the last call. It is on the disk before anything else is told of this second. */
  write({ startMs, endMs }: Period, { inside, zones, gates }: SimulationTruth): void {
    const crossings = gates.map(({ gate, in: inwards, out }) => {
      const before = this.#told.get(gate);
      return { gate, in: inwards - (before?.in ?? 0), out: out - (before?.out ?? 0) };
    });
    this.#told = new Map(gates.map((gate) => [gate.gate, gate]));
    appendFileSync(this.#path, `${JSON.stringify({ startMs, endMs, inside, zones, gates: crossings })}\n`);
  }
}

const meterFor = (camera: Camera, { site }: Work, simulation: Simulation): LiveMeter =>
  createLiveMeter({
    camera: camera.id,
    zones: site.zones,
    gates: site.gates,
    sight: { kind: 'everywhere' },
    walkable: simulation.walkable,
    analysis: site.analysis,
    minimumCount: site.privacy.minimumCount,
    framesPerS: simulation.framesPerS,
  });

/** Steps a simulated crowd along with the clock. */
class CrowdWatch implements Watch {
  readonly camera: string;
  readonly failed = Promise.withResolvers<never>().promise;
  readonly #simulation: Simulation;
  readonly #meter: LiveMeter;
  readonly #observer: Observer;
  #nextMs: number;
  /** Valid until the next step. */
  #seen: Positions | null = null;
  #offered = 0;

  constructor(camera: Camera, work: Work, hub: Pick<HubConnection, 'report' | 'status'>, nowMs: number) {
    const { walkable = null, zones, gates } = work.site;
    const plan = parseSimulation(work.sources[camera.id]);
    this.camera = camera.id;
    this.#simulation = createSimulation({ plan, walkable, zones, gates });
    this.#meter = meterFor(camera, work, this.#simulation);
    this.#nextMs = nowMs;
    const truth = work.truthFolder === null ? null : new TruthLog(work.truthFolder, camera.id);
    this.#observer = new Observer({
      camera: camera.id,
      report: (id, make) => hub.report(id, make),
      takeFrames: () => this.#takeFrames(),
      reasons: () => {
        const { reason } = hub.status(camera.id);
        return reason ? [reason] : [];
      },
      onSecond: (period) => truth?.write(period, this.#simulation.truth()),
      nowMs,
    });
    this.#observer.use(this.#meter);
  }

  tick(nowMs: number): void {
    const stepMs = 1000 / this.#simulation.framesPerS;
    if (Math.abs(nowMs - this.#nextMs) > MOST_STEPS_BEHIND * stepMs) this.#goOnFrom(nowMs);
    for (; this.#nextMs <= nowMs; this.#nextMs += stepMs) {
      // Before the step: it belongs to what comes after.
      this.#observer.advance(this.#nextMs);
      this.#show(this.#simulation.step(), this.#nextMs);
    }
    this.#observer.advance(nowMs);
  }

  pace(): void {
    // A simulated crowd is seen as often as it moves.
  }

  async checkView(): Promise<void> {
    // Nor does it have a view that could be moved.
  }

  async close(): Promise<void> {
    await this.#observer.finish(Date.now());
  }

  #show(positions: Positions, timeMs: number): void {
    positions.timeMs = mediaTimeMs(timeMs);
    this.#meter.see(null, positions);
    this.#meter.settle(null, positions);
    this.#seen = positions;
    this.#offered++;
  }

  /** The crowd stood still meanwhile. It is shown again first, so that nobody's next step goes over a gate unseen. */
  #goOnFrom(nowMs: number): void {
    this.#meter.interrupt();
    this.#nextMs = nowMs;
    if (this.#seen === null) return;
    this.#observer.advance(nowMs);
    this.#show(this.#seen, nowMs);
    this.#nextMs += 1000 / this.#simulation.framesPerS;
  }

  #takeFrames(): Observation['frames'] {
    const offered = this.#offered;
    this.#offered = 0;
    return { offered, measured: offered, dropped: 0 };
  }
}

/**
 * Watches a simulated crowd from now on.
 *
 * @throws SIMULATE_BAD_SCENARIO
 */
export const watchCrowd = (camera: Camera, work: Work, hub: Pick<HubConnection, 'report' | 'status'>): Watch =>
  new CrowdWatch(camera, work, hub, Date.now());
