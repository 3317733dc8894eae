/**
 * What rules can ask about: each function with its units and limits. Checking, completion and explanation read this
 * table; docs/alerts-grammar.md shows it to people.
 */
import type { MomentZoneFigure } from '../../contract/index.ts';

/** A unit that a threshold may have. */
export interface Unit {
  /** As it is written; empty for a plain number. */
  readonly name: string;
  /** As it is told. */
  readonly spoken: string;
  /** An amount of it is amount · times / over of the figure's own unit. A quotient, so that 57% is 0.57 to the digit. */
  readonly times: number;
  readonly over: number;
}

/** What can be compared with a number. */
export interface Quantity {
  readonly what: string;
  /** The first is the figure's own. */
  readonly units: readonly [Unit, ...Unit[]];
  /** A plain number would be ambiguous. */
  readonly needsUnit: boolean;
  /** It is never greater, in its own unit: what is compared with more is a slip of the hand. */
  readonly most: number;
  /**
   * Which way it is worse. Of a place of which a part is not seen, the worst spot is at least as bad as the part that is:
   * a high figure is a lower bound, and a low one an upper bound.
   */
  readonly worse: 'high' | 'low';
}

/** A quantity of a zone, or of a camera's whole view. */
export interface ZoneQuantity extends Quantity {
  readonly figure: MomentZoneFigure;
  readonly needsMetres: boolean;
  /** Of too few people there is none: where the place is seen and has a density, it then does not hold. */
  readonly needsPeople: boolean;
}

const unit = (name: string, spoken: string, times = 1, over = 1): Unit => ({ name, spoken, times, over });

/** In the densest crowds that were ever measured there were fewer, people/m². */
const MOST_PER_M2 = 20;
/** Nobody runs so fast, m/s. */
const MOST_MPS = 15;

const usual = {
  needsUnit: false,
  needsMetres: true,
  needsPeople: false,
  most: Number.POSITIVE_INFINITY,
  worse: 'high',
} as const;
const ofPeople = { ...usual, needsPeople: true } as const;

/** Units of lengths of time, in s. */
export const DURATION_UNITS = [unit('s', 's'), unit('min', 'min', 60), unit('h', 'h', 3600)] as const;

/** Functions of a zone, or of a camera's whole view. */
export const ZONE_FUNCTIONS = {
  density: {
    ...usual,
    what: 'People per m²',
    figure: 'densityPerM2',
    units: [unit('/m2', 'per m²')],
    most: MOST_PER_M2,
  },
  occupancy: { ...usual, what: 'People', figure: 'occupancy', units: [unit('', 'people')], needsMetres: false },
  pressure: { ...ofPeople, what: 'Crowd pressure, 1/s²', figure: 'pressurePerS2', units: [unit('/s2', 'per s²')] },
  speed: {
    ...ofPeople,
    what: 'Mean speed, m/s',
    figure: 'speedMps',
    units: [unit('m/s', 'm/s')],
    most: MOST_MPS,
    worse: 'low',
  },
  counterflow: {
    ...ofPeople,
    what: '0 when all go one way, 1 when as many go each way',
    figure: 'counterflowIndex',
    units: [unit('', ''), unit('%', '%', 1, 100)],
    most: 1,
  },
  stopped: {
    ...usual,
    what: 'For how long at least half of the people have stood',
    figure: 'stoppedS',
    units: DURATION_UNITS,
    needsUnit: true,
  },
  standing: { ...usual, what: 'People who stand or creep', figure: 'standing', units: [unit('', 'people')] },
} as const satisfies Readonly<Record<string, ZoneQuantity>>;

/** A function of a zone. */
export type ZoneFunction = keyof typeof ZONE_FUNCTIONS;

/** People through a gate over the last minute. */
export const FLOW: Quantity = {
  ...usual,
  what: 'People through a gate, over the last minute',
  units: [unit('/min', 'per min'), unit('/s', 'per s', 60), unit('/h', 'per h', 1, 60)],
  needsUnit: true,
};

/** What can be foreseen. */
export const FORESEEABLE = ['density', 'occupancy'] as const;
/** One of {@link FORESEEABLE}. */
export type Foreseeable = (typeof FORESEEABLE)[number];

/** Forecasts look so far ahead, s. */
export const LEAST_AHEAD_S = 60;
/** And no farther, s. */
export const MOST_AHEAD_S = 900;

/** Ways through a gate. */
export const DIRECTIONS = ['in', 'out', 'both'] as const;
/** One of {@link DIRECTIONS}. */
export type Direction = (typeof DIRECTIONS)[number];

/** How each function is written, with an example of its own. */
export const SIGNATURES = {
  density: 'density(ZONE) > 3.5',
  occupancy: 'occupancy(ZONE) >= 450',
  pressure: 'pressure(ZONE) > 0.02',
  speed: 'speed(ZONE) < 0.3',
  counterflow: 'counterflow(ZONE) > 0.4',
  stopped: 'stopped(ZONE) > 60s',
  standing: 'standing(ZONE) > 20',
  flow: 'flow(GATE, in) > 80/min',
  los: 'los(ZONE) >= E',
  forecast: 'forecast(density(ZONE), 10min) > 4',
  health: 'health(CAMERA) == unknown',
} as const satisfies Readonly<Record<ZoneFunction | 'flow' | 'los' | 'forecast' | 'health', string>>;

/** Name of a function. */
export type FunctionName = keyof typeof SIGNATURES;

/** Whether there is a function of this name. */
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(SIGNATURES, name);

/** Whether this is a function of a zone. */
export const isZoneFunction = (name: string): name is ZoneFunction => Object.hasOwn(ZONE_FUNCTIONS, name);

/** Names of all functions. */
export const FUNCTION_NAMES: readonly FunctionName[] = Object.keys(SIGNATURES).filter(isFunction);

/** In words: what a function gives. */
export const whatOf = (name: FunctionName): string => {
  if (isZoneFunction(name)) return ZONE_FUNCTIONS[name].what;
  if (name === 'flow') return FLOW.what;
  if (name === 'los') return 'Level of service, A (free) to F (breakdown), of the density';
  return name === 'forecast' ? 'What density or occupancy will be' : 'How a camera is';
};
