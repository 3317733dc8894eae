/**
 * A ledger as it is after months: cameras with one zone and one gate each, rolled up, without the seconds they came
 * from. It is written by SQL alone, a few hundred thousand rows a second.
 *
 *   fillHistory(database, { cameras: 3, days: 365, levelS: 60, endMs });    // a year of minutes of three
 *   fillHistory(database, { cameras: 100, days: 365, levelS: 900, endMs }); // a year of quarter-hours of a hundred
 */
import type { DatabaseSync } from 'node:sqlite';
import { FIGURE_COLUMNS } from '../src/store/sqlite/columns.ts';

/** How much history is made. */
export interface HistoryOptions {
  /** The first of them are the same ones in every call. */
  readonly cameras: number;
  readonly days: number;
  /** Minutes (60) or quarter-hours (900). */
  readonly levelS: 60 | 900;
  /** When the last row ends: UTC, ms, a whole quarter-hour. */
  readonly endMs: number;
}

/** Name of a camera, counted from 1. */
export const cameraName = (number: number): string => `camera-${String(number).padStart(3, '0')}`;

/** A number in [0, 64) that looks like chance, and is the same every time. */
const figure = (column: number): string =>
  `((start_s / 60 * 40503 + place * 7919 + ${column * 2939}) & 65535) / 1024.0`;

// Weights are the length of the row, errors a number; every quantity is known all the time.
const figureOf = (name: string, column: number): string =>
  name.endsWith('_weight') ? 'level_s * 1.0' : figure(column);

const ROWS = `WITH RECURSIVE times(start_s) AS (
  SELECT :from UNION ALL SELECT start_s + :level FROM times WHERE start_s + :level < :to
), rows AS (SELECT :level AS level_s, id AS place, start_s FROM place CROSS JOIN times WHERE kind = :kind AND camera <= :cameras)`;

const ZONES = `INSERT INTO zone_span
  (level_s, place, start_s, measured_s, last_ms, seen_share, area_m2, ${FIGURE_COLUMNS.join(', ')}) ${ROWS}
  SELECT level_s, place, start_s, level_s, (start_s + level_s - 1) * 1000, 1, 120, ${FIGURE_COLUMNS.map(figureOf).join(', ')} FROM rows`;

const GATES = `INSERT INTO gate_span
  (level_s, place, start_s, measured_s, known_s, last_ms, seen_share, width_m, variance, systematic) ${ROWS}
  SELECT level_s, place, start_s, level_s, level_s, (start_s + level_s - 1) * 1000, 1, 4, ${figure(1)}, ${figure(4)} FROM rows`;

const CROSSINGS = `INSERT INTO crossing_span (level_s, place, start_s, class, in_count, out_count) ${ROWS}
  SELECT level_s, place, start_s, 'person', CAST(${figure(2)} AS INTEGER), CAST(${figure(3)} AS INTEGER) FROM rows`;

const CAMERAS = `INSERT INTO camera_span
  (level_s, camera, start_s, measured_s, offered, measured, dropped, ok_s, degraded_s, connecting_s, unknown_s) ${ROWS}
  SELECT level_s, place, start_s, level_s, 25 * level_s, 5 * level_s, 0, level_s, 0, 0, 0 FROM rows`;

const addCameras = (database: DatabaseSync, cameras: number): void => {
  const camera = database.prepare('INSERT OR IGNORE INTO camera (id, name) VALUES (?, ?)');
  const place = database.prepare('INSERT OR IGNORE INTO place (camera, kind, name) VALUES (?, ?, ?)');
  for (let id = 1; id <= cameras; id++) {
    camera.run(id, cameraName(id));
    place.run(id, 'zone', 'view');
    place.run(id, 'gate', 'door');
  }
};

// As if seconds, and minutes where there are none, had been dropped.
const HORIZONS = `UPDATE camera SET seconds_from_s = :to, minutes_from_s =
  iif(EXISTS (SELECT 1 FROM camera_span WHERE level_s = 60 AND camera = camera.id), 0, :to) WHERE id <= :cameras`;

/** Writes history into a ledger that has none at this level. */
export const fillHistory = (database: DatabaseSync, { cameras, days, levelS, endMs }: HistoryOptions): void => {
  const to = endMs / 1000;
  const given = { from: to - days * 86_400, to, level: levelS, cameras };
  database.exec('BEGIN');
  addCameras(database, cameras);
  database.prepare(ZONES).run({ ...given, kind: 'zone' });
  database.prepare(GATES).run({ ...given, kind: 'gate' });
  database.prepare(CROSSINGS).run({ ...given, kind: 'gate' });
  const camerasAsPlaces = CAMERAS.replace('id AS place', 'camera AS place');
  database.prepare(camerasAsPlaces).run({ ...given, kind: 'zone' });
  database.prepare(HORIZONS).run({ to, cameras });
  database.exec('COMMIT');
};
