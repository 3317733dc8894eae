/**
 * The books of a measurement: what was seen in each zone and at each gate, of the window at hand and of the whole.
 * Windows are told as they close; sums are kept, and nothing else.
 */
import {
  type Analysis,
  type CrowdWindow,
  type GateSummary,
  type GateWindow,
  PERSON_CLASS_INDEX,
  type UtcMs,
  type ZoneSummary,
  type ZoneWindow,
} from '../../contract/index.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import type { Direction } from '../flow/crossing.ts';
import { Headways } from '../flow/headway.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { GateTally } from './gate-tally.ts';
import { gateSummary, gateWindow, zoneSummary, zoneWindow } from './summaries.ts';
import { type ClosedWindow, Windows } from './windows.ts';
import { ZoneTally } from './zone-tally.ts';
import type { ZoneReading } from '../places/zone-reader.ts';

/** Who follows the crowds of the zones, as far as the books are concerned. */
export interface CrowdBooks {
  /** Ends what is gathered over stretches of time; called before the zones of a window are closed. */
  endStretch(): void;
  /** Ends a window of one zone and tells of it; null for one that is not on the ground. */
  close(zone: number, measuredS: number): CrowdWindow | null;
  /** One zone over the whole recording; what is not known has no key. */
  summary(zone: number, measuredS: number): Partial<ZoneSummary>;
  /** Ends the measurement. */
  finish(): void;
}

/** What is booked, and who is told. */
export interface LedgerOptions {
  readonly zones: readonly PlannedZone[];
  readonly gates: readonly PlannedGate[];
  /** Who follows the crowds of the zones, in their order; null for counts alone. */
  readonly crowd: CrowdBooks | null;
  readonly detection: DetectionError;
  readonly levelOfService: Analysis['levelOfService'];
  /** How sure a crossing is, see `GateTally`. */
  readonly crossingSigmas?: number;
  /** Frames measured per second, as announced. */
  readonly frameRate: number;
  /** Length of a window, s. Default 60. */
  readonly windowS?: number;
  /** UTC of time 0; null when unknown. */
  readonly startUtc?: UtcMs | null;
  /** Told of each window of each zone when it is over. */
  readonly onZoneWindow?: (window: ZoneWindow) => void;
  /** Told of each window of each gate when it is over. */
  readonly onGateWindow?: (window: GateWindow) => void;
}

/** Tallies of a stretch of time, in the order of the plan. */
interface Tallies {
  readonly zones: readonly ZoneTally[];
  readonly gates: readonly GateTally[];
}

/** Keeps the books. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #whole: Tallies;
  readonly #windows: Windows<Tallies>;
  #window: Tallies;
  readonly #headways: readonly Headways[];

  /** @throws MEASURE_BAD_WINDOW */
  constructor(options: LedgerOptions) {
    const { windowS = 60, frameRate, startUtc = null } = options;
    this.#options = options;
    const open = (): Tallies => ({
      zones: options.zones.map(() => new ZoneTally()),
      gates: options.gates.map(() => new GateTally(options.crossingSigmas)),
    });
    const close = (tallies: Tallies, window: ClosedWindow): void => this.#tell(tallies, window);
    this.#whole = open();
    const headways = options.gates.map(() => new Headways());
    const hole = (): void => {
      for (const each of headways) each.interrupt();
    };
    this.#headways = headways;
    this.#windows = new Windows({ windowS, frameRate, startUtc, open, close, hole });
    this.#window = this.#whole;
  }

  /** Time that was measured, gaps left out, s. */
  get measuredS(): number {
    return this.#windows.measuredS;
  }

  /**
   * Opens the books at the time of a frame. Windows that ended before it are told first.
   *
   * @returns how long the frame stands for, s
   */
  at(timeMs: number): number {
    this.#window = this.#windows.at(timeMs);
    return this.#windows.frameS;
  }

  /** Books one frame of a zone. */
  addReading(zone: number, reading: ZoneReading): void {
    this.#whole.zones[zone].add(reading);
    this.#window.zones[zone].add(reading);
  }

  /** Books one crossing of a gate. */
  addCrossing(gate: number, direction: Direction, classIndex: number, timeMs: number): void {
    this.#whole.gates[gate].add(direction, classIndex);
    this.#window.gates[gate].add(direction, classIndex);
    if (classIndex === PERSON_CLASS_INDEX) this.#headways[gate].add(timeMs);
  }

  /** Books one track that began or ended on the line of a gate. */
  addUnresolved(gate: number, direction: Direction, classIndex: number): void {
    this.#whole.gates[gate].addUnresolved(direction, classIndex);
    this.#window.gates[gate].addUnresolved(direction, classIndex);
  }

  #tell(tallies: Tallies, window: ClosedWindow): void {
    const { zones, gates, crowd, detection, onZoneWindow, onGateWindow } = this.#options;
    const measuredS = window.lengthS * window.coverage;
    crowd?.endStretch();
    for (const [i, zone] of zones.entries()) {
      const ofCrowd = crowd?.close(i, measuredS) ?? null;
      onZoneWindow?.(zoneWindow(zone, tallies.zones[i], window, detection, ofCrowd));
    }
    for (const [i, gate] of gates.entries()) {
      onGateWindow?.(gateWindow(gate, tallies.gates[i], window, detection, this.#headways[i].close().meanS));
    }
  }

  /** Closes the books: tells of the last windows. */
  finish(): void {
    this.#options.crowd?.finish();
    this.#windows.finish();
  }

  /** Every zone over the whole recording. */
  zones(): Record<string, ZoneSummary> {
    const { zones, crowd, detection, levelOfService } = this.#options;
    return Object.fromEntries(
      zones.map((zone, i) => {
        const summary = zoneSummary(zone, this.#whole.zones[i], this.measuredS, detection, levelOfService);
        return [zone.id, { ...summary, ...crowd?.summary(i, this.measuredS) }];
      }),
    );
  }

  /** Every gate over the whole recording. */
  gates(): Record<string, GateSummary> {
    const { gates, detection } = this.#options;
    return Object.fromEntries(
      gates.map((gate, i) => [gate.id, gateSummary(gate, this.#whole.gates[i], this.measuredS, detection)]),
    );
  }
}
