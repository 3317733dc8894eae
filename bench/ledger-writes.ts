/**
 * How fast the ledger takes observations: all cameras' seconds, one second after the other, each in one transaction
 * that is on the disk when it is done; and what rolling up costs beside it, on the same thread.
 */
import { type Observation, SITE_DEFAULTS } from '../src/contract/index.ts';
import { observationOf } from '../src/store/sqlite/observation.fixture.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { loadAverage, mean, median, print, quantile } from './figures.ts';
import { inTemporaryFolder } from './temporary.ts';
import { cameraName } from './year-of-minutes.ts';

/** A whole quarter-hour. */
const BEGAN_MS = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60;
/** The first appends make the tables. */
const WARM_UP = 10;
/** After this a row that is over is rolled up. */
const GRACE_MS = 5000;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

const secondOf = (cameras: number, sequence: number): Observation[] =>
  Array.from({ length: cameras }, (_, i) =>
    observationOf({
      camera: cameraName(i + 1),
      sequence,
      startMs: BEGAN_MS + (sequence - 1) * 1000,
      seed: sequence * cameras + i,
    }),
  );

/** Rolls up all that is due, call by call. */
const tendAll = async (store: Store, nowMs: number): Promise<number[]> => {
  const callsMs: number[] = [];
  for (let isDone = false; !isDone; ) {
    const startedMs = performance.now();
    const { minutes, quarterHours } = await store.tend(nowMs);
    isDone = minutes + quarterHours === 0;
    if (!isDone) callsMs.push(performance.now() - startedMs);
  }
  return callsMs;
};

interface Times {
  readonly appendsMs: number[];
  /** Each minute's calls. */
  readonly tendsMs: number[][];
}

const write = async (store: Store, cameras: number, seconds: number): Promise<Times> => {
  const times: Times = { appendsMs: [], tendsMs: [] };
  for (let sequence = 1; sequence <= seconds; sequence++) {
    const observations = secondOf(cameras, sequence);
    const ms = await timed(() => store.append(observations));
    if (sequence > WARM_UP) times.appendsMs.push(ms);
    if (sequence % MINUTE === 0) times.tendsMs.push(await tendAll(store, BEGAN_MS + sequence * 1000 + GRACE_MS));
  }
  return times;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Writes so many seconds of so many cameras into a ledger of its own, and prints what that took. */
export const benchWrites = (cameras: number, seconds: number): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    await using store = await openStore({ folder, retention: SITE_DEFAULTS.privacy.retention });
    const { appendsMs, tendsMs } = await write(store, cameras, seconds);
    const quarterHours = tendsMs.filter((_, i) => (i + 1) % 15 === 0);
    const minutes = tendsMs.filter((_, i) => (i + 1) % 15 !== 0);
    const appendMs = mean(appendsMs);
    print({
      bench: 'ledger-writes',
      cameras,
      seconds,
      observationsPerS: (cameras * 1000) / appendMs,
      appendMs: { mean: appendMs, median: median(appendsMs), p99: quantile(appendsMs, 0.99) },
      minuteMs: median(minutes.map(sum)),
      quarterHourMs: median(quarterHours.map(sum)),
      longestTendMs: Math.max(...tendsMs.flat()),
      loadAverage: loadAverage(),
    });
  });
