/**
 * Back-testing: how good forecasts would have been, made minute by minute from what was known then (rolling origin).
 */
import { type ForecastOptions, ZoneForecaster } from './forecaster.ts';
import { type ForecastScores, IntervalErrors, type IntervalScores, PointErrors } from './scores.ts';
import { DAY_MIN, MINUTE_MS, type ZoneMinute } from './zone-minute.ts';

/** What is tested. */
export interface BackTestOptions extends ForecastOptions {
  /** Minutes ahead that are told. Default 5, 10 and 15. */
  readonly horizonsMin?: readonly number[];
  /** Minutes at the beginning from which is only learnt. Default 0. */
  readonly warmUpMin?: number;
}

/** How forecasts so many minutes ahead did, beside forecasts that take no thought. All over the same minutes. */
export interface BackTestRow {
  readonly horizonMin: number;
  readonly forecast: ForecastScores;
  readonly interval: IntervalScores;
  /** 'Same as now'. */
  readonly same: ForecastScores;
  /** 'Same as yesterday at this time'; over fewer minutes where yesterday is not known, null where it never is. */
  readonly yesterday: ForecastScores | null;
  /** 1 − RMSE ÷ RMSE of 'same as now': 0 is as good, 1 is perfect, below 0 is worse. Null where neither erred. */
  readonly skill: number | null;
}

/** Errors over one horizon. */
interface Tally {
  readonly horizonMin: number;
  readonly forecast: PointErrors;
  readonly interval: IntervalErrors;
  readonly same: PointErrors;
  readonly yesterday: PointErrors;
}

const DEFAULT_COVERAGE = 0.9;

const rowOf = ({ horizonMin, forecast, interval, same, yesterday }: Tally): BackTestRow[] => {
  const ours = forecast.scores();
  const theirs = same.scores();
  const held = interval.scores();
  if (ours === null || theirs === null || held === null) return [];
  const skill = theirs.rmse > 0 ? 1 - ours.rmse / theirs.rmse : ours.rmse > 0 ? Number.NEGATIVE_INFINITY : null;
  return [{ horizonMin, forecast: ours, interval: held, same: theirs, yesterday: yesterday.scores(), skill }];
};

/**
 * Forecasts every minute of a series from those before it, and holds it against what came.
 *
 * @param series in order of time; minutes may be missing
 * @returns a row for each horizon over which there was anything to compare
 */
export const backTest = (series: readonly ZoneMinute[], options: BackTestOptions = {}): BackTestRow[] => {
  const { horizonsMin = [5, 10, 15], warmUpMin = 0, coverage = DEFAULT_COVERAGE } = options;
  const forecaster = new ZoneForecaster({ ...options, coverage, horizonMin: Math.max(1, ...horizonsMin) });
  const occupancies = new Map(series.map(({ timeUtc, occupancy }) => [timeUtc as number, occupancy]));
  const begins = (series[0]?.timeUtc ?? 0) + warmUpMin * MINUTE_MS;
  const tallies = horizonsMin.map(
    (horizonMin): Tally => ({
      horizonMin,
      forecast: new PointErrors(),
      interval: new IntervalErrors(coverage),
      same: new PointErrors(),
      yesterday: new PointErrors(),
    }),
  );
  for (const minute of series) {
    forecaster.observe(minute);
    const made = minute.timeUtc < begins ? null : forecaster.forecast();
    for (const tally of made === null ? [] : tallies) {
      const point = made?.points[tally.horizonMin - 1];
      const came = point && occupancies.get(point.timeUtc);
      if (point === undefined || came === undefined || came === null) continue;
      tally.forecast.add(point.occupancy, came);
      tally.interval.add(point.lower, point.upper, came);
      if (made !== null) tally.same.add(made.occupancy, came);
      const before = occupancies.get(point.timeUtc - DAY_MIN * MINUTE_MS);
      if (before !== undefined && before !== null) tally.yesterday.add(before, came);
    }
  }
  return tallies.flatMap(rowOf);
};
