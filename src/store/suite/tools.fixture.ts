/** What the parts of the suite share. */
import { type Observation, StarlingError } from '../../contract/index.ts';
import { observationOf } from '../sqlite/observation.fixture.ts';
import type { HistoryQuery, Step, Store } from '../store.ts';
import { modelCameras, modelGates, modelZones } from './model.fixture.ts';

/** The store that is tried out; another one after it was opened again. */
export class Tested {
  #store: Store | undefined;

  get store(): Store {
    if (this.#store === undefined) throw new Error('no store is open');
    return this.#store;
  }

  set store(store: Store) {
    this.#store = store;
  }
}

/** A second, ms. */
const SECOND_MS = 1000;
/** A minute, ms. */
export const MINUTE_MS = 60_000;
/** An hour, ms. */
export const HOUR_MS = 3_600_000;
/** A day of 24 hours, ms. */
export const DAY_MS = 86_400_000;

/** When most of the tests begin. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** Steps that are rolled up. */
export const ROLLED: readonly Step[] = ['minute', 'quarterHour', 'hour', 'day', 'week', 'month'];

/** A day of minutes, unless told otherwise. */
export const query = (given: Partial<HistoryQuery> = {}): HistoryQuery => ({
  fromMs: NOON,
  toMs: NOON + DAY_MS,
  step: 'minute',
  timezone: 'UTC',
  ...given,
});

/** Rolls up and drops until there is nothing left to do. */
export const tendAll = async (store: Store, nowMs: number): Promise<void> => {
  for (;;) {
    const { minutes, quarterHours, dropped } = await store.tend(nowMs);
    if (minutes + quarterHours + dropped === 0) return;
  }
};

/** Seconds one after the other, numbered from 1. */
export const seconds = (count: number, camera: string, startMs = NOON, stepMs = SECOND_MS): Observation[] =>
  Array.from({ length: count }, (_, i) => observationOf({ camera, sequence: i + 1, startMs: startMs + i * stepMs }));

/** With one zone and one gate: for tests of time. */
export const slim = (one: Observation): Observation => ({
  ...one,
  zones: one.zones.slice(0, 1),
  gates: one.gates.slice(0, 1),
  field: null,
});

/** Zones, gates and camera by one query. */
export const histories = async (store: Store, asked: HistoryQuery): Promise<unknown> => ({
  zones: await store.zones(asked),
  gates: await store.gates(asked),
  cameras: await store.cameras(asked),
});

/** What {@link histories} should be. */
export const modelled = (observations: readonly Observation[], asked: HistoryQuery): unknown => ({
  zones: modelZones(observations, asked),
  gates: modelGates(observations, asked),
  cameras: modelCameras(observations, asked),
});

/** The code of the error that something ends with, or `ok`. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return error instanceof StarlingError ? error.code : String(error);
  }
};
