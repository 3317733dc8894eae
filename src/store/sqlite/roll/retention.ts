/** Drops what is past its time: a bounded number of rows a call, oldest first, and only what was rolled up. */
import type { Retention } from '../../../contract/index.ts';
import { type Level, MINUTE_S, QUARTER_HOUR_S, startOf } from '../levels.ts';
import type { Horizon } from '../tables/horizons.ts';
import { deleteSpans } from '../tables/spans.ts';
import type { Tables } from '../tables/tables.ts';

/** Rows after which the rest is left for the next call. */
const MOST_ROWS = 10_000;

/** How far one step goes at most, s: some hundred to some thousand rows of one camera. */
const STEPS_S = { seconds: QUARTER_HOUR_S, minutes: 3600, quarterHours: 86_400, fields: 86_400 } as const;

/** How far a horizon may move: to its target, but a step at most past the oldest row. */
const stepTo = (targetS: number, oldestS: number, stepS: number): number =>
  Number.isNaN(oldestS) ? targetS : Math.min(targetS, startOf(oldestS, QUARTER_HOUR_S) + stepS);

/** A horizon stays before what is still to be rolled up. */
const beforeDue = (tables: Tables, levels: readonly Level[], camera: number, fromS: number, toS: number): number => {
  const due = levels.map((level) => tables.due.first(level, camera, fromS, toS)).filter((startS) => startS >= fromS);
  return Math.min(toS, ...due.map((startS) => startOf(startS, QUARTER_HOUR_S)));
};

interface Dropped {
  readonly horizon: Horizon;
  readonly rows: number;
}

const nothing = (horizon: Horizon): Dropped => ({ horizon, rows: 0 });

/** One step of one camera's rows towards a horizon. */
type Drop = (tables: Tables, camera: number, horizon: Horizon, target: Horizon) => Dropped;

const dropSeconds: Drop = (tables, camera, horizon, target) => {
  const fromS = horizon.secondsS;
  if (target.secondsS <= fromS) return nothing(horizon);
  const oldestS = tables.seconds.firstFrom(camera, fromS * 1000) / 1000;
  const reach = stepTo(target.secondsS, oldestS, STEPS_S.seconds);
  const toS = beforeDue(tables, [MINUTE_S, QUARTER_HOUR_S], camera, fromS, reach);
  if (toS <= fromS) return nothing(horizon);
  return {
    horizon: { ...horizon, secondsS: toS },
    rows: tables.seconds.delete(camera, fromS * 1000, toS * 1000),
  };
};

// Minutes stay at least as long as their seconds, and quarter-hours as their minutes: else late ones would have nothing
// to be added to.
const dropMinutes: Drop = (tables, camera, horizon, target) => {
  const fromS = horizon.minutesS;
  const targetS = Math.min(target.minutesS, horizon.secondsS);
  if (targetS <= fromS) return nothing(horizon);
  const reach = stepTo(targetS, tables.cameraSpans.first(MINUTE_S, camera), STEPS_S.minutes);
  const toS = beforeDue(tables, [QUARTER_HOUR_S], camera, fromS, reach);
  if (toS <= fromS) return nothing(horizon);
  return { horizon: { ...horizon, minutesS: toS }, rows: deleteSpans(tables, MINUTE_S, camera, fromS, toS) };
};

const dropQuarterHours: Drop = (tables, camera, horizon, target) => {
  const fromS = horizon.quarterHoursS;
  const targetS = Math.min(target.quarterHoursS, horizon.minutesS);
  if (targetS <= fromS) return nothing(horizon);
  const toS = stepTo(targetS, tables.cameraSpans.first(QUARTER_HOUR_S, camera), STEPS_S.quarterHours);
  return {
    horizon: { ...horizon, quarterHoursS: toS },
    rows: deleteSpans(tables, QUARTER_HOUR_S, camera, fromS, toS),
  };
};

const dropFields: Drop = (tables, camera, horizon, target) => {
  if (target.fieldsS <= horizon.fieldsS) return nothing(horizon);
  const toS = stepTo(target.fieldsS, tables.fieldSpans.first(camera), STEPS_S.fields);
  return { horizon: { ...horizon, fieldsS: toS }, rows: tables.fieldSpans.deleteBefore(camera, toS) };
};

const targetOf = (nowMs: number, retention: Retention): Horizon => {
  const before = (keptMs: number): number => startOf((nowMs - keptMs) / 1000, QUARTER_HOUR_S);
  return {
    secondsS: before(retention.seconds),
    minutesS: before(retention.minutes),
    quarterHoursS: before(retention.quarterHours),
    fieldsS: before(retention.fields),
  };
};

const dropAll = (tables: Tables, camera: number, target: Horizon, most: number): number => {
  let rows = 0;
  for (const drop of [dropSeconds, dropMinutes, dropQuarterHours, dropFields]) {
    let isMoving = true;
    while (isMoving && rows < most) {
      const horizon = tables.horizons.of(camera);
      const dropped = drop(tables, camera, horizon, target);
      isMoving = dropped.horizon !== horizon;
      rows += dropped.rows;
      if (isMoving) tables.horizons.set(camera, dropped.horizon);
    }
  }
  return rows;
};

/** Drops rows that are past their time. @returns how many */
export const dropPast = (tables: Tables, nowMs: number, retention: Retention): number => {
  const target = targetOf(nowMs, retention);
  let rows = 0;
  for (const camera of tables.horizons.cameras())
    if (rows < MOST_ROWS) rows += dropAll(tables, camera, target, MOST_ROWS - rows);
  return rows;
};
