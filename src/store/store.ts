/**
 * The ledger of a live site, whatever database keeps it. Every adapter passes the same suite of tests.
 */
import type {
  CameraState,
  Figures,
  GateObservation,
  Observation,
  StarlingError,
  ZoneObservation,
} from '../contract/index.ts';

/** What came of handing over observations. */
export interface Appended {
  /** New ones. They are on the disk when the promise is fulfilled. */
  readonly stored: number;
  /** Ones that were there already, word for word. */
  readonly repeated: number;
  /** Ones whose number was taken by another; they are left out, and say that something is wrong. */
  readonly refused: number;
}

/** How long a row of history is. Hours and longer are those of the given time zone. */
export type Step = 'second' | 'minute' | 'quarterHour' | 'hour' | 'day' | 'week' | 'month';

/** Which history is asked for. */
export interface HistoryQuery {
  /** UTC, ms since 1970; from its beginning up to, and not including, its end. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly step: Step;
  /** IANA name of the zone whose hours, days, weeks (from Monday) and months are meant. */
  readonly timezone: string;
  /** Every camera unless given. */
  readonly camera?: string;
  /** Every zone or gate unless given. */
  readonly place?: string;
}

/** A stretch of history. */
export interface Span {
  readonly camera: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How much of it was measured, s. Over its length, that is its coverage. */
  readonly measuredS: number;
}

/** A zone over a stretch of time. */
export interface ZoneSpan extends Span, Pick<ZoneObservation, 'zone' | 'areaM2' | 'seenShare'> {
  readonly figures: Figures;
}

/** A gate over a stretch of time, `measuredS` of which crossings could be known. Null where nothing was known. */
export interface GateSpan
  extends Span,
    Pick<GateObservation, 'gate' | 'widthM' | 'seenShare' | 'counts' | 'variance' | 'systematicError'> {}

/** A camera over a stretch of time. */
export interface CameraSpan extends Span {
  readonly frames: Observation['frames'];
  /** Time in each state, s; what is missing of the span is a gap. */
  readonly statesS: Readonly<Record<CameraState, number>>;
}

/** Density and velocity on the ground over a stretch of time, the cells where somebody was. */
export interface FieldSpan extends Span {
  readonly grid: Pick<NonNullable<Observation['field']>, 'originXM' | 'originYM' | 'cellM' | 'columns' | 'rows'>;
  readonly cell: Uint32Array;
  /** Mean over the time in which the field was known, people/m². */
  readonly densityPerM2: Float64Array;
  /** Mean weighted by density, m/s; NaN where unknown. */
  readonly velocityXMps: Float64Array;
  readonly velocityYMps: Float64Array;
}

/** Time for which a camera has no observation at all. */
export interface Gap {
  readonly camera: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What tending did. */
export interface Tended {
  readonly minutes: number;
  readonly quarterHours: number;
  /** Rows that were past their time. */
  readonly dropped: number;
}

/** What a check found: each problem in words. None means that all is well. */
export interface Checked {
  readonly observations: number;
  readonly minutes: number;
  readonly quarterHours: number;
  readonly problems: readonly string[];
}

/** Whether the ledger takes observations; the error says why not, and how to mend it. */
export type StoreStatus = { readonly state: 'ok' } | { readonly state: 'failed'; readonly error: StarlingError };

/**
 * The ledger. Observations go in once each, by (camera, sequence), and come out as history; seconds are rolled up into
 * minutes and those into quarter-hours, exactly: sums, minima, maxima, time-weighted means and coverage.
 */
export interface Store extends AsyncDisposable {
  /**
   * Takes observations in one transaction: all of them, or none. One that was taken before changes nothing.
   *
   * @throws STORE_NOT_WRITABLE, STORE_CORRUPT; then none was taken
   */
  append(observations: readonly Observation[]): Promise<Appended>;
  /** The greatest sequence number taken, by camera. */
  latest(): Promise<ReadonlyMap<string, number>>;
  /**
   * Rolls up what is due, and drops what is past its time. Cheap when there is nothing to do.
   *
   * @param elapsedMs since the last call, by a clock that cannot be set: a machine's clock that leaps ahead then drops
   *   nothing, because what is past its time moves on by at most ten times as much. Without it `nowMs` is believed.
   */
  tend(nowMs: number, elapsedMs?: number): Promise<Tended>;
  /** @throws STORE_BAD_QUERY */
  zones(query: HistoryQuery): Promise<ZoneSpan[]>;
  /** @throws STORE_BAD_QUERY */
  gates(query: HistoryQuery): Promise<GateSpan[]>;
  /** @throws STORE_BAD_QUERY */
  cameras(query: HistoryQuery): Promise<CameraSpan[]>;
  /**
   * The field over a period, a row a camera: of quarter-hours that begin in it, those not rolled up yet from their
   * seconds.
   *
   * @throws STORE_BAD_QUERY
   */
  fields(query: Pick<HistoryQuery, 'fromMs' | 'toMs' | 'camera'>): Promise<FieldSpan[]>;
  /** Time without any observation, from a camera's first in the period, or before it, to `toMs`. */
  gaps(query: Pick<HistoryQuery, 'fromMs' | 'toMs' | 'camera'>): Promise<Gap[]>;
  /** Rolls up anew what seconds and minutes are still there for. */
  rebuild(period: Pick<HistoryQuery, 'fromMs' | 'toMs'>): Promise<Tended>;
  /** Looks for damage, and for roll-ups that are not the sum of their parts. */
  check(): Promise<Checked>;
  /** Gives room that is not needed back to the disk. */
  compact(): Promise<{ readonly bytesBefore: number; readonly bytesAfter: number }>;
  /** Writes a copy of the ledger as it is now, while it goes on. @throws STORE_BACKUP_FAILED, STORE_CORRUPT */
  backup(path: string): Promise<void>;
  status(): StoreStatus;
}
