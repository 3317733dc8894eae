/** Whether the file is whole: its pages, its indices, and rows that name others. */
import type { DatabaseSync } from 'node:sqlite';
import { prepare, rowsOf } from '../rows.ts';
import type { Problems } from './problems.ts';

/** Damaged places that are counted; one bad stretch of a disk spoils many. */
const MOST_PLACES = 10;

/** Reads every page. */
export const checkPages = (database: DatabaseSync, problems: Problems): void => {
  const lines = rowsOf(prepare(database, `PRAGMA integrity_check(${MOST_PLACES})`)).flatMap(([found]) =>
    String(found).split('\n'),
  );
  const places = lines.filter((line) => line !== 'ok' && !line.startsWith('***'));
  if (places.length === 0) return;
  const count = places.length < MOST_PLACES ? String(places.length) : `${places.length} or more`;
  problems.add(
    `The file is damaged in ${count} ${places.length === 1 ? 'place' : 'places'}; SQLite says of the first: ${places[0]}.`,
  );
};

/** Looks for rows of a camera, zone or gate that is not there. */
export const checkReferences = (database: DatabaseSync, problems: Problems): void => {
  const missing = new Map<string, number>();
  for (const row of prepare(database, 'PRAGMA foreign_key_check').iterate()) {
    const [table, , parent] = Object.values(row);
    const words = `${String(table)} without a ${String(parent)}`;
    missing.set(words, (missing.get(words) ?? 0) + 1);
  }
  for (const [words, count] of missing) problems.add(`There are ${count} rows of ${words}.`);
};

const OVERLAPS = `
  SELECT name, first_sequence, last_sequence, next_sequence
  FROM (
    SELECT camera, first_sequence, last_sequence,
      lead(first_sequence) OVER (PARTITION BY camera ORDER BY first_sequence) AS next_sequence
    FROM received
  ) JOIN camera ON camera.id = camera
  WHERE next_sequence <= last_sequence`;

// A camera at a time: sorting every second of every camera would take too much memory.
const REPEATS = 'SELECT sequence, count(*) FROM second WHERE camera = ? GROUP BY sequence HAVING count(*) > 1';

const NOT_RECEIVED = `
  SELECT sequence FROM second
  WHERE camera = ?1 AND ifnull((
    SELECT last_sequence FROM received
    WHERE received.camera = ?1 AND first_sequence <= second.sequence
    ORDER BY first_sequence DESC LIMIT 1
  ), -1) < sequence`;

/** Whether each sequence number was taken once, and is among those that are said to be taken. */
export const checkSequences = (database: DatabaseSync, problems: Problems): void => {
  for (const [name, first, last, next] of rowsOf(prepare(database, OVERLAPS)))
    problems.add(
      `Camera ${String(name)}: the numbers ${String(first)} to ${String(last)} are said to be taken twice, from ${String(next)} on.`,
    );
  const [repeats, notReceived] = [prepare(database, REPEATS), prepare(database, NOT_RECEIVED)];
  for (const [id, name] of rowsOf(prepare(database, 'SELECT id, name FROM camera ORDER BY name'))) {
    for (const row of repeats.iterate(id)) {
      const [sequence, count] = Object.values(row);
      problems.add(`Camera ${String(name)}: the observation ${String(sequence)} is there ${String(count)} times.`);
    }
    for (const row of notReceived.iterate(id))
      problems.add(
        `Camera ${String(name)}: the observation ${String(Object.values(row)[0])} is there, and not said to be taken.`,
      );
  }
};
