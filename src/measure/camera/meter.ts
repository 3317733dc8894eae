/**
 * Joins the quantities into what one camera measures: a frame at a time, a window at a time, a recording in all.
 */
import {
  type FootPoints,
  type FrameMeasurement,
  frameNumber,
  type Gate,
  type GateSummary,
  type GateWindow,
  type GroundGrid,
  type HealthReason,
  type Histogram,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
  type UtcMs,
  type Zone,
  type ZoneSummary,
  type ZoneWindow,
} from '../../contract/index.ts';
import type { GroundCalibration } from '../../ground/index.ts';
import { type Crossing, CrossingCounter } from '../flow/crossing.ts';
import { GateTally } from '../window/gate-tally.ts';
import { GroundMap, type GroundMapOptions } from './ground-map.ts';
import { type PlannedGate, type PlannedZone, planGates, planZones } from './plan.ts';
import { sightOf } from './sight.ts';
import { SpeedHistogram } from '../speed/speed-histogram.ts';
import { FittedVelocity, type SpeedOptions } from '../speed/fitted-velocity.ts';
import { gateSummary, gateWindow, zoneSummary, zoneWindow } from '../window/summaries.ts';
import { NOT_CALIBRATED, tooFewToDraw, unknownAreas, unplacedPoints, unseenParts } from './unknowns.ts';
import { type ClosedWindow, Windows } from '../window/windows.ts';
import { type Points, speedsOfFeet, ZoneReader } from './zone-reader.ts';
import { ZoneTally } from '../window/zone-tally.ts';

/** Fewer people than this in view are not drawn on a map: nobody is drawn alone. */
const DEFAULT_MINIMUM_COUNT = 3;

/** What is to be measured, and who is told. */
export interface MeterOptions {
  readonly zones: readonly Zone[];
  readonly gates: readonly Gate[];
  /** Name of this camera; null takes every zone and gate drawn on a picture for its own. */
  readonly camera: string | null;
  /** Null for counts alone. */
  readonly calibration: GroundCalibration | null;
  /** Parts of the picture that are blackened, fractions: what is there is not seen. */
  readonly masks?: readonly (readonly Point[])[];
  /** Frames with fewer people on the density map than this are left out of it. Default 3. */
  readonly minimumCount?: number;
  /** Frames measured per second; the first frames are taken to be so far apart until they show it themselves. */
  readonly frameRate: number;
  /** Length of a window, s. Default 60. */
  readonly windowS?: number;
  /** UTC of time 0; null when unknown. */
  readonly startUtc?: UtcMs | null;
  readonly speed?: SpeedOptions;
  readonly map?: GroundMapOptions;
  /** Told of each window of each zone when it is over. */
  readonly onZoneWindow?: (window: ZoneWindow) => void;
  /** Told of each window of each gate when it is over. */
  readonly onGateWindow?: (window: GateWindow) => void;
  /** Told of each crossing when it is sure of it. */
  readonly onCrossing?: (gate: string, crossing: Crossing) => void;
}

/** Everything about a recording that is not about one moment. */
export interface MeterSummary {
  /** Time that was measured, gaps left out, s. */
  readonly measuredS: number;
  readonly zones: Record<string, ZoneSummary>;
  readonly gates: Record<string, GateSummary>;
  /** Null without calibration. */
  readonly map: GroundGrid | null;
  /** Person-frames by speed; null without calibration. */
  readonly speeds: Histogram | null;
  /** What is not known, and why: limits of the set-up, not faults of the recording. */
  readonly unknowns: readonly HealthReason[];
}

/** Measures what one camera sees. */
export interface Meter {
  /**
   * Measures one frame: foot points of confirmed tracks and, with a calibration, their positions in the same order.
   *
   * @returns what the next call overwrites
   */
  measure(footPoints: FootPoints, positions: Positions | null): FrameMeasurement;
  /** Ends the measurement: tells of the last windows. Nothing may be measured after it. */
  finish(): void;
  /** The whole of it, so far. */
  summary(): MeterSummary;
}

/** Tallies of a stretch of time, in the order of the plan. */
interface Tallies {
  readonly zones: readonly ZoneTally[];
  readonly gates: readonly GateTally[];
}

interface Plan {
  readonly zones: readonly PlannedZone[];
  readonly gates: readonly PlannedGate[];
}

const openTallies = ({ zones, gates }: Plan): Tallies => ({
  zones: zones.map(() => new ZoneTally()),
  gates: gates.map(() => new GateTally()),
});

/** One camera's measurement, from the stages of {@link createMeter}. */
class CameraMeter implements Meter {
  readonly #options: MeterOptions;
  readonly #plan: Plan;
  readonly #whole: Tallies;
  readonly #windows: Windows<Tallies>;
  #window: Tallies;
  readonly #counters: readonly CrossingCounter[];
  readonly #reader = new ZoneReader();
  readonly #speed: FittedVelocity;
  readonly #speeds = new SpeedHistogram();
  readonly #map: GroundMap | null;
  readonly #frame: FrameMeasurement;
  #speedOfFoot = new Float64Array(64);
  #feet = 0;
  #unplaced = 0;

  constructor(options: MeterOptions) {
    const { zones, gates, camera, calibration, masks, frameRate, windowS = 60, startUtc = null } = options;
    const minimumCount = options.minimumCount ?? DEFAULT_MINIMUM_COUNT;
    const sight = sightOf(calibration, masks);
    this.#options = options;
    this.#plan = { zones: planZones(zones, camera, sight), gates: planGates(gates, camera, sight) };
    this.#whole = openTallies(this.#plan);
    const open = (): Tallies => openTallies(this.#plan);
    const close = (tallies: Tallies, window: ClosedWindow): void => this.#tell(tallies, window);
    this.#windows = new Windows({ windowS, frameRate, startUtc, open, close });
    this.#window = this.#whole;
    this.#counters = this.#plan.gates.map((gate, index) => this.#counterOf(gate, index));
    this.#speed = new FittedVelocity(options.speed);
    this.#map = calibration && GroundMap.of(calibration, { ...options.map, ...(masks && { masks }), minimumCount });
    this.#frame = emptyFrame(this.#plan);
  }

  measure(footPoints: FootPoints, positions: Positions | null): FrameMeasurement {
    this.#window = this.#windows.at(footPoints.timeMs);
    this.#feet += footPoints.count;
    const speedMps = positions && this.#measureSpeeds(footPoints, positions);
    this.#frame.frame = footPoints.frame;
    this.#frame.timeMs = footPoints.timeMs;
    for (const [index, zone] of this.#plan.zones.entries()) {
      if (zone.seenShare === 0) continue;
      if (zone.plane === 'image') this.#readZone(index, footPoints, speedMps && this.#speedOfFoot);
      else if (positions) this.#readZone(index, positions, speedMps);
    }
    this.#countCrossings(footPoints, positions);
    return this.#frame;
  }

  #measureSpeeds(footPoints: FootPoints, positions: Positions): Float64Array {
    this.#unplaced += footPoints.count - positions.count;
    if (this.#speedOfFoot.length < footPoints.count) this.#speedOfFoot = new Float64Array(2 * footPoints.count);
    const { speedMps } = this.#speed.update(positions);
    speedsOfFeet(footPoints, positions, speedMps, this.#speedOfFoot);
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] === PERSON_CLASS_INDEX) this.#speeds.add(speedMps[i]);
    }
    this.#map?.add(positions, speedMps);
    return speedMps;
  }

  #readZone(index: number, points: Points, speedMps: Float64Array | null): void {
    const zone = this.#plan.zones[index];
    const reading = this.#reader.read(zone, points, speedMps);
    this.#whole.zones[index].add(reading);
    this.#window.zones[index].add(reading);
    const sample = this.#frame.zones[index];
    sample.occupancy = reading.people;
    sample.densityPerM2 = zone.areaM2 && reading.people / zone.areaM2.value;
    sample.speedMps = reading.speedCount > 0 ? reading.speedSumMps / reading.speedCount : null;
  }

  #countCrossings(footPoints: FootPoints, positions: Positions | null): void {
    for (const [index, { plane, seenShare }] of this.#plan.gates.entries()) {
      if (seenShare === 0) continue;
      const sample = this.#frame.gates[index];
      sample.in = 0;
      sample.out = 0;
      const points = plane === 'image' ? footPoints : positions;
      if (points) this.#counters[index].update(points);
    }
  }

  #counterOf({ id, plane, a, b }: PlannedGate, index: number): CrossingCounter {
    return new CrossingCounter(
      { plane, a, b },
      {
        crossed: (crossing) => {
          this.#whole.gates[index].add(crossing.direction, crossing.classIndex);
          this.#window.gates[index].add(crossing.direction, crossing.classIndex);
          const sample = this.#frame.gates[index];
          sample[crossing.direction] = (sample[crossing.direction] ?? 0) + 1;
          sample.cumulative = (sample.cumulative ?? 0) + 1;
          this.#options.onCrossing?.(id, crossing);
        },
        unresolved: (direction) => {
          this.#whole.gates[index].addUnresolved(direction);
          this.#window.gates[index].addUnresolved(direction);
        },
      },
    );
  }

  #tell(tallies: Tallies, window: ClosedWindow): void {
    for (const [i, zone] of this.#plan.zones.entries()) {
      this.#options.onZoneWindow?.(zoneWindow(zone, tallies.zones[i], window));
    }
    for (const [i, gate] of this.#plan.gates.entries()) {
      this.#options.onGateWindow?.(gateWindow(gate, tallies.gates[i], window));
    }
  }

  finish(): void {
    for (const counter of this.#counters) counter.finish();
    this.#windows.finish();
  }

  summary(): MeterSummary {
    const { measuredS } = this.#windows;
    const { minimumCount = DEFAULT_MINIMUM_COUNT } = this.#options;
    const { zones, gates } = this.#plan;
    return {
      measuredS,
      zones: Object.fromEntries(zones.map((zone, i) => [zone.id, zoneSummary(zone, this.#whole.zones[i], measuredS)])),
      gates: Object.fromEntries(gates.map((gate, i) => [gate.id, gateSummary(gate, this.#whole.gates[i], measuredS)])),
      map: this.#map?.snapshot() ?? null,
      speeds: this.#options.calibration && this.#speeds.snapshot(),
      unknowns: this.#options.calibration
        ? [
            ...unseenParts(zones, gates),
            ...unknownAreas(zones),
            ...unplacedPoints(this.#unplaced, this.#feet),
            ...tooFewToDraw(this.#map?.leftOut ?? 0, minimumCount),
          ]
        : [NOT_CALIBRATED, ...unseenParts(zones, gates)],
    };
  }
}

const emptyFrame = ({ zones, gates }: Plan): FrameMeasurement => ({
  frame: frameNumber(0),
  timeMs: mediaTimeMs(0),
  zones: zones.map(({ id }) => ({
    zone: id,
    occupancy: null,
    densityPerM2: null,
    speedMps: null,
    densityVoronoiPerM2: null,
    speedVoronoiMps: null,
    densityVoronoiCutoffPerM2: null,
    speedVoronoiCutoffMps: null,
    pressurePerS2: null,
  })),
  gates: gates.map(({ id, seenShare }) => {
    const nothing = seenShare === 0 ? null : 0;
    return { gate: id, in: nothing, out: nothing, cumulative: nothing };
  }),
});

/**
 * A meter for one camera. It holds no more for a year than for a minute: windows are told as they close, and only
 * sums are kept.
 *
 * A crossing is booked in the frame and the window in which it became sure, a few frames after it happened;
 * `onCrossing` has its own time.
 *
 * @throws MEASURE_BAD_WINDOW
 */
export const createMeter = (options: MeterOptions): Meter => new CameraMeter(options);
