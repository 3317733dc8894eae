import { readFile } from 'node:fs/promises';
import { inspect, reading } from './content.ts';
import { readDatabase } from './database.ts';
import { type TrajectoryRecording, walk } from './recording.ts';
import type { RawTrajectories, Unit } from './rows.ts';
import { readTable } from './table.ts';
import { arrange } from './timeline.ts';
import { doubtsOfUnit, perMetreOf } from './unit.ts';

/** What a trajectory file may be told; each goes before what the file says itself. */
export interface TrajectoryOptions {
  /** Frame numbers in a second. */
  readonly frameRate?: number;
  readonly unit?: Unit;
  /** First and last frame that are wanted, in the file's own numbers, both inclusive. */
  readonly fromFrame?: number;
  readonly toFrame?: number;
}

const read = async (path: string, { frameRate, unit }: TrajectoryOptions): Promise<RawTrajectories> => {
  if ((await inspect(path)) === 'database') return readDatabase(path, frameRate);
  return readTable(path, await reading(path, () => readFile(path)), { frameRate, unit });
};

/**
 * Reads a trajectory file: text of the Jülich archive and of JuPedSim, CSV with named columns, or JuPedSim's SQLite.
 *
 * The file is read whole, as many are sorted by person: its bytes and 80 bytes a row while it is read, 20 bytes a row
 * from then on.
 *
 * @throws TRAJECTORY_NOT_FOUND, TRAJECTORY_NOT_READABLE, TRAJECTORY_UNKNOWN_FORMAT, TRAJECTORY_TOO_LARGE,
 *   TRAJECTORY_EMPTY, TRAJECTORY_BAD_COLUMNS, TRAJECTORY_BAD_ROW, TRAJECTORY_BAD_DATABASE, TRAJECTORY_BAD_RATE,
 *   TRAJECTORY_UNIT_UNCLEAR, TRAJECTORY_RANGE_EMPTY, TRAJECTORY_TOO_LONG
 * @see https://ped.fz-juelich.de/da for the archive and its text format
 */
export const openTrajectories = async (path: string, options: TrajectoryOptions = {}): Promise<TrajectoryRecording> => {
  const raw = await read(path, options);
  const { format, frameRate, geometry } = raw;
  const unit = options.unit ?? raw.unit;
  const perMetre = perMetreOf(unit);
  const { fromFrame, toFrame } = options;
  const timeline = arrange(raw, { path, fromFrame, toFrame, perMetre });
  const { firstFrame, lastFrame, step, people, bounds } = timeline;
  return {
    format,
    frameRate,
    frameStep: step,
    firstFrame,
    lastFrame,
    frames: timeline.begin.length - 1,
    people,
    geometry: geometry?.map((ring) => ring.map(([x, y]) => [x / perMetre, y / perMetre] as const)) ?? null,
    bounds,
    doubts: [...raw.doubts, ...timeline.doubts, ...doubtsOfUnit(path, timeline, frameRate, unit)],
    positions: () => walk(timeline, frameRate),
  };
};
