/**
 * What a store should say, worked out from all observations at once in the plainest way: no levels, no database, and
 * the calendar of the runtime (Intl) instead of a library. For tests.
 */
import {
  type Aggregate,
  addAggregates,
  type Figures,
  type GateObservation,
  type Observation,
  ZONE_QUANTITY_NAMES,
} from '../../contract/index.ts';
import type { CameraSpan, Gap, GateSpan, HistoryQuery, Step, ZoneSpan } from '../store.ts';

const MINUTE_MS = 60_000;
const QUARTER_HOUR_MS = 900_000;

interface Bucket {
  readonly startMs: number;
  readonly endMs: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const floorTo = (timeMs: number, lengthMs: number): number => Math.floor(timeMs / lengthMs) * lengthMs;

const FORM = { calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', timeZoneName: 'longOffset' } as const;
const FIELDS = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;

const mondayOf = (date: string): string => {
  const time = new Date(`${date}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() - ((time.getUTCDay() + 6) % 7));
  return time.toISOString().slice(0, 10);
};

/** A name that all instants of an hour, day, week or month have in common, and no other. */
const labels = (step: Step, timeZone: string): ((timeMs: number) => string) => {
  const format = new Intl.DateTimeFormat('en', { ...FORM, ...FIELDS, timeZone });
  const known = new Map<number, string>();
  const label = (timeMs: number): string => {
    const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, value]));
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
    if (step === 'hour') return `${date} ${parts.get('hour')} ${parts.get('timeZoneName')}`;
    return step === 'month' ? date.slice(0, 7) : step === 'week' ? mondayOf(date) : date;
  };
  return (timeMs) => {
    const found = known.get(timeMs) ?? label(timeMs);
    known.set(timeMs, found);
    return found;
  };
};

/** Grows a quarter-hour to all of its neighbours of the same name in the period. */
const calendar = ({ step, timezone, fromMs, toMs }: HistoryQuery): ((rowMs: number) => Bucket) => {
  const label = labels(step, timezone);
  const known = new Map<string, Bucket>();
  const grow = (rowMs: number): Bucket => {
    let [startMs, endMs] = [rowMs, rowMs + QUARTER_HOUR_MS];
    while (startMs - QUARTER_HOUR_MS >= fromMs && label(startMs - QUARTER_HOUR_MS) === label(rowMs))
      startMs -= QUARTER_HOUR_MS;
    while (endMs < toMs && label(endMs) === label(rowMs)) endMs += QUARTER_HOUR_MS;
    return { startMs, endMs };
  };
  return (rowMs) => {
    const found = known.get(label(rowMs)) ?? grow(rowMs);
    known.set(label(rowMs), found);
    return found;
  };
};

/** The span of an answer in which an observation is; undefined when it is in none. */
const bucketing = (query: HistoryQuery): ((observation: Bucket) => Bucket | undefined) => {
  const { step, fromMs, toMs } = query;
  const isWithin = (timeMs: number): boolean => timeMs >= fromMs && timeMs < toMs;
  if (step === 'second') return ({ startMs, endMs }) => (isWithin(startMs) ? { startMs, endMs } : undefined);
  const lengthMs = step === 'minute' ? MINUTE_MS : QUARTER_HOUR_MS;
  const isRow = step === 'minute' || step === 'quarterHour';
  const bucketAt = isRow ? (startMs: number) => ({ startMs, endMs: startMs + lengthMs }) : calendar(query);
  return ({ startMs }) => {
    const rowMs = floorTo(startMs, lengthMs);
    return isWithin(rowMs) ? bucketAt(rowMs) : undefined;
  };
};

/** Items of observations in the order of time, by span. */
const grouped = <Item>(
  observations: readonly Observation[],
  query: HistoryQuery,
  itemsOf: (one: Observation) => readonly Item[],
  placeOf: (item: Item) => string,
): { readonly place: string; readonly bucket: Bucket; readonly all: { one: Observation; item: Item }[] }[] => {
  const bucketOf = bucketing(query);
  const items = observations
    .toSorted((a, b) => a.startMs - b.startMs || a.sequence - b.sequence)
    .flatMap((one) => itemsOf(one).map((item) => ({ one, item, place: placeOf(item), bucket: bucketOf(one) })));
  const spans = Map.groupBy(items, ({ one, place, bucket }) =>
    bucket === undefined
      ? ''
      : `${one.camera}/${place}/${bucket.startMs}/${query.step === 'second' ? one.sequence : ''}`,
  );
  spans.delete('');
  return [...spans.values()]
    .flatMap((all) => {
      const [{ place, bucket, one }] = all;
      const isAsked = query.place === undefined || place === '' || place === query.place;
      const isCamera = query.camera === undefined || one.camera === query.camera;
      return bucket && isAsked && isCamera ? [{ place, bucket, all }] : [];
    })
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.bucket.startMs - b.bucket.startMs));
};

const measuredS = (all: readonly { readonly one: Observation }[]): number => sum(all.map(({ one }) => one.measuredS));

const figuresOf = (all: readonly Figures[]): Figures =>
  Object.fromEntries(
    ZONE_QUANTITY_NAMES.flatMap((name): [string, Aggregate][] => {
      const [first, ...rest] = all.flatMap((figures) => figures[name] ?? []);
      return first === undefined ? [] : [[name, rest.reduce(addAggregates, first)]];
    }),
  );

/** Zones of one camera. */
export const modelZones = (observations: readonly Observation[], query: HistoryQuery): ZoneSpan[] =>
  grouped(
    observations,
    query,
    ({ zones }) => zones,
    ({ zone }) => zone,
  ).map(({ place, bucket, all }) => {
    const { one, item } = all[all.length - 1];
    return {
      camera: one.camera,
      zone: place,
      startMs: bucket.startMs,
      endMs: bucket.endMs,
      measuredS: measuredS(all),
      seenShare: item.seenShare,
      areaM2: item.areaM2,
      figures: figuresOf(all.map(({ item: { figures } }) => figures)),
    };
  });

const countsOf = (all: readonly GateObservation[]): GateObservation['counts'] => {
  const known = all.flatMap(({ counts }) => counts ?? []);
  if (known.length === 0) return null;
  const crossings = Map.groupBy(
    known.flatMap((counts) => Object.entries(counts)),
    ([name]) => name,
  );
  return Object.fromEntries(
    [...crossings].flatMap(([name, each]) => {
      const both = { in: sum(each.map(([, one]) => one.in)), out: sum(each.map(([, one]) => one.out)) };
      return both.in + both.out > 0 ? [[name, both]] : [];
    }),
  );
};

/** Gates of one camera. */
export const modelGates = (observations: readonly Observation[], query: HistoryQuery): GateSpan[] =>
  grouped(
    observations,
    query,
    ({ gates }) => gates,
    ({ gate }) => gate,
  ).map(({ place, bucket, all }) => {
    const { one, item } = all[all.length - 1];
    return {
      camera: one.camera,
      gate: place,
      startMs: bucket.startMs,
      endMs: bucket.endMs,
      measuredS: measuredS(all.filter(({ item: { counts } }) => counts !== null)),
      seenShare: item.seenShare,
      widthM: item.widthM,
      counts: countsOf(all.map(({ item: gate }) => gate)),
      variance: sum(all.map(({ item: { variance } }) => variance)),
      systematicError: sum(all.map(({ item: { systematicError } }) => systematicError)),
    };
  });

/** One camera. */
export const modelCameras = (observations: readonly Observation[], query: HistoryQuery): CameraSpan[] =>
  grouped(
    observations,
    query,
    (one) => [one],
    () => '',
  ).map(({ bucket, all }) => {
    const timeIn = (state: string): number =>
      sum(all.map(({ one }) => (one.health.state === state ? (one.endMs - one.startMs) / 1000 : 0)));
    const [{ one }] = all;
    return {
      camera: one.camera,
      startMs: bucket.startMs,
      endMs: bucket.endMs,
      measuredS: measuredS(all),
      frames: {
        offered: sum(all.map(({ item }) => item.frames.offered)),
        measured: sum(all.map(({ item }) => item.frames.measured)),
        dropped: sum(all.map(({ item }) => item.frames.dropped)),
      },
      statesS: {
        ok: timeIn('ok'),
        degraded: timeIn('degraded'),
        connecting: timeIn('connecting'),
        unknown: timeIn('unknown'),
      },
    };
  });

/** Gaps of one camera. */
export const modelGaps = (
  observations: readonly Observation[],
  { fromMs, toMs }: Pick<HistoryQuery, 'fromMs' | 'toMs'>,
): Gap[] => {
  const gaps: Gap[] = [];
  let untilMs = Number.NaN;
  for (const { camera, startMs, endMs } of observations.toSorted((a, b) => a.startMs - b.startMs)) {
    if (startMs > untilMs + 1) gaps.push({ camera, startMs: untilMs, endMs: startMs });
    untilMs = Number.isNaN(untilMs) ? endMs : Math.max(untilMs, endMs);
  }
  const [first] = observations;
  if (first) gaps.push({ camera: first.camera, startMs: untilMs, endMs: Number.MAX_SAFE_INTEGER });
  return gaps
    .map(({ camera, startMs, endMs }) => ({ camera, startMs: Math.max(startMs, fromMs), endMs: Math.min(endMs, toMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs);
};
