import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StarlingError } from '../contract/index.ts';
import type { TrajectoryRecording } from './index.ts';

/** Files that a test makes, in a folder of their own. */
export interface TestFiles extends AsyncDisposable {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** A folder that is gone after the test. */
export const testFiles = async (): Promise<TestFiles> => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-trajectory-'));
  return {
    folder,
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
};

/** One row of `trajectory_data`. */
export type TestRow = readonly [
  frame: number | string,
  id: number | bigint | string,
  x: number | null,
  y: number | null,
];

/** What a database of JuPedSim holds; parts can be left out. */
export interface TestDatabase {
  readonly version?: number | null;
  readonly fps?: number | string | null;
  readonly rows?: readonly TestRow[];
  /** Walkable areas; in version 2 with the frames that they hold for. */
  readonly areas?: readonly { readonly wkt: string; readonly frames: readonly number[] }[];
}

const createTables = (database: DatabaseSync, version: number): void => {
  database.exec(`CREATE TABLE trajectory_data (frame INTEGER NOT NULL, id INTEGER NOT NULL, pos_x REAL, pos_y REAL,
    ori_x REAL, ori_y REAL);
    CREATE INDEX frame_id_idx ON trajectory_data(frame, id);
    CREATE TABLE metadata(key TEXT NOT NULL UNIQUE PRIMARY KEY, value TEXT NOT NULL)`);
  if (version === 1) database.exec('CREATE TABLE geometry(wkt TEXT NOT NULL)');
  else
    database.exec(`CREATE TABLE geometry(hash INTEGER NOT NULL, wkt TEXT NOT NULL);
      CREATE TABLE frame_data(frame INTEGER NOT NULL, geometry_hash INTEGER NOT NULL)`);
};

/** Writes a database as JuPedSim does. */
export const writeDatabase = (path: string, { version = 2, fps = 10, rows = [], areas = [] }: TestDatabase): string => {
  using database = new DatabaseSync(path);
  createTables(database, version ?? 1);
  const metadata = database.prepare('INSERT INTO metadata VALUES (?, ?)');
  if (version !== null) metadata.run('version', String(version));
  if (fps !== null) metadata.run('fps', String(fps));
  const row = database.prepare('INSERT INTO trajectory_data VALUES (?, ?, ?, ?, 0, 0)');
  for (const values of rows) row.run(...values);
  areas.forEach(({ wkt, frames }, hash) => {
    if (version !== 2) database.prepare('INSERT INTO geometry VALUES (?)').run(wkt);
    else {
      database.prepare('INSERT INTO geometry VALUES (?, ?)').run(hash, wkt);
      for (const frame of frames) database.prepare('INSERT INTO frame_data VALUES (?, ?)').run(frame, hash);
    }
  });
  return path;
};

/** Frames as plain values: number, time, and people as `id@x,y`. */
export const framesOf = (recording: TrajectoryRecording): [frame: number, timeMs: number, people: string[]][] =>
  Array.from(recording.positions(), ({ frame, timeMs, count, id, x, y }) => [
    frame,
    timeMs,
    Array.from({ length: count }, (_, i) => `${id[i]}@${x[i]},${y[i]}`),
  ]);

/** What opening a file that cannot be used ends with. */
export const failureOf = async (opening: Promise<unknown>): Promise<StarlingError> => {
  const failure: unknown = await opening.catch((error: unknown) => error);
  if (failure instanceof StarlingError) return failure;
  throw new Error('It did not fail as it should.', { cause: failure });
};
