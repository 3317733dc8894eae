import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SITE_DEFAULTS, StarlingError } from '../contract/index.ts';
import { openStore } from './open.ts';
import { observationOf } from './sqlite/observation.fixture.ts';
import { checkLedger } from './sqlite/upkeep/check.ts';
import { openForReading } from './sqlite/upkeep/read-only.ts';
import type { Store } from './store.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

// One for all tests, each with a camera of its own.
let folder = '';
let store: Store;
const open = (): Promise<Store> => openStore({ folder, retention: SITE_DEFAULTS.privacy.retention });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'starling-store-'));
  store = await open();
}, 30_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const seconds = (camera: string, first: number, count = 1) =>
  Array.from({ length: count }, (_, i) =>
    observationOf({ camera, sequence: first + i, startMs: NOON + (first + i - 1) * 1000 }),
  );

const latest = async (camera: string): Promise<number | undefined> => (await store.latest()).get(camera);

const codeOf = async (action: Promise<unknown>): Promise<string> => {
  try {
    await action;
    return 'ok';
  } catch (error) {
    return error instanceof StarlingError ? error.code : String(error);
  }
};

it('answers in the order in which it was asked', async () => {
  const answers: number[] = [];
  const ask = (sequence: number) => store.append(seconds('order', sequence)).then(() => answers.push(sequence));
  await Promise.all([1, 2, 3, 4, 5].map(ask));
  expect(answers).toEqual([1, 2, 3, 4, 5]);
  expect(await latest('order')).toBe(5);
});

it('shows what was stored to who asks next', async () => {
  const [observation] = seconds('next', 1);
  const period = { fromMs: observation.startMs, toMs: observation.endMs, camera: 'next' };
  const query = { ...period, step: 'second', timezone: 'UTC' } as const;
  await store.append([observation]);
  const { measuredS, frames } = observation;
  expect(await store.cameras(query)).toEqual([expect.objectContaining({ camera: 'next', measuredS, frames })]);
  expect((await store.zones(query)).map(({ zone }) => zone).sort()).toEqual(['square', 'stairs', 'view']);
  expect((await store.gates(query)).map(({ gate }) => gate).sort()).toEqual(['door', 'north-gate']);
  expect(await store.gaps(period)).toEqual([]);
});

it('sends fields as typed arrays', async () => {
  const camera = 'fields';
  await store.append(
    Array.from({ length: 90 }, (_, i) => observationOf({ camera, sequence: i + 1, startMs: NOON + i * 1000 })),
  );
  while ((await store.tend(NOON + 3_600_000)).minutes > 0);
  const [field] = await store.fields({ fromMs: NOON, toMs: NOON + 900_000, camera });
  expect(field.cell).toBeInstanceOf(Uint32Array);
  expect(field.cell.length).toBeGreaterThan(0);
  for (const column of [field.densityPerM2, field.velocityXMps, field.velocityYMps]) {
    expect(column).toBeInstanceOf(Float64Array);
    expect(column).toHaveLength(field.cell.length);
  }
});

it('tells a bad question by its code, and is none the worse for it', async () => {
  const query = { fromMs: 2, toMs: 1, step: 'minute', timezone: 'UTC' } as const;
  await expect(store.zones(query)).rejects.toMatchObject({
    code: 'STORE_BAD_QUERY',
    mend: expect.stringMatching(/period/),
  });
  expect(store.status()).toEqual({ state: 'ok' });
});

it('lets no more wait than it has room for', async () => {
  const codes = await Promise.all(Array.from({ length: 100 }, (_, i) => codeOf(store.append(seconds('room', i + 1)))));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(64);
  expect(codes.filter((code) => code === 'STORE_NOT_WRITABLE')).toHaveLength(36);
  expect(await latest('room')).toBe(64);
});

it('is one at a time, also in the same process', async () => {
  expect(await codeOf(open())).toBe('STORE_IN_USE');
  expect(await store.append(seconds('alone', 1))).toMatchObject({ stored: 1 });
});

it('copies the ledger while it goes on', async () => {
  await store.append(seconds('copy', 1, 500));
  let next = 501;
  const copying = new AbortController();
  const write = async (): Promise<void> => {
    while (!copying.signal.aborted) await store.append(seconds('copy', next++));
  };
  const writing = write();
  const path = join(folder, 'copy.sqlite');
  await store.backup(path);
  copying.abort();
  await writing;
  const copy = openForReading(path);
  try {
    expect(checkLedger(copy, path).problems).toEqual([]);
    const last = Number(
      copy
        .prepare("SELECT max(sequence) AS last FROM second JOIN camera ON camera.id = camera WHERE name = 'copy'")
        .get()?.['last'],
    );
    expect(last).toBeGreaterThanOrEqual(500);
    expect(last).toBeLessThan(next);
  } finally {
    copy.close();
  }
});

it('refuses to copy over a file, and goes on', async () => {
  writeFileSync(join(folder, 'mine'), 'keep me');
  expect(await codeOf(store.backup(join(folder, 'mine')))).toBe('STORE_BACKUP_FAILED');
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('keep me');
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  expect(await store.append(seconds('over', 1))).toMatchObject({ stored: 1 });
});

it('checks, compacts and rebuilds', async () => {
  await store.append(seconds('upkeep', 1, 120));
  while ((await store.tend(NOON + 3_600_000)).minutes > 0);
  const checked = await store.check();
  expect(checked.problems).toEqual([]);
  const { minutes } = await store.rebuild({ fromMs: NOON, toMs: NOON + 3_600_000 });
  expect(minutes).toBe(checked.minutes);
  const { bytesBefore, bytesAfter } = await store.compact();
  expect(bytesAfter).toBeLessThanOrEqual(bytesBefore);
  expect(await store.check()).toEqual(checked);
});
