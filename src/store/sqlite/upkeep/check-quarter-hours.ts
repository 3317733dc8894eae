/**
 * Whether quarter-hours are the sums of their minutes. The database alone works it out, so that the program that rolled
 * them up is not asked whether it did so rightly.
 */
import type { DatabaseSync } from 'node:sqlite';
import { FIGURE_COLUMNS } from '../columns.ts';
import { prepare, rowsOf, type Value } from '../rows.ts';
import { minuteText, type OnShare, type Problems, TOLERANCE } from './problems.ts';

interface Table {
  readonly name: string;
  /** Column that says whose row it is. */
  readonly owner: 'camera' | 'place';
  /** Rows of one owner and time are told apart by this, if anything. */
  readonly kind: 'class' | "''";
  /** Columns that add up. */
  readonly columns: readonly string[];
}

const TABLES: readonly Table[] = [
  {
    name: 'camera_span',
    owner: 'camera',
    kind: "''",
    columns: ['measured_s', 'offered', 'measured', 'dropped', 'ok_s', 'degraded_s', 'connecting_s', 'unknown_s'],
  },
  { name: 'zone_span', owner: 'place', kind: "''", columns: ['measured_s', 'last_ms', ...FIGURE_COLUMNS] },
  {
    name: 'gate_span',
    owner: 'place',
    kind: "''",
    columns: ['measured_s', 'known_s', 'last_ms', 'variance', 'systematic'],
  },
  { name: 'crossing_span', owner: 'place', kind: 'class', columns: ['in_count', 'out_count'] },
];

/** How the parts of a column make the whole. A standard error is known when that of every part is. */
const whole = (column: string): string => {
  if (column.endsWith('_min')) return `min(${column})`;
  if (column.endsWith('_max') || column === 'last_ms') return `max(${column})`;
  if (!column.endsWith('_error')) return `sum(${column})`;
  return `CASE WHEN count(${column}) = count(${column.replace(/_error$/, '_sum')}) THEN sum(${column}) END`;
};

const isSame = (column: string): string =>
  `(found.${column} IS made.${column}
    OR abs(found.${column} - made.${column}) <= ${TOLERANCE} * max(1, abs(made.${column})))`;

/**
 * Rows of an owner ?1 of the camera ?2, from ?3 on, that are not what their minutes make: when they begin, which of the
 * two is missing, and the columns that differ. What is still to be rolled up is left out.
 */
const sqlFor = ({ name, owner, kind, columns }: Table): string => `
  WITH made AS (
    SELECT start_s / 900 * 900 AS start_s, ${kind} AS kind, 1 AS is_there,
      ${columns.map((column) => `${whole(column)} AS ${column}`).join(', ')}
    FROM ${name} WHERE level_s = 60 AND ${owner} = ?1 AND start_s >= ?3
    GROUP BY start_s / 900, ${kind}
  ), found AS (
    SELECT start_s, ${kind} AS kind, 1 AS is_there, ${columns.join(', ')}
    FROM ${name} WHERE level_s = 900 AND ${owner} = ?1 AND start_s >= ?3
  ), compared AS (
    SELECT start_s, kind, found.is_there AS is_found, made.is_there AS is_made,
      ${columns.map((column) => `iif(${isSame(column)}, '', ' ${column}')`).join(' || ')} AS different
    FROM found FULL JOIN made USING (start_s, kind)
  )
  SELECT start_s, kind, is_found, is_made, different FROM compared
  WHERE different <> '' AND NOT EXISTS (
    SELECT 1 FROM due WHERE camera = ?2 AND level_s IN (60, 900)
      AND due.start_s >= compared.start_s AND due.start_s < compared.start_s + 900
  )`;

const describe = (subject: string, [startS, kind, isFound, isMade, different]: readonly Value[]): string => {
  const what = `${subject}${kind === '' ? '' : `, ${String(kind)}`}, quarter-hour from ${minuteText(Number(startS))}`;
  if (isFound === null) return `${what}: it is missing, though its minutes are there.`;
  if (isMade === null) return `${what}: its minutes are missing.`;
  return `${what}: it is not the sum of its minutes in${String(different)}.`;
};

/** Cameras, and what they measure at. */
const OWNERS = `
  SELECT 'camera', id, id, minutes_from_s, 'Camera ' || name FROM camera
  UNION ALL
  SELECT 'place', place.id, camera.id, minutes_from_s, 'Camera ' || camera.name || ', ' || kind || ' ' || place.name
  FROM place JOIN camera ON camera.id = camera
  ORDER BY 3, 2`;

/** Compares every quarter-hour with its minutes, as far as these are still kept. */
export const checkQuarterHours = (database: DatabaseSync, problems: Problems, onShare: OnShare): void => {
  const tables = TABLES.map((table) => ({ owner: table.owner, statement: prepare(database, sqlFor(table)) }));
  const owners = rowsOf(prepare(database, OWNERS));
  owners.forEach(([kind, id, camera, fromS, subject], i) => {
    for (const { owner, statement } of tables)
      if (owner === kind)
        for (const row of statement.iterate(id, camera, fromS))
          problems.add(describe(String(subject), Object.values(row)));
    onShare((i + 1) / owners.length);
  });
};
