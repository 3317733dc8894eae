/** A crowd that is simulated step by step. */
import {
  createPlanarPoints,
  frameNumber,
  type Gate,
  mediaTimeMs,
  PERSON_CLASS_INDEX,
  type Point,
  type Positions,
  type Zone,
} from '../contract/index.ts';
import { type CountedGate, type GateTruth, groundGates, groundZones, peopleIn, type ZoneTruth } from './counted.ts';
import { badScenario, type SimulationPlan } from './plan.ts';
import { Random } from './random.ts';
import { SCRIPTS } from './scripts/table.ts';
import { createSetting } from './setting.ts';
import { World } from './world.ts';

/** What is to be simulated, and where. */
export interface SimulationOptions {
  readonly plan: SimulationPlan;
  /** Outer ring, then holes, m; null for the scenario's own place. */
  readonly walkable: readonly (readonly Point[])[] | null;
  /** Of these, the ones on the ground are counted in. */
  readonly zones: readonly Zone[];
  readonly gates: readonly Gate[];
  /** Instants a second. Default 10. */
  readonly framesPerS?: number;
}

/** What is true after the last step, by construction. */
export interface SimulationTruth {
  /** ms since the start. */
  readonly timeMs: number;
  /** People who came in, went out, and are in the place: entered = left + inside. */
  readonly entered: number;
  readonly left: number;
  readonly inside: number;
  /** People who have arrived and wait outside for room: arrived = entered + waiting. */
  readonly waiting: number;
  readonly gates: readonly GateTruth[];
  readonly zones: readonly ZoneTruth[];
}

/** A simulated crowd. */
export interface Simulation {
  /** Instants a second. */
  readonly framesPerS: number;
  /** Where people walk: outer ring, then holes, m. */
  readonly walkable: readonly (readonly Point[])[];
  /** The next instant. What comes back is overwritten by the next call. */
  step(): Positions;
  /** What is true of everything up to and including the last step. */
  truth(): SimulationTruth;
}

/** A step of the model is no longer than this, s. */
const LONGEST_STEP_S = 0.05;
const DEFAULT_FRAMES_PER_S = 10;
/** As a camera may be asked for. */
const LEAST_FRAMES_PER_S = 0.01;
const MOST_FRAMES_PER_S = 1000;

class Crowd implements Simulation {
  readonly framesPerS: number;
  readonly walkable: readonly (readonly Point[])[];
  readonly #world: World;
  readonly #gates: readonly CountedGate[];
  readonly #zones: ReturnType<typeof groundZones>;
  /** Steps of the model from one instant to the next. */
  readonly #steps: number;
  #instants = 0;
  #positions = createPlanarPoints('ground', 64);

  constructor({ plan, walkable, zones, gates, framesPerS = DEFAULT_FRAMES_PER_S }: SimulationOptions) {
    if (!(framesPerS >= LEAST_FRAMES_PER_S && framesPerS <= MOST_FRAMES_PER_S))
      throw badScenario(plan.source, `${framesPerS} instants a second cannot be shown`);
    const setting = createSetting(plan, walkable, zones);
    this.framesPerS = framesPerS;
    this.walkable = setting.place.rings;
    this.#steps = Math.ceil(1 / (framesPerS * LONGEST_STEP_S));
    this.#gates = groundGates(gates);
    this.#zones = groundZones(zones);
    this.#world = new World(setting.place, new Random(plan.numbers['seed']), SCRIPTS[plan.scenario].script(setting));
  }

  step(): Positions {
    const stepS = 1 / (this.framesPerS * this.#steps);
    // The first instant is the start itself.
    if (this.#instants > 0) {
      const from = (this.#instants - 1) * this.#steps;
      for (let i = 0; i < this.#steps; i++) this.#world.step((from + i) * stepS, stepS);
    }
    this.#instants++;
    return this.#show();
  }

  #show(): Positions {
    const { people, place } = this.#world;
    if (people.count > this.#positions.id.length) this.#positions = createPlanarPoints('ground', 2 * people.count);
    const positions = this.#positions;
    positions.frame = frameNumber(this.#instants);
    positions.timeMs = mediaTimeMs((1000 * (this.#instants - 1)) / this.framesPerS);
    positions.count = people.count;
    for (let i = 0; i < people.count; i++) {
      const x = people.x[i] + place.originX;
      const y = people.y[i] + place.originY;
      for (const gate of this.#gates) gate.add(people.shownX[i], people.shownY[i], x, y);
      people.shownX[i] = x;
      people.shownY[i] = y;
      positions.x[i] = x;
      positions.y[i] = y;
      positions.id[i] = people.id[i];
      positions.classIndex[i] = PERSON_CLASS_INDEX;
    }
    return positions;
  }

  truth(): SimulationTruth {
    const { x, y, count, timeMs } = this.#positions;
    const { entered, left, waiting } = this.#world;
    return {
      timeMs,
      entered,
      left,
      inside: count,
      waiting,
      gates: this.#gates.map((gate) => gate.truth()),
      zones: this.#zones.map((zone) => peopleIn(zone, x, y, count)),
    };
  }
}

/**
 * Prepares a simulated crowd.
 *
 * The same plan, place and rate give the same crowd to the last digit on every machine; another rate gives another
 * crowd, because steps of the model end where instants are.
 *
 * @throws SIMULATE_BAD_SCENARIO where the plan does not fit the place, or the rate is not between 0.01 and 1000 a second
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY for a walkable area that is none
 * @example
 * const plan = parseSimulation('sim://plaza?people=300&seed=1');
 * const crowd = createSimulation({ plan, walkable: site.walkable ?? null, zones: site.zones, gates: site.gates });
 * const positions = crowd.step();
 * crowd.truth().entered;
 */
export const createSimulation = (options: SimulationOptions): Simulation => new Crowd(options);
