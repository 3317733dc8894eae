/**
 * The figures that other systems read, once: what they are called where, in which unit, how exactly. MQTT, Home Assistant,
 * NGSI-LD, Prometheus and Grafana are all made from these tables.
 */
import type { GateMoment, MomentZoneFigure } from '../contract/index.ts';

/** A figure, as other systems know it. */
export interface Figure {
  /** For people: what it is. */
  readonly title: string;
  /** For people: the unit. Null for a plain number. */
  readonly unit: string | null;
  /** Digits behind the point that say something. */
  readonly digits: number;
  /** In Prometheus, behind `starling_zone_`, `starling_gate_` or `starling_camera_`. */
  readonly metric: string;
  /** One sentence. */
  readonly help: string;
  /** A class of sensor that Home Assistant knows, where one fits. */
  readonly deviceClass?: 'speed' | 'duration';
  readonly icon: string;
  /** A property of NGSI-LD. */
  readonly ngsi: NgsiFigure;
}

/** A figure as a property of NGSI-LD. */
export interface NgsiFigure {
  readonly property: string;
  /** Times this it is in the property's unit. */
  readonly factor?: number;
  /** A count that the schema wants whole. */
  readonly whole?: true;
  /** UN/CEFACT Recommendation 20; left out where that has none. */
  readonly unitCode?: string;
}

/** Figures of a zone, and of the whole view of a camera. */
export const ZONE_FIGURES: Readonly<Record<MomentZoneFigure, Figure>> = {
  occupancy: {
    title: 'People',
    unit: 'people',
    digits: 1,
    metric: 'occupancy_people',
    help: 'People there.',
    icon: 'mdi:account-group',
    ngsi: { property: 'peopleCount', whole: true, unitCode: 'C62' },
  },
  densityPerM2: {
    title: 'Density',
    unit: 'people/m²',
    digits: 3,
    metric: 'density_people_per_m2',
    help: 'People per square metre.',
    icon: 'mdi:account-multiple',
    ngsi: { property: 'densityPerM2' },
  },
  speedMps: {
    title: 'Speed',
    unit: 'm/s',
    digits: 2,
    metric: 'speed_metres_per_second',
    help: 'Mean speed of the people whose speed is known.',
    deviceClass: 'speed',
    icon: 'mdi:walk',
    ngsi: { property: 'averageCrowdSpeed', factor: 3.6, unitCode: 'KMH' },
  },
  pressurePerS2: {
    title: 'Crowd pressure',
    unit: '1/s²',
    digits: 4,
    metric: 'pressure_per_second_squared',
    help: 'Crowd pressure where it is greatest: density times the variance of velocity.',
    icon: 'mdi:arrow-collapse-all',
    ngsi: { property: 'crowdPressurePerS2' },
  },
  counterflowIndex: {
    title: 'Counterflow',
    unit: null,
    digits: 2,
    metric: 'counterflow_ratio',
    help: '0 when all go one way, 1 when as many go each way.',
    icon: 'mdi:swap-horizontal',
    ngsi: { property: 'counterflowIndex', unitCode: 'C62' },
  },
  standing: {
    title: 'Standing',
    unit: 'people',
    digits: 1,
    metric: 'standing_people',
    help: 'People who stand or creep.',
    icon: 'mdi:human-handsdown',
    ngsi: { property: 'standingPeople', unitCode: 'C62' },
  },
  stoppedS: {
    title: 'Stopped for',
    unit: 's',
    digits: 0,
    metric: 'stopped_seconds',
    help: 'For how long, without a break, at least half of the people have stood.',
    deviceClass: 'duration',
    icon: 'mdi:timer-sand',
    ngsi: { property: 'stoppedTime', unitCode: 'SEC' },
  },
};

/** A figure of a gate. */
export type GateFigure = Exclude<keyof GateMoment, 'gate' | 'widthM'>;

/** Figures of a gate. Over the last minute a rate per minute is a count: what NGSI-LD calls people towards and away. */
export const GATE_FIGURES: Readonly<Record<GateFigure, Figure>> = {
  inPerMin: {
    title: 'In',
    unit: 'people/min',
    digits: 1,
    metric: 'in_people_per_minute',
    help: 'People a minute who went in, over the last minute.',
    icon: 'mdi:location-enter',
    ngsi: { property: 'peopleCountTowards', whole: true, unitCode: 'C62' },
  },
  outPerMin: {
    title: 'Out',
    unit: 'people/min',
    digits: 1,
    metric: 'out_people_per_minute',
    help: 'People a minute who went out, over the last minute.',
    icon: 'mdi:location-exit',
    ngsi: { property: 'peopleCountAway', whole: true, unitCode: 'C62' },
  },
};

/** A table as pairs, each with the name that the table has for it. */
export const pairsOf = <Name extends string>(
  figures: Readonly<Record<Name, Figure>>,
): readonly (readonly [name: Name, figure: Figure])[] => {
  const isName = (name: string): name is Name => Object.hasOwn(figures, name);
  return Object.keys(figures)
    .filter(isName)
    .map((name) => [name, figures[name]]);
};

/** Rounded to so many digits behind the point; never `-0`. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;
