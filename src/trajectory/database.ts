/** SQLite as JuPedSim writes it, and PedPy reads it: versions 1 and 2. */
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type HealthReason, isSimplePolygon, signedArea, StarlingError } from '../contract/index.ts';
import { statedRate } from './clock.ts';
import { PersonCounter, type RawTrajectories, Rows } from './rows.ts';
import { parsePolygons, type Rings } from './wkt.ts';

const COLUMNS = ['frame', 'id', 'pos_x', 'pos_y'];
const VERSIONS = ['1', '2'];

const refuse = (path: string, problem: string, cause?: unknown): StarlingError =>
  new StarlingError('TRAJECTORY_BAD_DATABASE', { path, problem }, { cause });

/** Names of a table's columns, or of a view's; none when there is no such table. */
const columnsOf = (database: DatabaseSync, table: string): readonly unknown[] =>
  database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map((row) => row['name']);

const checkTables = (path: string, database: DatabaseSync): void => {
  const columns = columnsOf(database, 'trajectory_data');
  if (columns.length === 0) throw refuse(path, 'it has no table trajectory_data');
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw refuse(path, `the table trajectory_data has no column ${missing.join(', ')}`);
};

/** A value of the table `metadata`; null when it or the table is missing. */
const metadata = (database: DatabaseSync, key: string): string | null => {
  if (!['key', 'value'].every((name) => columnsOf(database, 'metadata').includes(name))) return null;
  const value = database.prepare('SELECT value FROM metadata WHERE key = ?').get(key)?.['value'] ?? null;
  return value === null ? null : String(value).trim();
};

const rateOf = (path: string, database: DatabaseSync, told: number | undefined): number => {
  const text = metadata(database, 'fps');
  const rate = statedRate(path, told, text === null ? [] : [Number(text)]);
  if (rate !== null) return rate;
  throw new StarlingError('TRAJECTORY_BAD_RATE', { path, reason: 'its table metadata has no fps' });
};

const checkVersion = (path: string, database: DatabaseSync): string => {
  const version = metadata(database, 'version') ?? '1';
  if (VERSIONS.includes(version)) return version;
  throw refuse(path, `it is of version ${version}; known are ${VERSIONS.join(' and ')}`);
};

/** An id that no double can hold comes as text, so that two of them stay two. */
const ROWS = `SELECT frame, iif(typeof(id) = 'integer' AND abs(id) > 9007199254740991, CAST(id AS TEXT), id),
  pos_x, pos_y FROM trajectory_data`;

const numberOr = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

const readRows = (path: string, database: DatabaseSync): Rows => {
  const rows = new Rows(1024, false);
  const people = new PersonCounter();
  const statement = database.prepare(ROWS);
  // Arrays take two thirds of the time of objects.
  statement.setReturnArrays(true);
  let row = 0;
  for (const { 0: frame, 1: id, 2: x, 3: y } of statement.iterate()) {
    row += 1;
    const fault = (problem: string): StarlingError => refuse(path, `row ${row} of trajectory_data has ${problem}`);
    if (typeof frame !== 'number' || !Number.isSafeInteger(frame)) throw fault('no whole number for frame');
    if (typeof id !== 'number' && typeof id !== 'string') throw fault('no id');
    if (typeof x === 'string' || typeof y === 'string') throw fault('text for a position');
    rows.add(people.of(id), frame, numberOr(x), numberOr(y), row);
  }
  rows.trim();
  if (rows.count === 0) throw new StarlingError('TRAJECTORY_EMPTY', { path });
  return rows;
};

/** Version 2 lists the frames that were recorded, those without anybody, too. */
const recordedFrames = (database: DatabaseSync): RawTrajectories['recorded'] => {
  if (!columnsOf(database, 'frame_data').includes('frame')) return null;
  const row = database.prepare('SELECT min(frame) AS first, max(frame) AS last FROM frame_data').get();
  const [first, last] = [row?.['first'], row?.['last']];
  return Number.isSafeInteger(first) &&
    Number.isSafeInteger(last) &&
    typeof first === 'number' &&
    typeof last === 'number'
    ? { first, last }
    : null;
};

const FIRST_IN_TIME = `SELECT wkt FROM frame_data JOIN geometry ON geometry.hash = frame_data.geometry_hash
  ORDER BY frame_data.frame LIMIT 1`;
const ANY = 'SELECT wkt FROM geometry LIMIT 1';

const firstGeometry = (database: DatabaseSync): string | null => {
  const isListed =
    columnsOf(database, 'frame_data').includes('geometry_hash') && columnsOf(database, 'geometry').includes('hash');
  const row = (isListed ? database.prepare(FIRST_IN_TIME).get() : undefined) ?? database.prepare(ANY).get();
  const wkt = row?.['wkt'];
  return typeof wkt === 'string' ? wkt : null;
};

const isArea = (ring: Rings[number]): boolean => isSimplePolygon(ring) && signedArea(ring) !== 0;

interface Area {
  readonly geometry: Rings | null;
  readonly doubts: readonly HealthReason[];
}

const notUsed = (why: string): Area => ({
  geometry: null,
  doubts: [
    {
      code: 'GEOMETRY_NOT_USED',
      message: `The walkable area in the file ${why}, and is not used; give one as walkable in the site file.`,
    },
  ],
});

/** A walkable area of one piece; of several over time the first. */
const readArea = (database: DatabaseSync): Area => {
  if (!columnsOf(database, 'geometry').includes('wkt')) return { geometry: null, doubts: [] };
  const wkt = firstGeometry(database);
  if (wkt === null) return { geometry: null, doubts: [] };
  const polygons = parsePolygons(wkt);
  if (polygons === null) return notUsed('cannot be read');
  if (polygons.length !== 1) return notUsed(`has ${polygons.length} parts`);
  const [geometry] = polygons;
  if (!geometry.every(isArea)) return notUsed('crosses itself, or has no area');
  const count = Number(database.prepare('SELECT count(DISTINCT wkt) AS count FROM geometry').get()?.['count']);
  if (count <= 1) return { geometry, doubts: [] };
  const message = `The file has ${count} walkable areas, one after the other; the first is used throughout.`;
  return { geometry, doubts: [{ code: 'GEOMETRY_CHANGES', message }] };
};

const readAll = (path: string, database: DatabaseSync, frameRate: number | undefined): RawTrajectories => {
  checkTables(path, database);
  const version = checkVersion(path, database);
  const rate = rateOf(path, database, frameRate);
  return {
    format: `JuPedSim SQLite, version ${version}`,
    rows: readRows(path, database),
    frameRate: rate,
    unit: 'm',
    ...readArea(database),
    recorded: recordedFrames(database),
    placeOf: (row) => `row ${row} of trajectory_data in ${path}`,
  };
};

/**
 * Reads a database; it is opened for reading only.
 *
 * @throws TRAJECTORY_BAD_DATABASE, TRAJECTORY_BAD_RATE, TRAJECTORY_EMPTY
 */
export const readDatabase = (path: string, frameRate: number | undefined): RawTrajectories => {
  try {
    // A name such as `file:x` would be taken for a URL.
    using database = new DatabaseSync(resolve(path), { readOnly: true });
    return readAll(path, database, frameRate);
  } catch (error) {
    if (error instanceof StarlingError) throw error;
    throw refuse(path, error instanceof Error ? error.message : 'it cannot be read', error);
  }
};
