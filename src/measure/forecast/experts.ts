/**
 * Simple ways to foretell a zone's occupancy, each right at times. Which of them is believed, past errors decide.
 */
import type { Flows } from './flows.ts';
import type { UsualDay } from './day-profile.ts';

/**
 * The ways:
 *
 * - `same`: as now. Hard to beat over a few minutes, and the one to be beaten;
 * - `balance`: people come as they do now, and everybody has the chance to leave that people have now,
 *   N(t+h) = N·e^(−μh) + (a/μ)(1 − e^(−μh)), with the inflow a corrected for what the counts do not explain;
 * - `trend`: the change of the last minutes goes on: a crowd that leaves through a gate at its capacity;
 * - `slowTrend`: the same with the change of the last quarter of an hour: a crowd that gathers;
 * - `usualFlows`: the balance with inflow and chance to leave as usual at that time of day, times how busy today is;
 * - `usualShape`: the change from now to then that is usual at that time of day, times how full it is.
 */
export const EXPERTS = ['same', 'balance', 'trend', 'slowTrend', 'usualFlows', 'usualShape'] as const;

/** One of {@link EXPERTS}. */
export type Expert = (typeof EXPERTS)[number];

/** What is known of a zone at a minute. */
export interface Outlook {
  readonly occupancy: number;
  readonly minuteOfDay: number;
  readonly flows: Flows;
  readonly usual: UsualDay;
  /** Today's inflow as a multiple of the usual. */
  readonly busyness: number;
}

/** Half-life, minutes, with which a day's being unusual fades from its forecast. */
const UNUSUAL_HALF_LIFE_MIN = 60;
/** So many people more on both sides keep the ratio of two small numbers small. */
const SOFTENER = 3;
/** No crowd is taken to be more times the usual than this. */
const MOST_TIMES = 5;

const arrivalsThatStay = (leaving: number): number => (leaving < 1e-9 ? 1 : -Math.expm1(-leaving) / leaving);

/** Occupancy a minute later. */
const step = (occupancy: number, entering: number, leaving: number): number =>
  Math.max(0, occupancy * Math.exp(-leaving) + entering * arrivalsThatStay(leaving));

const foretellBalance = ({ occupancy, flows }: Outlook, out: Float64Array): void => {
  const entering = flows.enteredPerMin + flows.unexplainedPerMin;
  let people = occupancy;
  for (let h = 0; h < out.length; h++) {
    people = step(people, entering, flows.leavingPerMin);
    out[h] = flows.known ? people : Number.NaN;
  }
};

const goOn = (occupancy: number, changePerMin: number, out: Float64Array): void => {
  for (let h = 0; h < out.length; h++) out[h] = Math.max(0, occupancy + changePerMin * (h + 1));
};

const foretellUsualFlows = ({ occupancy, minuteOfDay, usual, busyness }: Outlook, out: Float64Array): void => {
  let people = occupancy;
  for (let h = 0; h < out.length; h++) {
    const minute = minuteOfDay + h + 1;
    const times = 1 + (busyness - 1) * 2 ** (-h / UNUSUAL_HALF_LIFE_MIN);
    const leaving =
      usual.left.at(minute) / Math.max(1, (usual.occupancy.at(minute - 1) + usual.occupancy.at(minute)) / 2);
    people = step(people, times * usual.entered.at(minute), leaving);
    out[h] = people;
  }
};

const foretellUsualShape = ({ occupancy, minuteOfDay, usual }: Outlook, out: Float64Array): void => {
  const now = usual.occupancy.at(minuteOfDay);
  const times = Math.min(MOST_TIMES, (occupancy + SOFTENER) / (now + SOFTENER));
  for (let h = 0; h < out.length; h++) {
    out[h] = Math.max(0, occupancy + times * (usual.occupancy.at(minuteOfDay + h + 1) - now));
  }
};

const FORETELL: Readonly<Record<Expert, (outlook: Outlook, out: Float64Array) => void>> = {
  same: ({ occupancy }, out) => out.fill(occupancy),
  balance: foretellBalance,
  trend: ({ occupancy, flows }, out) => goOn(occupancy, flows.changePerMin, out),
  slowTrend: ({ occupancy, flows }, out) => goOn(occupancy, flows.slowChangePerMin, out),
  usualFlows: foretellUsualFlows,
  usualShape: foretellUsualShape,
};

/**
 * What each expert expects, minute by minute ahead; NaN from one that has nothing to go by.
 *
 * @param out one row for each expert, in the order of {@link EXPERTS}, of as many minutes as are wanted
 */
export const foretell = (outlook: Outlook, out: readonly Float64Array[]): void => {
  for (const [k, expert] of EXPERTS.entries()) {
    const row = out[k];
    if (row !== undefined) FORETELL[expert](outlook, row);
  }
};
