/** Looks a whole ledger over, as it is at one instant. */
import type { DatabaseSync } from 'node:sqlite';
import type { Checked } from '../../store.ts';
import { decodeField } from '../field-body.ts';
import { MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import { prepare, scalar } from '../rows.ts';
import { checkPages, checkReferences, checkSequences } from './check-file.ts';
import { checkMinutes } from './check-minutes.ts';
import { checkQuarterHours } from './check-quarter-hours.ts';
import { endReading } from './end-reading.ts';
import { minuteText, type OnShare, Problems } from './problems.ts';

/** Told what is being looked at, and how much of that is done, 0 to 1. */
export type OnCheck = (part: string, share: number) => void;

const FIELDS = 'SELECT camera.name, start_s, body FROM field_span JOIN camera ON camera.id = camera';

const checkFields = (database: DatabaseSync, problems: Problems): void => {
  for (const row of prepare(database, FIELDS).iterate()) {
    const [name, startS, body] = Object.values(row);
    if (!(body instanceof Uint8Array) || decodeField(body) === undefined)
      problems.add(
        `Camera ${String(name)}, quarter-hour from ${minuteText(Number(startS))}: its field cannot be read.`,
      );
  }
};

type Check = (database: DatabaseSync, problems: Problems, onShare: OnShare) => void;

const PARTS: readonly (readonly [part: string, check: Check])[] = [
  ['The file', checkPages],
  ['The lists of cameras, zones and gates', checkReferences],
  ['The sequence numbers', checkSequences],
  ['The minutes', checkMinutes],
  ['The quarter-hours', checkQuarterHours],
  ['The fields', checkFields],
];

const countsOf = (database: DatabaseSync): Omit<Checked, 'problems'> => {
  const spans = prepare(database, 'SELECT count(*) FROM camera_span WHERE level_s = ?');
  return {
    observations: scalar(prepare(database, 'SELECT count(*) FROM second')),
    minutes: scalar(spans, MINUTE_S),
    quarterHours: scalar(spans, QUARTER_HOUR_S),
  };
};

const NOTHING = { observations: 0, minutes: 0, quarterHours: 0 };

/**
 * Checks a ledger: every page of the file, the sequence numbers, whether every observation that is kept can be read, and
 * whether roll-ups are the sums of their parts where these are still there. It may be written to meanwhile.
 *
 * @param database read-only connection, used by nobody else meanwhile
 */
export const checkLedger = (database: DatabaseSync, path: string, onCheck: OnCheck = () => {}): Checked => {
  const problems = new Problems();
  let counts = NOTHING;
  database.exec('BEGIN');
  try {
    for (const [part, check] of PARTS) {
      onCheck(part, 0);
      problems.guard(part, path, () => check(database, problems, (share) => onCheck(part, share)));
    }
    problems.guard('The number of rows', path, () => {
      counts = countsOf(database);
    });
  } finally {
    endReading(database);
  }
  return { ...counts, problems: problems.list() };
};
