/**
 * Joins the quantities into what one camera measures: a frame at a time, a window at a time, a recording in all.
 */
import {
  type Analysis,
  type DetectionQuality,
  type FootPoints,
  type FrameMeasurement,
  frameNumber,
  type Gate,
  type GateWindow,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
  SITE_DEFAULTS,
  type UtcMs,
  type Zone,
  type ZoneWindow,
} from '../../contract/index.ts';
import type { GroundCalibration } from '../../ground/index.ts';
import type { CrowdMeter } from '../crowd/crowd-meter.ts';
import { type Crossing, CrossingCounter } from '../flow/crossing.ts';
import { OriginDestination } from '../flow/origin-destination.ts';
import type { Steps } from '../flow/steps.ts';
import { createCameraCrowd } from './camera-crowd.ts';
import { GroundMap } from './ground-map.ts';
import { planGates, planZones } from './plan.ts';
import type { PlannedGate, PlannedZone } from '../places/planned.ts';
import { sightOf } from './sight.ts';
import { SpeedHistogram } from '../speed/speed-histogram.ts';
import { FittedVelocity, type SpeedOptions } from '../speed/fitted-velocity.ts';
import { createMotion, type Motion } from '../speed/motion.ts';
import { detectionErrorOf } from '../uncertainty/detection-error.ts';
import { Ledger } from '../window/ledger.ts';
import type { MeterSummary } from '../window/meter-summary.ts';
import { NOT_CALIBRATED, tooFewToDraw, unknownAreas, unplacedPoints, unseenParts } from '../places/unknowns.ts';
import { type Points, type Speeds, speedsOfFeet, ZoneReader } from '../places/zone-reader.ts';

/** What is to be measured, and who is told. */
export interface MeterOptions {
  readonly zones: readonly Zone[];
  readonly gates: readonly Gate[];
  /** Name of this camera; null takes every zone and gate drawn on a picture for its own. */
  readonly camera: string | null;
  /** Null for counts alone. */
  readonly calibration: GroundCalibration | null;
  /** How well people are found; null (and by default) leaves the detector's errors out of every standard error. */
  readonly detection?: DetectionQuality | null;
  /** Parts of the picture that are blackened, fractions: what is there is not seen. */
  readonly masks?: readonly (readonly Point[])[];
  /** Where people can walk, m; null when nobody says: then it is all of the ground that is seen. */
  readonly walkable?: readonly (readonly Point[])[] | null;
  /** Parameters of the methods. */
  readonly analysis?: Analysis;
  /**
   * Frames with fewer people on the density map than this are left out of it, and pairs of gates that fewer people
   * took of the counts. Default 3.
   */
  readonly minimumCount?: number;
  /** Frames measured per second; the first frames are taken to be so far apart until they show it themselves. */
  readonly frameRate: number;
  /** Length of a window, s. Default 60. */
  readonly windowS?: number;
  /** UTC of time 0; null when unknown. */
  readonly startUtc?: UtcMs | null;
  readonly speed?: SpeedOptions;
  /** Told of each window of each zone when it is over. */
  readonly onZoneWindow?: (window: ZoneWindow) => void;
  /** Told of each window of each gate when it is over. */
  readonly onGateWindow?: (window: GateWindow) => void;
  /** Told of each crossing when it is sure of it. */
  readonly onCrossing?: (gate: string, crossing: Crossing) => void;
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

interface Plan {
  readonly zones: readonly PlannedZone[];
  readonly gates: readonly PlannedGate[];
}

/** Somebody who crossed a gate in the frame at hand: known for as long as that. */
interface GateCrossing {
  readonly id: number;
  readonly gate: number;
  readonly timeMs: number;
}

/** One camera's measurement, from the stages of {@link createMeter}. */
class CameraMeter implements Meter {
  readonly #options: MeterOptions;
  readonly #minimumCount: number;
  readonly #plan: Plan;
  readonly #ledger: Ledger;
  /** Null without a calibration that shows any ground. */
  readonly #crowd: CrowdMeter | null;
  readonly #counters: readonly CrossingCounter[];
  readonly #originDestination: OriginDestination;
  readonly #readers: readonly ZoneReader[];
  /** Who crossed which gate in this frame, in the order in which they did. */
  readonly #crossings: GateCrossing[] = [];
  readonly #velocity: FittedVelocity;
  readonly #speeds = new SpeedHistogram();
  readonly #map: GroundMap | null;
  readonly #frame: FrameMeasurement;
  /** Speeds in the order of the foot points. */
  #speedsOfFeet: Speeds = createMotion(64);
  #feet = 0;
  #unplaced = 0;

  constructor(options: MeterOptions) {
    const { zones, gates, camera, calibration, masks, walkable = null } = options;
    const { analysis = SITE_DEFAULTS.analysis, minimumCount = SITE_DEFAULTS.privacy.minimumCount } = options;
    const sight = sightOf(calibration, masks);
    const detection = detectionErrorOf(options.detection ?? null);
    const plan = { zones: planZones(zones, camera, sight), gates: planGates(gates, camera, sight) };
    this.#options = options;
    this.#minimumCount = minimumCount;
    this.#plan = plan;
    this.#crowd =
      calibration &&
      createCameraCrowd({ ...options, calibration, walkable, zones: plan.zones, analysis, detection, minimumCount });
    const { levelOfService } = analysis;
    this.#ledger = new Ledger({ ...options, ...plan, crowd: this.#crowd, detection, levelOfService });
    this.#readers = plan.zones.map((zone) => new ZoneReader(zone));
    this.#counters = plan.gates.map((gate, index) => this.#counterOf(gate, index));
    this.#originDestination = new OriginDestination(plan.gates.map(({ id }) => id));
    this.#velocity = new FittedVelocity(options.speed);
    const { gridM: cellM, kernelM } = analysis;
    this.#map = calibration && GroundMap.of(calibration, { cellM, kernelM, ...(masks && { masks }), minimumCount });
    this.#frame = emptyFrame(this.#plan);
  }

  measure(footPoints: FootPoints, positions: Positions | null): FrameMeasurement {
    const seconds = this.#ledger.at(footPoints.timeMs);
    this.#feet += footPoints.count;
    const motion = positions && this.#measureMotion(footPoints, positions);
    this.#frame.frame = footPoints.frame;
    this.#frame.timeMs = footPoints.timeMs;
    for (const [index, zone] of this.#plan.zones.entries()) {
      if (zone.seenShare === 0) continue;
      if (zone.plane === 'image') this.#readZone(index, footPoints, motion && this.#speedsOfFeet);
      else if (positions) this.#readZone(index, positions, motion);
    }
    this.#countCrossings(footPoints, positions);
    if (positions && motion && this.#crowd) {
      const insideOf = (zone: number): Uint8Array => this.#insideOf(zone, footPoints, positions);
      this.#countWays(this.#crowd.measure(positions, motion, seconds, insideOf, this.#frame.zones));
    }
    this.#crossings.length = 0;
    return this.#frame;
  }

  #measureMotion(footPoints: FootPoints, positions: Positions): Motion {
    this.#unplaced += footPoints.count - positions.count;
    if (this.#speedsOfFeet.speedMps.length < footPoints.count) this.#speedsOfFeet = createMotion(2 * footPoints.count);
    const motion = this.#velocity.update(positions);
    const { speedMps } = motion;
    speedsOfFeet(footPoints, positions, motion, this.#speedsOfFeet);
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] === PERSON_CLASS_INDEX) this.#speeds.add(speedMps[i]);
    }
    this.#map?.add(positions, speedMps);
    return motion;
  }

  #insideOf(zone: number, footPoints: FootPoints, positions: Positions): Uint8Array {
    const reader = this.#readers[zone];
    return this.#plan.zones[zone].plane === 'ground' ? reader.inside : reader.insideOnGround(footPoints, positions);
  }

  #readZone(index: number, points: Points, speeds: Speeds | null): void {
    const zone = this.#plan.zones[index];
    const reading = this.#readers[index].read(points, speeds);
    this.#ledger.addReading(index, reading);
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

  /** Books ways from gate to gate: of the crossings that the gates themselves are sure of. */
  #countWays(steps: Steps): void {
    this.#originDestination.follow(steps);
    const { id, count } = steps.positions;
    for (const crossing of this.#crossings.toSorted((one, other) => one.timeMs - other.timeMs)) {
      const place = id.indexOf(crossing.id);
      const slot = place >= 0 && place < count ? steps.slot[place] : -1;
      if (slot >= 0) this.#originDestination.cross(slot, crossing.gate);
    }
  }

  #counterOf({ id, plane, a, b }: PlannedGate, index: number): CrossingCounter {
    return new CrossingCounter(
      { plane, a, b },
      {
        crossed: (crossing, trackId) => {
          const { direction, classIndex, timeMs } = crossing;
          this.#crossings.push({ id: trackId, gate: index, timeMs });
          this.#ledger.addCrossing(index, direction, classIndex, timeMs);
          const sample = this.#frame.gates[index];
          sample[direction] = (sample[direction] ?? 0) + 1;
          sample.cumulative = (sample.cumulative ?? 0) + 1;
          this.#options.onCrossing?.(id, crossing);
        },
        unresolved: (direction, classIndex) => this.#ledger.addUnresolved(index, direction, classIndex),
      },
    );
  }

  finish(): void {
    for (const counter of this.#counters) counter.finish();
    this.#ledger.finish();
  }

  summary(): MeterSummary {
    const { zones, gates } = this.#plan;
    return {
      measuredS: this.#ledger.measuredS,
      zones: this.#ledger.zones(),
      gates: this.#ledger.gates(),
      originDestination: this.#originDestination.counts().filter(({ people }) => people >= this.#minimumCount),
      map: this.#map?.snapshot() ?? null,
      speeds: this.#options.calibration && this.#speeds.snapshot(),
      doubts: [],
      unknowns: this.#options.calibration
        ? [
            ...unseenParts(zones, gates),
            ...unknownAreas(zones),
            ...unplacedPoints(this.#unplaced, this.#feet),
            ...tooFewToDraw(this.#map?.leftOut ?? 0, this.#minimumCount),
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
