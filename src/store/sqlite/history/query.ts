/** What the ledger can be asked, checked before it is asked. */
import { isTimeZone, StarlingError } from '../../../contract/index.ts';
import type { HistoryQuery } from '../../store.ts';

/** A period: from its beginning up to, and not including, its end; UTC, ms since 1970. */
type Period = Pick<HistoryQuery, 'fromMs' | 'toMs'>;

/** A period of one camera, or of all. */
export type CameraPeriod = Pick<HistoryQuery, 'fromMs' | 'toMs' | 'camera'>;

/** Rows of one answer at most: what a program takes in one piece. */
const MOST_ROWS = 100_000;

/** Greatest instant that a date can have, ms. */
const GREATEST_MS = 8.64e15;

const isInstant = (timeMs: number): boolean => Math.abs(timeMs) <= GREATEST_MS;

const badQuery = (problem: string): StarlingError => new StarlingError('STORE_BAD_QUERY', { problem });

/** @throws STORE_BAD_QUERY when the period is empty, upside down or no time at all */
export const checkPeriod = ({ fromMs, toMs }: Period): void => {
  if (!isInstant(fromMs) || !isInstant(toMs)) throw badQuery('its period is not given in ms since 1970');
  if (fromMs >= toMs) throw badQuery('its period ends before it begins, or has no length');
};

/** @throws STORE_BAD_QUERY also when the runtime does not know the time zone */
export const checkQuery = (query: HistoryQuery): void => {
  checkPeriod(query);
  if (!isTimeZone(query.timezone)) throw badQuery(`${query.timezone} is not a time zone of the IANA list`);
};

/** The error for hours of a zone that do not begin on quarter-hours of UTC, of which they would be made. */
export const offTheQuarterHour = (timezone: string): StarlingError =>
  badQuery(`${timezone} is not off UTC by whole quarter-hours in that period; ask for quarter-hours or minutes`);

/** Counts the rows of an answer: a call that gives too many fails before anything large is built. */
export const createRowCount = (): (() => void) => {
  let rows = 0;
  return () => {
    if (++rows > MOST_ROWS)
      throw badQuery(`it gives more than ${MOST_ROWS} rows; ask for a longer step, one camera or a shorter period`);
  };
};
