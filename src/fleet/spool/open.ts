/** Opening the spools of a sensor's cameras. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StarlingError } from '../../contract/index.ts';
import { DiskFailure } from './disk.ts';
import { Spool } from './spool.ts';
import { ThreadedDisks } from './threaded-disks.ts';

/** How much a camera's spool keeps. What is too much or too old is dropped, the oldest first, and counted. */
export interface SpoolLimits {
  /** On the disk. */
  readonly mostBytes: number;
  readonly mostAgeMs: number;
  /** Observations in memory, while the disk fails. */
  readonly mostInMemory: number;
}

const GIB = 2 ** 30;
const DAY_MS = 86_400_000;

const DEFAULTS: SpoolLimits = { mostBytes: GIB, mostAgeMs: 7 * DAY_MS, mostInMemory: 600 };

/** A sensor whose hub died lets go of its files within 2 s. */
const PATIENCE_MS = 3000;
const RETRY_MS = 100;

/** Where to keep what. */
export interface SpoolsOptions {
  readonly folder: string;
  /** The greatest number that the hub knows, by camera; 0 for none. */
  readonly latest: ReadonlyMap<string, number>;
  readonly limits?: Partial<SpoolLimits>;
  /** How long to wait for another process to let go of a camera, ms. */
  readonly patienceMs?: number;
}

/** Open spools. */
export interface Spools {
  readonly byCamera: ReadonlyMap<string, Spool>;
  close(): Promise<void>;
}

const openPatiently = async (spool: Spool, patienceMs: number): Promise<void> => {
  const until = performance.now() + patienceMs;
  for (;;)
    try {
      await spool.open();
      return;
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
      if (performance.now() > until)
        throw new StarlingError('FLEET_IN_USE', { camera: spool.camera }, { cause: error });
      await delay(RETRY_MS);
    }
};

/**
 * Opens FOLDER/CAMERA.spool.sqlite of each camera, for this process alone.
 *
 * @throws FLEET_IN_USE
 */
export const openSpools = async (options: SpoolsOptions): Promise<Spools> => {
  const { folder, latest, patienceMs = PATIENCE_MS } = options;
  const limits = { ...DEFAULTS, ...options.limits };
  const disks = new ThreadedDisks();
  const spools = [...latest.keys()].map((camera) => {
    const disk = disks.disk(join(folder, `${camera}.spool.sqlite`), limits);
    return new Spool({ camera, disk, mostInMemory: limits.mostInMemory });
  });
  const close = async (): Promise<void> => {
    await Promise.all(spools.map((spool) => spool.close()));
    await disks.close();
  };
  try {
    await Promise.all(spools.map((spool) => openPatiently(spool, patienceMs)));
  } catch (error) {
    await close();
    throw error;
  }
  for (const spool of spools) spool.continueAfter(latest.get(spool.camera) ?? 0);
  return { byCamera: new Map(spools.map((spool) => [spool.camera, spool])), close };
};
