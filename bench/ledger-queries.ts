/** How fast history is read from a ledger that is full. */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SITE_DEFAULTS } from '../src/contract/index.ts';
import { openDatabase } from '../src/store/sqlite/database.ts';
import { type HistoryQuery, openStore, type Store } from '../src/store/index.ts';
import { loadAverage, median, print } from './figures.ts';
import { cameraName, fillHistory } from './year-of-minutes.ts';

const ROUNDS = 5;
const DAY_MS = 86_400_000;
/** Written at a time; parts of a day. */
const PIECES_A_DAY = 8;
const TIMEZONE = 'Europe/Amsterdam';
/** Midnight there, at the end of the history. */
const END_MS = Date.UTC(2025, 11, 31, 23);

/** How much history. */
export interface HistorySize {
  readonly cameras: number;
  readonly days: number;
}

interface Question {
  readonly name: string;
  readonly ask: (store: Store) => Promise<readonly unknown[]>;
}

const questionsFor = ({ cameras, days }: HistorySize): Question[] => {
  const camera = cameraName(Math.ceil(cameras / 2));
  const all: Pick<HistoryQuery, 'fromMs' | 'toMs' | 'timezone'> = {
    fromMs: END_MS - days * DAY_MS,
    toMs: END_MS,
    timezone: TIMEZONE,
  };
  // In the middle: the end is what was written last.
  const fromMs = END_MS - Math.max(Math.min(days, 7), Math.ceil(days / 2)) * DAY_MS;
  const day = { ...all, fromMs, toMs: fromMs + DAY_MS };
  const week = { ...all, fromMs, toMs: fromMs + 7 * DAY_MS };
  return [
    { name: 'a day by minutes, one zone', ask: (store) => store.zones({ ...day, step: 'minute', camera }) },
    { name: 'a week by hours, one zone', ask: (store) => store.zones({ ...week, step: 'hour', camera }) },
    { name: `${days} days by days, one zone`, ask: (store) => store.zones({ ...all, step: 'day', camera }) },
    { name: `${days} days by hours, one gate`, ask: (store) => store.gates({ ...all, step: 'hour', camera }) },
    {
      name: `a day by quarter-hours, ${cameras} zones`,
      ask: (store) => store.zones({ ...day, step: 'quarterHour' }),
    },
  ];
};

const isTerminal = process.stderr.isTTY;

const showProgress = (done: number, all: number, startedMs: number): void => {
  const leftS = (((performance.now() - startedMs) / done) * (all - done)) / 1000;
  const text = `ledger: ${done} of ${all} days written, ${leftS.toFixed(0)} s left`;
  if (isTerminal) process.stderr.write(`\r${text}   ${done === all ? '\n' : ''}`);
  else if (done % 10 === 0 || done === all) process.stderr.write(`${text}\n`);
};

/**
 * Writes a few hours after the other, so that cameras lie mixed in the file, as they do where they were written as time
 * went by.
 */
const fill = async ({ cameras, days }: HistorySize, path: string): Promise<void> => {
  const database = openDatabase(path);
  try {
    // Nobody minds when this one is lost.
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
    const startedMs = performance.now();
    for (let day = 1; day <= days; day++) {
      for (let piece = 1; piece <= PIECES_A_DAY; piece++) {
        const endMs = END_MS - (days - day + 1 - piece / PIECES_A_DAY) * DAY_MS;
        for (const levelS of [60, 900] as const)
          fillHistory(database, { cameras, days: 1 / PIECES_A_DAY, levelS, endMs });
      }
      showProgress(day, days, startedMs);
      // Whoever wants to interrupt this is heard now.
      await setImmediate();
    }
    database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
};

/** Puts a file on the disk, and out of the system's memory where the system lets itself be told so. */
const forget = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
  if (process.platform !== 'linux') return false;
  await promisify(execFile)('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'status=none']);
  return true;
};

const openLedger = (folder: string): Promise<Store> =>
  openStore({ folder, retention: SITE_DEFAULTS.privacy.retention, create: false });

/** The threads are up, the ledger is open for reading, and nothing of history was read. */
const wake = async (store: Store): Promise<void> => {
  await store.cameras({ fromMs: 0, toMs: 1, step: 'minute', timezone: 'UTC', camera: cameraName(1) });
};

const askOnce = async ({ ask }: Question, store: Store): Promise<{ readonly ms: number; readonly rows: number }> => {
  const startedMs = performance.now();
  const rows = await ask(store);
  return { ms: performance.now() - startedMs, rows: rows.length };
};

const askWarm = async (question: Question, folder: string): Promise<number> => {
  await using store = await openLedger(folder);
  await askOnce(question, store);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push((await askOnce(question, store)).ms);
  return median(times);
};

const benchQuestion = async (question: Question, size: HistorySize, folder: string): Promise<void> => {
  const path = join(folder, 'ledger.sqlite');
  const opened: number[] = [];
  const cold: number[] = [];
  let [rows, isForgotten] = [0, false];
  for (let round = 0; round < ROUNDS; round++) {
    isForgotten = await forget(path);
    const startedMs = performance.now();
    await using store = await openLedger(folder);
    await wake(store);
    opened.push(performance.now() - startedMs);
    const asked = await askOnce(question, store);
    cold.push(asked.ms);
    ({ rows } = asked);
  }
  const warmMs = await askWarm(question, folder);
  print({
    bench: 'ledger-query',
    ...size,
    query: question.name,
    rows,
    openMs: median(opened),
    // Without the system's memory of the file, where it can be told to forget; else only reopened.
    [isForgotten ? 'coldMs' : 'reopenedMs']: median(cold),
    warmMs,
    loadAverage: loadAverage(),
  });
};

/** Fills a ledger in a folder, and prints what questions to it take. */
export const benchQueries = async (size: HistorySize, folder: string): Promise<void> => {
  const path = join(folder, 'ledger.sqlite');
  const startedMs = performance.now();
  await fill(size, path);
  const { size: bytes } = statSync(path);
  const minutes = size.cameras * size.days * 1440;
  const filledS = (performance.now() - startedMs) / 1000;
  print({ bench: 'ledger-size', ...size, bytes, bytesPerCameraMinute: bytes / minutes, filledS });
  for (const question of questionsFor(size)) await benchQuestion(question, size, folder);
};
