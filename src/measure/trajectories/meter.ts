/**
 * Joins the quantities into what a trajectory file shows: a frame at a time, a window at a time, the whole in all.
 */
import {
  type Analysis,
  type FlowWindow,
  type FrameMeasurement,
  type GateSample,
  type GateWindow,
  type HealthReason,
  type Passage,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
  type UtcMs,
  type ZoneSample,
  type ZoneWindow,
} from '../../contract/index.ts';
import { createWalkableArea, createZonePieces, sharedAreaM2 } from '../../ground/index.ts';
import type { MeterSummary } from '../window/meter-summary.ts';
import type { PlannedZone } from '../places/planned.ts';
import { tooFewToDraw } from '../places/unknowns.ts';
import { ZoneReader } from '../places/zone-reader.ts';
import { CrowdMeter } from '../crowd/crowd-meter.ts';
import { crowdZoneOf } from '../crowd/crowd-zone.ts';
import type { LineCrossings } from '../flow/line-crossing.ts';
import { OriginDestination } from '../flow/origin-destination.ts';
import type { Steps } from '../flow/steps.ts';
import { createMeanProfile, type MeanProfile } from '../profiles/mean-profile.ts';
import { CentralVelocity } from '../speed/central-velocity.ts';
import type { Motion } from '../speed/motion.ts';
import { SpeedHistogram } from '../speed/speed-histogram.ts';
import { NO_DETECTION_ERROR } from '../uncertainty/detection-error.ts';
import { Ledger } from '../window/ledger.ts';
import { GateMeter } from './gate-meter.ts';
import { type GroundGate, type GroundZone, planGroundGates, planGroundZones, planStretches } from './plan.ts';

/** What is to be measured, and who is told. */
export interface TrajectoryMeterOptions {
  readonly zones: readonly GroundZone[];
  readonly gates: readonly GroundGate[];
  /** Outer ring, then holes, m; null when nobody knows: then cells end at `bounds`, and the view has no area. */
  readonly walkable: readonly (readonly Point[])[] | null;
  /** Box round all positions, m. */
  readonly bounds: {
    readonly minXM: number;
    readonly minYM: number;
    readonly maxXM: number;
    readonly maxYM: number;
  };
  readonly analysis: Analysis;
  /** Frame numbers in a second, and from one recorded frame's number to the next. */
  readonly frameRate: number;
  readonly frameStep: number;
  /** Frames with fewer people than this are left out of the profiles, and pairs of gates with fewer of the counts. */
  readonly minimumCount: number;
  /** Length of a window, s. Default 60. */
  readonly windowS?: number;
  /** UTC of time 0; null when unknown. */
  readonly startUtc?: UtcMs | null;
  readonly onZoneWindow?: (window: ZoneWindow) => void;
  readonly onGateWindow?: (window: GateWindow) => void;
  readonly onPassage?: (passage: Passage) => void;
  readonly onFlowWindow?: (window: FlowWindow) => void;
}

/** Measures a trajectory file. */
export interface TrajectoryMeter {
  /** Measures frame by frame, in order; each comes as soon as its speeds are known, `speedFrames` later. */
  measure(frames: Iterable<Positions>): Iterable<FrameMeasurement>;
  /** Ends the measurement: tells of the last windows. Nothing may be measured after it. */
  finish(): void;
  /** The whole of it, so far. */
  summary(): MeterSummary;
}

/** Without a walkable area: as far beyond the outermost people, m. */
const MARGIN_M = 1;

/** Profiles are a mean of one frame in so long, ms: people hardly move in less. */
const PROFILE_EVERY_MS = 1000;

const boxOf = ({ bounds, zones }: TrajectoryMeterOptions): Point[][] => {
  const corners = zones.flatMap(({ polygon }) => polygon);
  const xs = [bounds.minXM - MARGIN_M, bounds.maxXM + MARGIN_M, ...corners.map(([x]) => x)];
  const ys = [bounds.minYM - MARGIN_M, bounds.maxYM + MARGIN_M, ...corners.map(([, y]) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return [
    [
      [left, bottom],
      [right, bottom],
      [right, top],
      [left, top],
    ],
  ];
};

const WALKABLE_UNKNOWN: HealthReason = {
  code: 'WALKABLE_UNKNOWN',
  message:
    'Nobody said where people can walk: Voronoi cells go through walls and end a metre beyond the outermost people. Put walkable: in the site file.',
};

/** Fewer positions than this share outside the walkable area are a shoulder over a wall. */
const FEW = 0.01;

const strayed = (outside: number, all: number): HealthReason => ({
  code: 'OUTSIDE_WALKABLE',
  message: `${outside} of ${all} positions are outside the walkable area: they are counted, and have no Voronoi cell.`,
});

const misplaced = (zone: GroundZone): HealthReason => ({
  code: 'ZONE_OUTSIDE',
  message: `The zone ${zone.id} lies outside the walkable area: nobody can be in it. Check its coordinates, in metres.`,
});

const SPEEDS_UNKNOWN: HealthReason = {
  code: 'SPEEDS_UNKNOWN',
  message: 'Nobody has a speed: no trajectory is as long as analysis.speedFrames asks for.',
};

class FileMeter implements TrajectoryMeter {
  readonly #options: TrajectoryMeterOptions;
  readonly #zones: readonly PlannedZone[];
  readonly #crowd: CrowdMeter;
  readonly #ledger: Ledger;
  readonly #velocity: CentralVelocity;
  readonly #readers: readonly ZoneReader[];
  readonly #gates: readonly GateMeter[];
  readonly #originDestination: OriginDestination;
  readonly #speeds = new SpeedHistogram();
  readonly #profile: MeanProfile;
  readonly #ready: FrameMeasurement[] = [];
  readonly #misplaced: readonly GroundZone[];
  #profiledMs = Number.NEGATIVE_INFINITY;
  #positions = 0;
  #outside = 0;
  #speedsKnown = 0;

  constructor(options: TrajectoryMeterOptions) {
    const { zones, gates, analysis, frameRate, frameStep, minimumCount } = options;
    const rings = options.walkable ?? boxOf(options);
    const walkable = createWalkableArea(rings);
    this.#options = options;
    this.#misplaced = zones.filter(({ polygon }) => sharedAreaM2(walkable, createZonePieces(polygon)) === 0);
    const [outline = []] = rings;
    this.#zones = planGroundZones(zones, outline, options.walkable ? walkable.areaM2 : null);
    this.#readers = this.#zones.map((zone) => new ZoneReader(zone));
    this.#crowd = new CrowdMeter({
      minimumCount,
      // Ids last as long as the file does: who comes back is the same, and has crossed before.
      ground: { walkable, analysis, frameRate: frameRate / frameStep, idsLast: true },
      zones: this.#zones.map(crowdZoneOf),
      detection: NO_DETECTION_ERROR,
    });
    const plannedGates = planGroundGates(gates);
    this.#ledger = new Ledger({
      ...options,
      zones: this.#zones,
      gates: plannedGates,
      crowd: this.#crowd,
      detection: NO_DETECTION_ERROR,
      levelOfService: analysis.levelOfService,
      crossingSigmas: Number.POSITIVE_INFINITY,
      frameRate: frameRate / frameStep,
    });
    this.#gates = planStretches(gates, zones, analysis).map((gate) => this.#meterOf(gate));
    this.#originDestination = new OriginDestination(plannedGates.map(({ id }) => id));
    this.#profile = createMeanProfile({ walkable, cellM: analysis.gridM, minimumCount });
    this.#velocity = new CentralVelocity(analysis.speedFrames * frameStep, (positions, motion) =>
      this.#ready.push(this.#measure(positions, motion)),
    );
  }

  #meterOf(gate: ReturnType<typeof planStretches>[number]): GateMeter {
    const { analysis, frameRate, frameStep, onPassage = () => {}, onFlowWindow = () => {} } = this.#options;
    return new GateMeter({ ...gate, flowFrames: analysis.flowFrames * frameStep, frameRate, onPassage, onFlowWindow });
  }

  *measure(frames: Iterable<Positions>): Generator<FrameMeasurement> {
    for (const positions of frames) {
      this.#velocity.push(positions);
      yield* this.#ready.splice(0);
    }
    this.#velocity.flush();
    yield* this.#ready.splice(0);
  }

  #measure(positions: Positions, motion: Motion): FrameMeasurement {
    const seconds = this.#ledger.at(positions.timeMs);
    const zones = this.#zones.map((_, i) => this.#readZone(i, positions, motion));
    const steps = this.#crowd.measure(positions, motion, seconds, (zone) => this.#readers[zone].inside, zones);
    const gates = this.#measureGates(steps, motion);
    this.#addUp(positions, motion);
    return { frame: positions.frame, timeMs: positions.timeMs, zones, gates };
  }

  #readZone(index: number, positions: Positions, motion: Motion): ZoneSample {
    const zone = this.#zones[index];
    const reading = this.#readers[index].read(positions, motion);
    this.#ledger.addReading(index, reading);
    return {
      zone: zone.id,
      occupancy: reading.people,
      densityPerM2: zone.areaM2 && reading.people / zone.areaM2.value,
      speedMps: reading.speedCount > 0 ? reading.speedSumMps / reading.speedCount : null,
      densityVoronoiPerM2: null,
      speedVoronoiMps: null,
      densityVoronoiCutoffPerM2: null,
      speedVoronoiCutoffMps: null,
      pressurePerS2: null,
    };
  }

  #measureGates(steps: Steps, motion: Motion): GateSample[] {
    const crossings: LineCrossings[] = [];
    const samples = this.#gates.map((meter, i): GateSample => {
      const found = meter.measure(steps, motion, this.#ledger, i);
      crossings.push(found.crossings);
      const { in: into, out, cumulative } = found.increment;
      return { gate: meter.gate, in: into, out, cumulative };
    });
    this.#originDestination.update(steps, crossings);
    return samples;
  }

  /** Adds a frame to what is told of the whole. */
  #addUp(positions: Positions, { speedMps }: Motion): void {
    const { cells, cutCells } = this.#crowd.fields;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      this.#speeds.add(speedMps[i]);
      this.#positions++;
      if (!Number.isNaN(speedMps[i])) this.#speedsKnown++;
      if (Number.isNaN(cells.areaM2[i])) this.#outside++;
    }
    if (positions.timeMs - this.#profiledMs < PROFILE_EVERY_MS) return;
    this.#profiledMs = positions.timeMs;
    this.#profile.add(cutCells ?? cells, speedMps);
  }

  finish(): void {
    this.#ledger.finish();
  }

  summary(): MeterSummary {
    const { minimumCount, walkable } = this.#options;
    return {
      measuredS: this.#ledger.measuredS,
      zones: this.#ledger.zones(),
      gates: this.#ledger.gates(),
      originDestination: this.#originDestination.counts().filter(({ people }) => people >= minimumCount),
      map: this.#profile.snapshot(),
      speeds: this.#speeds.snapshot(),
      doubts: [
        ...this.#misplaced.map(misplaced),
        ...(this.#outside > FEW * this.#positions ? [strayed(this.#outside, this.#positions)] : []),
        ...(this.#positions > 0 && this.#speedsKnown === 0 ? [SPEEDS_UNKNOWN] : []),
      ],
      unknowns: [
        ...(walkable === null ? [WALKABLE_UNKNOWN] : []),
        ...tooFewToDraw(this.#profile.leftOut, minimumCount),
      ],
    };
  }
}

/**
 * A meter for one trajectory file. Each frame comes from {@link TrajectoryMeter.measure} as an object of its own.
 *
 * @throws MEASURE_BAD_WINDOW, MEASURE_BAD_WIDTH, MEASURE_BAD_AREA, GROUND_AREA_INVALID, GROUND_AREA_EMPTY
 */
export const createTrajectoryMeter = (options: TrajectoryMeterOptions): TrajectoryMeter => new FileMeter(options);
