import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const HUB = fileURLToPath(new URL('./hub.fixture.ts', import.meta.url));
const SENSOR = fileURLToPath(new URL('./sensor.fixture.ts', import.meta.url));

let folder = '';
const hubs: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-crash-'));
  writeFileSync(join(folder, 'journal'), '');
  writeFileSync(join(folder, 'ledger'), '');
});
afterEach(async () => {
  // Sensors end by themselves.
  for (const hub of hubs.splice(0)) hub.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
});

/** Camera, number and time of each line. */
const linesOf = (name: string): string[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line.split(' ').length === 3);

const startHub = (everyMs: number): ChildProcess => {
  const settings = {
    ledger: join(folder, 'ledger'),
    journal: join(folder, 'journal'),
    spoolFolder: join(folder, 'spools'),
    script: SENSOR,
    everyMs,
    sensors: [['square', 'gate'], ['stairs']],
  };
  const hub = spawn(process.execPath, [HUB, JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  hubs.push(hub);
  return hub;
};

const childrenOf = ({ pid }: ChildProcess): number[] =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .map(Number)
    .filter((child) => child > 0);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits until it is so. @throws when it takes too long */
const until = async (isSo: () => boolean, ms: number): Promise<void> => {
  await vi.waitFor(() => expect(isSo()).toBe(true), { timeout: ms, interval: 20 });
};

/** What sensors were told is kept, and the ledger has not. */
const missing = (): string[] => {
  const has = new Set(linesOf('ledger'));
  return linesOf('journal').filter((line) => !has.has(line));
};

const numbersOf = (camera: string): number[] =>
  linesOf('ledger').flatMap((line) => (line.startsWith(`${camera} `) ? [Number(line.split(' ')[1])] : []));

const stop = async (hub: ChildProcess): Promise<number> => {
  const startMs = performance.now();
  hub.send('stop');
  await once(hub, 'exit');
  return performance.now() - startMs;
};

/** Runs a fleet until it is at work, and hands it over with its sensors. */
const startFleet = async (): Promise<{ hub: ChildProcess; sensors: readonly number[] }> => {
  const count = linesOf('ledger').length;
  const hub = startHub(10);
  await until(() => linesOf('ledger').length > count + 20, 60_000);
  return { hub, sensors: childrenOf(hub) };
};

/** Kills some of its sensors; they come back, and the fleet stops in good order. */
const killSensors = async (count: number): Promise<void> => {
  const { hub, sensors } = await startFleet();
  const killed = sensors.slice(0, count);
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  await until(() => childrenOf(hub).filter((pid) => !killed.includes(pid)).length === 2, 20_000);
  expect(await stop(hub)).toBeLessThan(5000);
};

/** Kills the hub, and some of its sensors with it; the others end by themselves. */
const killHub = async (count: number): Promise<void> => {
  const { hub, sensors } = await startFleet();
  for (const pid of sensors.slice(0, count)) process.kill(pid, 'SIGKILL');
  hub.kill('SIGKILL');
  // 2 s, and something for a machine that is busy with other tests.
  await until(() => !sensors.some(isAlive), 4000);
};

describe.skipIf(process.platform === 'win32')('a fleet whose processes are killed', () => {
  it('stores each observation exactly once', { timeout: 180_000 }, async () => {
    await killSensors(1);
    await killHub(0);
    await killSensors(2);
    await killHub(1);
    const { hub } = await startFleet();
    expect(await stop(hub)).toBeLessThan(5000);
    expect(missing()).toEqual([]);
    for (const camera of ['square', 'gate', 'stairs']) {
      const numbers = numbersOf(camera);
      // Each once; and as the disk never failed, none was passed over.
      expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((__, at) => at + 1));
    }
  });
});
