import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiskFailure, type SpoolDisk } from './disk.ts';
import { FileDisk } from './file-disk.ts';
import { openSpools } from './open.ts';
import { Spool } from './spool.ts';

const NOW_MS = 1_790_000_000_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-spool-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** A spool on a disk that can be made to fail. */
const setUp = (mostInMemory = 5) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const file = new FileDisk(join(folder, 'gate.spool.sqlite'), { mostBytes: 1e6, mostAgeMs: Number.POSITIVE_INFINITY });
  const fault: { reason: string | null; hangs: boolean } = { reason: null, hangs: false };
  const guarded = async <T>(action: () => T): Promise<T> => {
    if (fault.hangs) await new Promise(() => {});
    if (fault.reason !== null) throw new DiskFailure(fault.reason);
    return action();
  };
  const disk: SpoolDisk = {
    open: () => guarded(() => file.open()),
    write: (changes) => guarded(() => file.write(changes)),
    read: (after, limit) => guarded(() => file.read(after, limit)),
    close: () => guarded(() => file.close()),
  };
  const clock = { nowMs: NOW_MS };
  const spool = new Spool({ camera: 'gate', disk, mostInMemory, nowMs: () => clock.nowMs });
  const numbers = async (): Promise<number[]> => (await spool.unacknowledged(0, 100)).map(({ sequence }) => sequence);
  const append = (): Promise<number> => spool.append((sequence) => `body ${sequence}`);
  return { spool, disk, fault, clock, numbers, append, end: () => file.close() };
};

describe('a spool', () => {
  it('numbers, keeps, gives out and lets go', async () => {
    const { spool, append, numbers, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    expect([await append(), await append(), await append()]).toEqual([1, 2, 3]);
    expect(spool.status()).toMatchObject({ waiting: 3, dropped: 0, reason: null, error: null });
    expect(await spool.unacknowledged(1, 1)).toEqual([{ sequence: 2, body: 'body 2' }]);
    spool.acknowledge([1, 3]);
    expect(await numbers()).toEqual([2]);
    expect(spool.status().waiting).toBe(1);
    end();
  });

  it('writes what came while it wrote in one go, in order', async () => {
    const { spool, append, numbers, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    expect(await Promise.all(Array.from({ length: 5 }, append))).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
    end();
  });

  it('gives no number to what could not be made', async () => {
    const { spool, append, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    await expect(
      spool.append(() => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await append()).toBe(1);
    end();
  });

  it('goes on in memory while the disk fails, says so, and goes back by itself', async () => {
    const { spool, fault, append, numbers, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    await append();
    fault.reason = 'the disk is full';
    // The one whose writing failed keeps its number; those after it jump to the clock.
    expect([await append(), await append()]).toEqual([2, NOW_MS]);
    expect(spool.status().reason).toEqual({
      code: 'SPOOL_FAILED',
      message: 'Observations cannot be kept on disk until they are stored: the disk is full.',
    });
    expect(spool.status().error).toMatchObject({
      code: 'FLEET_SPOOL_FAILED',
      message: 'Observations of the camera gate cannot be kept on disk: the disk is full.',
    });
    expect(await numbers()).toEqual([2, NOW_MS]);
    fault.reason = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(spool.status()).toMatchObject({ waiting: 3, dropped: 0, reason: null });
    expect(await numbers()).toEqual([1, 2, NOW_MS]);
    expect(await append()).toBe(NOW_MS + 1);
    end();
  });

  it('begins in memory when the disk fails from the start', async () => {
    const { spool, fault, append, numbers, end } = setUp();
    fault.reason = 'the disk is read-only';
    await spool.open();
    spool.continueAfter(0);
    expect(await append()).toBe(NOW_MS);
    expect(await numbers()).toEqual([NOW_MS]);
    fault.reason = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(spool.status()).toMatchObject({ waiting: 1, reason: null });
    end();
  });

  it('passes over what the disk knows when that comes back, even if the clock had stopped', async () => {
    const { spool, fault, clock, disk, append, end } = setUp();
    await disk.write({ remove: [], append: [{ sequence: 500, body: '', atMs: 0 }] });
    fault.reason = 'the disk fails';
    clock.nowMs = 0;
    await spool.open();
    fault.reason = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await append()).toBe(501);
    end();
  });

  it('drops the oldest when memory is full, and says how many for a minute', async () => {
    const { spool, fault, clock, append, numbers, end } = setUp(3);
    await spool.open();
    spool.continueAfter(0);
    fault.reason = 'the disk is full';
    for (let i = 0; i < 5; i++) await append();
    expect(await numbers()).toEqual([NOW_MS + 1, NOW_MS + 2, NOW_MS + 3]);
    expect(spool.status()).toMatchObject({ waiting: 3, dropped: 2 });
    fault.reason = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(spool.status().reason?.message).toMatch(/2 observations were dropped/);
    clock.nowMs += 60_000;
    expect(spool.status()).toMatchObject({ reason: null, dropped: 2 });
    end();
  });

  it('has something to send even when what is on the disk cannot be read', async () => {
    const { spool, fault, append, numbers, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    await append();
    fault.reason = 'the disk fails';
    expect(await numbers()).toEqual([]);
    expect(spool.status().reason).not.toBeNull();
    expect(await append()).toBe(NOW_MS);
    expect(await numbers()).toEqual([NOW_MS]);
    end();
  });

  it('takes off the disk what was acknowledged, at the latest after 2 s', async () => {
    const { spool, append, disk, end } = setUp();
    await spool.open();
    spool.continueAfter(0);
    await append();
    spool.acknowledge([1]);
    expect(await disk.read(0, 10)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await disk.read(0, 10)).toEqual([]);
    end();
  });

  it('takes nothing after its end', async () => {
    const { spool, append } = setUp();
    await spool.open();
    await spool.close();
    await expect(append()).rejects.toMatchObject({ code: 'CLI_INTERNAL' });
  });
});

describe('the spools of a sensor', () => {
  it('keep to their own files, write on a thread, and go on after their numbers', async () => {
    const latest = new Map([
      ['gate', 0],
      ['door', 0],
    ]);
    const spools = await openSpools({ folder, latest });
    const gate = spools.byCamera.get('gate');
    expect(await gate?.append((n) => `gate ${n}`)).toBe(1);
    expect(await gate?.append((n) => `gate ${n}`)).toBe(2);
    expect(await spools.byCamera.get('door')?.append((n) => `door ${n}`)).toBe(1);
    gate?.acknowledge([1]);
    await spools.close();
    const again = await openSpools({ folder, latest });
    expect(await again.byCamera.get('gate')?.unacknowledged(0, 10)).toEqual([{ sequence: 2, body: 'gate 2' }]);
    expect(await again.byCamera.get('gate')?.append(() => '')).toBe(3);
    await again.close();
  });

  it('are refused to a second process, and let go of those that it got', async () => {
    const spools = await openSpools({ folder, latest: new Map([['gate', 0]]) });
    const both = new Map([
      ['door', 0],
      ['gate', 0],
    ]);
    await expect(openSpools({ folder, latest: both, patienceMs: 200 })).rejects.toMatchObject({
      code: 'FLEET_IN_USE',
      message: 'The camera gate is being watched by another process from the same data folder.',
    });
    await spools.close();
    const again = await openSpools({ folder, latest: both, patienceMs: 200 });
    await again.close();
  });

  it('begin in memory where there can be no file', async () => {
    writeFileSync(join(folder, 'file'), '');
    const spools = await openSpools({ folder: join(folder, 'file'), latest: new Map([['gate', 0]]) });
    const gate = spools.byCamera.get('gate');
    expect(await gate?.append(() => '')).toBeGreaterThan(1e12);
    expect(gate?.status().reason?.code).toBe('SPOOL_FAILED');
    await spools.close();
  });
});
