/**
 * Forecast of a zone's occupancy and density for the next quarter of an hour, from its own minutes: how many were
 * there, came and left, today and on earlier days.
 *
 * ```
 *  minute ──> score what was said of it ──> belief, intervals
 *         ──> flows, usual day ──> experts ──> weighted mean ± interval
 * ```
 *
 * It knows numbers of people only, and says nothing about anybody.
 */
import { type UtcMs, utcMs } from '../../contract/index.ts';
import { UsualDay } from './day-profile.ts';
import { EXPERTS, type Expert } from './experts.ts';
import { Flows } from './flows.ts';
import { Panel, type Said } from './panel.ts';
import { DAY_MIN, MINUTE_MS, type ZoneMinute } from './zone-minute.ts';

/** What is forecast, and what a day is. */
export interface ForecastOptions {
  /** How far ahead, minutes. Default 15. */
  readonly horizonMin?: number;
  /** Share of what comes that the intervals are to hold, between 0 and 1. Default 0.9. */
  readonly coverage?: number;
  /** Area of the zone, m²; without it there are no densities. */
  readonly areaM2?: number | null;
  /** Minute of the day at the site, 0 to 1439. Default that of UTC: a timetable moves with the clock of the site. */
  readonly minuteOfDay?: (timeUtc: UtcMs) => number;
  /** Days of one kind are like each other: working days and weekends, say. Default: all are. */
  readonly dayKind?: (timeUtc: UtcMs) => string;
}

/** What is expected some minutes ahead. */
export interface ForecastPoint {
  readonly horizonMin: number;
  readonly timeUtc: UtcMs;
  readonly occupancy: number;
  readonly lower: number;
  readonly upper: number;
  /** The same per m²; null without an area. */
  readonly densityPerM2: number | null;
  readonly densityLowerPerM2: number | null;
  readonly densityUpperPerM2: number | null;
  /** How much each expert is believed, 0 to 1. */
  readonly weights: Readonly<Record<Expert, number>>;
}

/** A forecast of one zone. */
export interface ZoneForecast {
  /** The minute that it was made from. */
  readonly madeUtc: UtcMs;
  /** Occupancy then. */
  readonly occupancy: number;
  /** Share of what comes that the intervals are to hold. */
  readonly coverage: number;
  /** Whether the farthest interval has learnt from errors of its own, and is not only a cautious guess. */
  readonly calibrated: boolean;
  /** One for each minute ahead. */
  readonly points: readonly ForecastPoint[];
}

/** So long a minute waits before it joins the usual day: a day is not compared with itself. */
const WAIT_MIN = 60;
/** Half-life of how busy today is, minutes. */
const BUSY_HALF_LIFE_MIN = 20;
const BUSY_KEEP = 2 ** (-1 / BUSY_HALF_LIFE_MIN);
/** So many people more on both sides keep the ratio of two small numbers near 1. */
const SOFTENER = 5;

const known = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

const utcMinuteOfDay = (timeUtc: UtcMs): number => Math.floor(timeUtc / MINUTE_MS) % DAY_MIN;
const everyDay = (): string => '';

/** Number of a minute: one more for each. */
const numberOf = ({ timeUtc }: ZoneMinute): number => Math.round(timeUtc / MINUTE_MS);

/** Follows one zone and foretells it. Fed with a ledger's minutes it knows the days before it was started. */
export class ZoneForecaster {
  readonly #horizonMin: number;
  readonly #coverage: number;
  readonly #areaM2: number | null;
  readonly #minuteOfDay: (timeUtc: UtcMs) => number;
  readonly #dayKind: (timeUtc: UtcMs) => string;
  readonly #panel: Panel;
  readonly #flows = new Flows();
  readonly #usual = new Map<string, UsualDay>();
  readonly #waiting: ZoneMinute[] = [];
  #busyEntered = 0;
  #busyUsual = 0;
  #last: ZoneMinute | null = null;

  constructor(options: ForecastOptions = {}) {
    const { horizonMin = 15, coverage = 0.9, areaM2 = null } = options;
    this.#horizonMin = Math.max(1, Math.floor(horizonMin));
    this.#coverage = coverage;
    this.#areaM2 = areaM2 !== null && areaM2 > 0 ? areaM2 : null;
    this.#minuteOfDay = options.minuteOfDay ?? utcMinuteOfDay;
    this.#dayKind = options.dayKind ?? everyDay;
    this.#panel = new Panel(this.#horizonMin, coverage);
  }

  /**
   * Takes the next minute. Minutes may be missing, and figures unknown; a minute that is not after the last is left
   * out.
   */
  observe({ timeUtc, occupancy, entered, left }: ZoneMinute): void {
    const minute = { timeUtc, occupancy: known(occupancy), entered: known(entered), left: known(left) };
    const missing = this.#last === null ? 0 : numberOf(minute) - numberOf(this.#last) - 1;
    if (missing < 0) return;
    if (missing > 0) this.#flows.skip(missing);
    this.#last = minute;
    this.#flows.add(minute);
    this.#compareWithUsual(minute);
    this.#remember(minute);
    if (minute.occupancy === null) return;
    this.#panel.score(numberOf(minute), minute.occupancy);
    this.#panel.say(numberOf(minute), {
      occupancy: minute.occupancy,
      minuteOfDay: this.#minuteOfDay(timeUtc),
      flows: this.#flows,
      usual: this.#usualOf(timeUtc),
      busyness: (this.#busyEntered + SOFTENER) / (this.#busyUsual + SOFTENER),
    });
  }

  /** The forecast from the last minute; null when the occupancy then is unknown. */
  forecast(): ZoneForecast | null {
    const last = this.#last;
    const said = last && this.#panel.saidAt(numberOf(last));
    if (last === null || said === null || last.occupancy === null) return null;
    return {
      madeUtc: last.timeUtc,
      occupancy: last.occupancy,
      coverage: this.#coverage,
      calibrated: this.#panel.isCalibrated(said),
      points: Array.from({ length: this.#horizonMin }, (_, h) => this.#point(said, h, last.timeUtc)),
    };
  }

  #point(said: Readonly<Said>, h: number, madeUtc: UtcMs): ForecastPoint {
    const weightOf = (expert: Expert): number => said.weights[EXPERTS.indexOf(expert)]?.[h] ?? 0;
    const perM2 = (people: number): number | null => (this.#areaM2 === null ? null : people / this.#areaM2);
    return {
      horizonMin: h + 1,
      timeUtc: utcMs(madeUtc + (h + 1) * MINUTE_MS),
      occupancy: said.mean[h],
      lower: said.lower[h],
      upper: said.upper[h],
      densityPerM2: perM2(said.mean[h]),
      densityLowerPerM2: perM2(said.lower[h]),
      densityUpperPerM2: perM2(said.upper[h]),
      weights: {
        same: weightOf('same'),
        balance: weightOf('balance'),
        trend: weightOf('trend'),
        slowTrend: weightOf('slowTrend'),
        usualFlows: weightOf('usualFlows'),
        usualShape: weightOf('usualShape'),
      },
    };
  }

  #usualOf(timeUtc: UtcMs): UsualDay {
    const kind = this.#dayKind(timeUtc);
    const usual = this.#usual.get(kind) ?? new UsualDay();
    this.#usual.set(kind, usual);
    return usual;
  }

  /** How busy today is beside the usual day. */
  #compareWithUsual({ timeUtc, entered }: ZoneMinute): void {
    const usual = this.#usualOf(timeUtc).entered.at(this.#minuteOfDay(timeUtc));
    if (entered === null || Number.isNaN(usual)) return;
    this.#busyEntered = this.#busyEntered * BUSY_KEEP + entered;
    this.#busyUsual = this.#busyUsual * BUSY_KEEP + usual;
  }

  /** Lets the minutes of an hour ago join the usual day. */
  #remember(minute: ZoneMinute): void {
    this.#waiting.push(minute);
    for (let oldest = this.#waiting[0]; oldest !== undefined; oldest = this.#waiting[0]) {
      if (numberOf(minute) - numberOf(oldest) < WAIT_MIN) return;
      this.#waiting.shift();
      this.#join(oldest);
    }
  }

  #join({ timeUtc, occupancy, entered, left }: ZoneMinute): void {
    const usual = this.#usualOf(timeUtc);
    const minuteOfDay = this.#minuteOfDay(timeUtc);
    if (occupancy !== null) usual.occupancy.add(minuteOfDay, occupancy);
    if (entered !== null) usual.entered.add(minuteOfDay, entered);
    if (left !== null) usual.left.add(minuteOfDay, left);
  }
}

/** When a zone will hold so many people. */
export interface TimeToThreshold {
  /** When the forecast reaches the threshold, minutes from now; null when it does not. */
  readonly expectedMin: number | null;
  /** When the upper end of the interval does: the earliest plausible; null when not even that does. */
  readonly earliestMin: number | null;
}

/**
 * Time until a zone holds as many people as a threshold, between the minutes by a straight line; 0 when it does
 * already.
 *
 * Caveat: it looks as far as the forecast does, and null means 'not within that', not 'never'.
 *
 * @param people threshold; for a density, times the area
 */
export const timeToThreshold = ({ occupancy, points }: ZoneForecast, people: number): TimeToThreshold => {
  const reachedBy = (level: (point: ForecastPoint) => number): number | null => {
    let before = occupancy;
    if (before >= people) return 0;
    for (const point of points) {
      const after = level(point);
      if (after >= people) return point.horizonMin - 1 + (people - before) / (after - before);
      before = after;
    }
    return null;
  };
  return { expectedMin: reachedBy((point) => point.occupancy), earliestMin: reachedBy((point) => point.upper) };
};
