/**
 * What zones will be like in some minutes, for the rules that ask: each minute's occupancy goes to a forecaster, which
 * begins with what the ledger knows of the last two weeks.
 */
import { setImmediate } from 'node:timers/promises';
import { type Moment, type MomentFigure, utcMs } from '../../contract/index.ts';
import { type ZoneForecast, ZoneForecaster } from '../../measure/index.ts';
import type { Store } from '../../store/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Two of every day of the week. */
const PRIMED_DAYS = 14;
/** Of a standard normal distribution, whose middle 90 % lie within so many standard deviations. */
const Z_90 = 1.645;
const COVERAGE = 0.9;
/** Others have their turn after so long, ms. */
const TURN_MS = 10;

const HOUR_MS = 3_600_000;
const WEEKEND = new Set(['Sat', 'Sun']);

/** The clock and the kind of day at a site. Reading them takes long, so that each hour is read once. */
const siteClock = (timezone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  let known = { hourMs: Number.NaN, minute: 0, kind: '' };
  const at = (timeMs: number): typeof known => {
    const hourMs = Math.floor(timeMs / HOUR_MS) * HOUR_MS;
    if (hourMs === known.hourMs) return known;
    const parts = new Map(format.formatToParts(hourMs).map(({ type, value }) => [type, value]));
    const minute = 60 * Number(parts.get('hour')) + Number(parts.get('minute'));
    known = { hourMs, minute, kind: WEEKEND.has(parts.get('weekday') ?? '') ? 'weekend' : 'workday' };
    return known;
  };
  return {
    minuteOfDay: (timeMs: number): number => {
      const { hourMs, minute } = at(timeMs);
      return (minute + Math.floor((timeMs - hourMs) / MINUTE_MS)) % 1440;
    },
    dayKind: (timeMs: number): string => at(timeMs).kind,
  };
};

interface Followed {
  readonly forecaster: ZoneForecaster;
  forecast: ZoneForecast | null;
}

/** What is foreseen. */
export interface ForesightOptions {
  /** Those that a rule asks about. */
  readonly zones: readonly string[];
  /** How far ahead the farthest rule looks, s. */
  readonly aheadS: number;
  readonly timezone: string;
}

/** Follows zones, minute by minute. */
export class Foresight {
  /** What it was asked to follow: another that is asked the same knows no more. */
  readonly options: ForesightOptions;
  readonly #zones: ReadonlyMap<string, Followed>;
  /** End of the minute at hand. */
  #minuteMs = 0;
  #latest: Moment | null = null;

  constructor(options: ForesightOptions) {
    const { zones, aheadS, timezone } = options;
    this.options = options;
    const horizonMin = Math.ceil(aheadS / 60);
    const clock = siteClock(timezone);
    this.#zones = new Map(
      zones.map((zone) => [
        zone,
        { forecaster: new ZoneForecaster({ horizonMin, coverage: COVERAGE, ...clock }), forecast: null },
      ]),
    );
  }

  /** Learns what the ledger knows. */
  async prime(store: Store, nowMs: number): Promise<void> {
    for (const zone of this.#zones.keys()) {
      const period = { fromMs: nowMs - PRIMED_DAYS * DAY_MS, toMs: nowMs, step: 'minute', timezone: 'UTC' } as const;
      const people = new Map<number, number | null>();
      for (const { endMs, figures } of await store.zones({ ...period, place: zone })) {
        const counted = figures.ownOccupancy ?? figures.occupancy;
        const before = people.get(endMs);
        const known = counted !== undefined && before !== null;
        people.set(endMs, known ? (before ?? 0) + counted.sum / counted.weight : null);
      }
      await this.#learn(
        zone,
        [...people].sort(([a], [b]) => a - b),
      );
    }
  }

  /** Takes the site of a second. */
  take(moment: Moment): void {
    const minuteMs = Math.ceil(moment.timeMs / MINUTE_MS) * MINUTE_MS;
    if (this.#latest && minuteMs > this.#minuteMs) this.#observe(this.#latest, this.#minuteMs);
    this.#minuteMs = minuteMs;
    this.#latest = moment;
  }

  /** A figure of a zone in so many seconds; null when it cannot be told. */
  at(zone: string, figure: 'occupancy' | 'densityPerM2', aheadS: number): MomentFigure {
    const point = this.#zones.get(zone)?.forecast?.points[Math.max(1, Math.ceil(aheadS / 60)) - 1];
    const now = this.#latest?.zones.find((one) => one.zone === zone);
    if (!point || !now?.figures.occupancy) return null;
    const per = figure === 'occupancy' ? 1 : now.areaM2;
    if (per === null) return null;
    return {
      value: point.occupancy / per,
      standardError: (point.upper - point.lower) / (2 * Z_90) / per,
      partial: now.figures.occupancy.partial,
    };
  }

  /** In pieces: whoever else has something to do is not kept waiting. */
  async #learn(zone: string, minutes: readonly (readonly [endMs: number, occupancy: number | null])[]): Promise<void> {
    const followed = this.#zones.get(zone);
    if (!followed) return;
    let sinceMs = performance.now();
    for (const [endMs, occupancy] of minutes) {
      followed.forecaster.observe({ timeUtc: utcMs(endMs), occupancy, entered: null, left: null });
      if (performance.now() - sinceMs < TURN_MS) continue;
      await setImmediate();
      sinceMs = performance.now();
    }
    followed.forecast = followed.forecaster.forecast();
  }

  #observe({ zones }: Moment, minuteMs: number): void {
    for (const { zone, figures } of zones) {
      const followed = this.#zones.get(zone);
      if (!followed) continue;
      // Of a part it says nothing about the whole.
      const occupancy = figures.occupancy?.partial === false ? figures.occupancy.value : null;
      followed.forecaster.observe({ timeUtc: utcMs(minuteMs), occupancy, entered: null, left: null });
      followed.forecast = followed.forecaster.forecast();
    }
  }
}
