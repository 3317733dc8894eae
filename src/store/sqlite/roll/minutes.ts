/** A minute from its seconds. `ledger.ts` has the rule. */
import { MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import { type FieldGrid, withField } from '../sums/field-grid.ts';
import { SpanSums } from '../sums/span-sums.ts';
import type { Horizon } from '../tables/horizons.ts';
import { addToSpans, clearSpans, writeSpans } from '../tables/spans.ts';
import type { Tables } from '../tables/tables.ts';
import type { Rolling } from './rolling.ts';

/** The seconds of one minute, added up in the order of time. */
export const sumSeconds = (tables: Tables, camera: number, startS: number): SpanSums => {
  const sums = new SpanSums();
  for (const observation of tables.seconds.between(camera, startS * 1000, (startS + MINUTE_S) * 1000))
    sums.addSecond(observation);
  return sums;
};

/** All seconds of the minute are there: it is what they say. */
export const replaceMinute = (
  { tables, recentFields }: Rolling,
  camera: number,
  startS: number,
  sums: SpanSums,
): void => {
  const key = { level: MINUTE_S, camera, startS } as const;
  clearSpans(tables, key);
  writeSpans(tables, key, sums);
  const quarterHourS = startOf(startS, QUARTER_HOUR_S);
  recentFields.add(camera, quarterHourS, startS, sums.field);
  tables.due.mark(QUARTER_HOUR_S, camera, quarterHourS);
};

const addToField = (tables: Tables, camera: number, quarterHourS: number, field: FieldGrid | undefined): void => {
  if (field !== undefined)
    tables.fieldSpans.write(camera, quarterHourS, withField(tables.fieldSpans.read(camera, quarterHourS), field));
};

/** Earlier seconds are gone: the ones that came late are added to what is kept of them. */
const addLate = (tables: Tables, camera: number, startS: number, sums: SpanSums, horizon: Horizon): void => {
  const quarterHourS = startOf(startS, QUARTER_HOUR_S);
  if (quarterHourS >= horizon.fieldsS) addToField(tables, camera, quarterHourS, sums.field);
  if (startS >= horizon.minutesS) {
    addToSpans(tables, { level: MINUTE_S, camera, startS }, sums);
    tables.due.mark(QUARTER_HOUR_S, camera, quarterHourS);
  } else if (quarterHourS >= horizon.quarterHoursS) {
    addToSpans(tables, { level: QUARTER_HOUR_S, camera, startS: quarterHourS }, sums);
  }
};

/**
 * Rolls up one minute.
 *
 * @returns how many seconds were dropped, because they came after their time
 */
export const rollMinute = (rolling: Rolling, camera: number, startS: number): number => {
  const { tables, recentMinutes } = rolling;
  const [fromMs, toMs] = [startS * 1000, (startS + MINUTE_S) * 1000];
  const seconds = tables.seconds.count(camera, fromMs, toMs);
  const sums = recentMinutes.take(camera, startS, seconds) ?? sumSeconds(tables, camera, startS);
  const horizon = tables.horizons.of(camera);
  const isWhole = startS >= horizon.secondsS;
  if (sums.seconds > 0) {
    if (isWhole) replaceMinute(rolling, camera, startS, sums);
    else addLate(tables, camera, startS, sums, horizon);
  }
  return isWhole ? 0 : tables.seconds.delete(camera, fromMs, toMs);
};
