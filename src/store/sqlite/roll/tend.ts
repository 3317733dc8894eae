import type { Retention } from '../../../contract/index.ts';
import type { Tended } from '../../store.ts';
import { type Level, MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import type { DueSpan } from '../tables/due.ts';
import { rollMinute } from './minutes.ts';
import { rollQuarterHour } from './quarter-hours.ts';
import { dropPast } from './retention.ts';
import type { Rolling } from './rolling.ts';

/** How long after its end a row waits for what comes a little late, s. */
const GRACE_S = 5;

/** Rows rolled up in one call; the rest stays due. */
const MOST_MINUTES = 200;
const MOST_QUARTER_HOURS = 50;
/** Seconds read in one call, after which no further row is begun: about a third of a second of work. */
const MOST_BODIES = 3000;

/** Rolls up rows that are due, until enough was read. @returns how many */
const rollUp = (
  { tables }: Rolling,
  level: Level,
  spans: readonly DueSpan[],
  mostRead: number,
  roll: (camera: number, startS: number) => void,
): number => {
  let rolled = 0;
  for (const { camera, startS } of spans) {
    if (tables.seconds.bodiesRead >= mostRead) break;
    tables.due.clear(level, camera, startS);
    roll(camera, startS);
    rolled++;
  }
  return rolled;
};

/** Rolls up what is over, and drops what is past its time. Minutes first: a quarter-hour waits for all of its own. */
export const tend = (rolling: Rolling, nowMs: number, retention: Retention, elapsedMs: number | null): Tended => {
  const { due, seconds } = rolling.tables;
  const endedByS = nowMs / 1000 - GRACE_S;
  const mostRead = seconds.bodiesRead + MOST_BODIES;
  let dropped = 0;
  const minutes = rollUp(rolling, MINUTE_S, due.minutes(endedByS, MOST_MINUTES), mostRead, (camera, startS) => {
    dropped += rollMinute(rolling, camera, startS);
  });
  const quarterHours = rollUp(
    rolling,
    QUARTER_HOUR_S,
    due.quarterHours(endedByS, MOST_QUARTER_HOURS),
    mostRead,
    (camera, startS) => rollQuarterHour(rolling, camera, startS),
  );
  dropped += dropPast(rolling.tables, rolling.tables.clock.at(nowMs, elapsedMs), retention);
  return { minutes, quarterHours, dropped };
};
