import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SITE_DEFAULTS, StarlingError } from '../contract/index.ts';
import { openStore, type StoreOptions } from './open.ts';
import { observationOf } from './sqlite/observation.fixture.ts';
import type { Store } from './store.ts';

const RETENTION = SITE_DEFAULTS.privacy.retention;

let folder = '';
let stores: Store[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-store-'));
  stores = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const store of stores) await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (options: Partial<StoreOptions> = {}): Promise<Store> => {
  const store = await openStore({ folder, retention: RETENTION, ...options });
  stores.push(store);
  return store;
};

const codeOf = async (action: Promise<unknown>): Promise<string> => {
  try {
    await action;
    return 'ok';
  } catch (error) {
    return error instanceof StarlingError ? error.code : String(error);
  }
};

const batch = (first: number, count = 1) =>
  Array.from({ length: count }, (_, i) => observationOf({ sequence: first + i }));

const newest = (sequence: number): Map<string, number> => new Map([['square-north', sequence]]);

/** Overwrites the beginning of the ledger, as a failing disk would. */
const spoilHeader = (): void => {
  const file = openSync(join(folder, 'ledger.sqlite'), 'r+');
  writeSync(file, Buffer.alloc(100, 'noise! '));
  closeSync(file);
};

/** Another process that has the ledger, until it is killed. */
const startHolder = async () => {
  const program = `
    const { openStore } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const store = await openStore({ folder: ${JSON.stringify(folder)}, retention: ${JSON.stringify({ ...RETENTION, quarterHours: 1e15 })} });
    process.stdout.write('open');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
};

describe('the life of a store', () => {
  it('keeps what it was given, for whoever opens it next', async () => {
    const first = await open();
    expect(await first.append(batch(1, 3))).toEqual({ stored: 3, repeated: 0, refused: 0 });
    await first[Symbol.asyncDispose]();
    const second = await open();
    expect(await second.append(batch(3, 2))).toEqual({ stored: 1, repeated: 1, refused: 0 });
    expect(await second.latest()).toEqual(newest(4));
    expect(second.status()).toEqual({ state: 'ok' });
    // SQLite's own files are gone with the last connection.
    await second[Symbol.asyncDispose]();
    expect(readdirSync(folder).sort()).toEqual(['ledger.lock', 'ledger.sqlite']);
  });

  it('finishes what it was asked before it closes, and takes nothing afterwards', async () => {
    const store = await open();
    const pending = Array.from({ length: 10 }, (_, i) => store.append(batch(i + 1)));
    await store[Symbol.asyncDispose]();
    expect((await Promise.all(pending)).every(({ stored }) => stored === 1)).toBe(true);
    expect(await codeOf(store.append(batch(11)))).toBe('STORE_NOT_WRITABLE');
    expect(await codeOf(store.gaps({ fromMs: 0, toMs: 1 }))).toBe('STORE_NOT_READABLE');
    await store[Symbol.asyncDispose]();
    expect(await (await open()).latest()).toEqual(newest(10));
  });

  it('refuses it while another process has the ledger, and not a moment longer', async () => {
    const holder = await startHolder();
    try {
      expect(await codeOf(open())).toBe('STORE_IN_USE');
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    expect(await (await open()).append(batch(1))).toMatchObject({ stored: 1 });
  });

  it('says where there is none, when none is to be begun', async () => {
    expect(await codeOf(open({ create: false }))).toBe('STORE_NOT_FOUND');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('trouble', () => {
  it('opens on a disk that cannot be written, says so, and goes on when it can', async () => {
    writeFileSync(join(folder, 'data'), 'in the way');
    const store = await open({ folder: join(folder, 'data') });
    expect(store.status()).toMatchObject({ state: 'failed', error: { code: 'STORE_NOT_WRITABLE' } });
    expect(await codeOf(store.append(batch(1)))).toBe('STORE_NOT_WRITABLE');
    expect(await codeOf(store.gaps({ fromMs: 0, toMs: 1 }))).toBe('STORE_NOT_FOUND');
    expect(await store.latest()).toEqual(new Map());
    rmSync(join(folder, 'data'));
    await vi.waitFor(async () => expect(await codeOf(store.append(batch(1)))).toBe('ok'), { timeout: 5000 });
    expect(store.status()).toEqual({ state: 'ok' });
    expect(await store.gaps({ fromMs: 0, toMs: 1 })).toEqual([]);
  });

  it('still reads a ledger that it cannot write', async () => {
    const before = await open();
    await before.append(batch(1, 5));
    await before[Symbol.asyncDispose]();
    writeFileSync(join(folder, 'ledger.lock'), 'no lock at all, and longer than a header of SQLite'.repeat(3));
    const store = await open();
    expect(store.status()).toMatchObject({ state: 'failed', error: { code: 'STORE_NOT_WRITABLE' } });
    expect(await store.latest()).toEqual(newest(5));
    expect(await store.cameras({ fromMs: 0, toMs: Date.UTC(2027, 0), step: 'month', timezone: 'UTC' })).toHaveLength(1);
  });

  it('puts a damaged ledger aside, tells it once, and reads the new one', async () => {
    const before = await open();
    await before.append(batch(1, 5));
    await before[Symbol.asyncDispose]();
    const { size } = statSync(join(folder, 'ledger.sqlite'));
    spoilHeader();
    const onTrouble = vi.fn<(error: StarlingError) => void>();
    const store = await open({ onTrouble });
    expect(store.status()).toEqual({ state: 'ok' });
    expect(onTrouble.mock.calls).toEqual([[expect.objectContaining({ code: 'STORE_CORRUPT' })]]);
    // Sensors go on with their own numbers; nothing of the damaged ledger is known any more.
    expect(await store.latest()).toEqual(new Map());
    expect(await store.append(batch(4, 3))).toEqual({ stored: 3, repeated: 0, refused: 0 });
    const aside = readdirSync(folder).filter((name) => name.includes('.corrupt-'));
    expect(aside.map((name) => statSync(join(folder, name)).size)).toEqual([size]);
  });

  it('reads the new ledger when its own was taken away while it was being read', async () => {
    const onTrouble = vi.fn<(error: StarlingError) => void>();
    const store = await open({ onTrouble });
    const query = { fromMs: 0, toMs: Date.UTC(2027, 0), step: 'month', timezone: 'UTC' } as const;
    await store.append(batch(1, 5));
    expect(await store.cameras(query)).toHaveLength(1);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await store.append([observationOf({ sequence: 6, camera: 'gate-south' })]);
    expect(onTrouble.mock.calls).toEqual([[expect.objectContaining({ code: 'STORE_NOT_WRITABLE' })]]);
    expect((await store.cameras(query)).map(({ camera }) => camera)).toEqual(['gate-south']);
  });

  it('goes on when its thread dies, counts nothing twice and forgets nothing that it said it had', async () => {
    const asked = vi.spyOn(Worker.prototype, 'postMessage');
    const store = await open();
    await store.append(batch(1, 5));
    const thread = asked.mock.contexts.find((one) => one instanceof Worker);
    const pending = codeOf(store.append(batch(6, 5)));
    await Promise.resolve();
    await thread?.terminate();
    expect(await pending).toBe('STORE_NOT_WRITABLE');
    expect(store.status()).toMatchObject({
      state: 'failed',
      error: { message: expect.stringMatching(/thread ended/) },
    });
    await vi.waitFor(async () => expect(await codeOf(store.append(batch(6, 5)))).toBe('ok'), { timeout: 5000 });
    expect(store.status()).toEqual({ state: 'ok' });
    expect(await store.latest()).toEqual(newest(10));
    expect(await store.append(batch(1, 10))).toEqual({ stored: 0, repeated: 10, refused: 0 });
  });
});
