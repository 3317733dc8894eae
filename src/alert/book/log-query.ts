import type { AlertEvent } from '../../contract/index.ts';

/** Which events are asked for; the ones that happened first come first. */
export interface LogQuery {
  /** Not before this, UTC in ms. */
  readonly fromMs?: number;
  /** Before this, UTC in ms. */
  readonly toMs?: number;
  /** Greater numbers than this: what has happened since. */
  readonly afterSequence?: number;
  /** Smaller numbers than this: further back. */
  readonly beforeSequence?: number;
  /** A rule or a notifier. */
  readonly subject?: string;
  /** At most so many; 1 to 10,000. */
  readonly limit: number;
  /** The last ones come first, and are those that are given when there are more than `limit`. */
  readonly newestFirst?: boolean;
}

const MOST = 10_000;

/** How many a query may bring. */
export const limitOf = ({ limit }: LogQuery): number => Math.min(Math.max(1, Math.floor(limit) || 1), MOST);

/** Whether a query asks for an event. */
export const asksFor = (query: LogQuery, { timeMs, sequence, subject }: AlertEvent): boolean => {
  const { fromMs = -Infinity, toMs = Infinity, afterSequence = 0, beforeSequence = Infinity } = query;
  const isInTime = timeMs >= fromMs && timeMs < toMs;
  return isInTime && sequence > afterSequence && sequence < beforeSequence && subject === (query.subject ?? subject);
};

/** The statement that answers a query, and its values. */
export const statementOf = (query: LogQuery): { readonly sql: string; readonly values: (string | number)[] } => {
  const order = query.newestFirst ? 'DESC' : 'ASC';
  const given = [
    ['time_ms >=', query.fromMs],
    ['time_ms <', query.toMs],
    ['sequence >', query.afterSequence],
    ['sequence <', query.beforeSequence],
    ['subject =', query.subject],
  ] as const;
  const asked = given.flatMap(([test, value]) => (value === undefined ? [] : [{ test: `${test} ?`, value }]));
  const where = asked.length > 0 ? `WHERE ${asked.map(({ test }) => test).join(' AND ')}` : '';
  // Numbers first, from an index alone: bodies are read of those only that are given.
  const numbers = `SELECT sequence FROM event ${where} ORDER BY sequence ${order} LIMIT ?`;
  return {
    sql: `SELECT body FROM event WHERE sequence IN (${numbers}) ORDER BY sequence ${order}`,
    values: [...asked.map(({ value }) => value), limitOf(query)],
  };
};
