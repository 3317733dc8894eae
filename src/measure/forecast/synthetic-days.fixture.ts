/** Made-up days of a zone, person by person, the same on every run: for tests and for the back-test's figures. */
import { type UtcMs, utcMs } from '../../contract/index.ts';
import { DAY_MIN, MINUTE_MS, type ZoneMinute } from './zone-minute.ts';
import { createRandom } from '../../../test/helpers/random.ts';

/** Monday, 5 January 2026, midnight UTC. */
const START: UtcMs = utcMs(Date.UTC(2026, 0, 5));

/** How one day goes. */
interface Day {
  /** People who arrive per minute, at a minute of the day. */
  readonly arrivals: (minute: number) => number;
  /** Mean stay, minutes; drawn from a gamma distribution of shape 2. */
  readonly stayMin: number;
  /** Nobody leaves before this minute of the day. Default 0. */
  readonly opensAt?: number;
  /** No more than this leave per minute. Default: any number. */
  readonly capacityPerMin?: (minute: number) => number;
}

const poisson = (random: () => number, mean: number): number => {
  let count = 0;
  for (let sum = -Math.log(random()); sum < mean; sum -= Math.log(random())) count++;
  return count;
};

/** Simulates people one by one; those still inside go on into the next day. */
const simulate = (seed: number, days: readonly Day[], startPeople = 0): ZoneMinute[] => {
  const random = createRandom(seed);
  const minutes: ZoneMinute[] = [];
  // When each person inside wants to leave, minutes from the start.
  let inside: number[] = Array.from({ length: startPeople }, () => -Math.log(random()) * (days[0]?.stayMin ?? 1));
  for (const [d, day] of days.entries()) {
    for (let m = 0; m < DAY_MIN; m++) {
      const now = d * DAY_MIN + m;
      const entered = poisson(random, Math.max(0, day.arrivals(m)));
      for (let i = 0; i < entered; i++) inside.push(now - (day.stayMin / 2) * Math.log(random() * random()));
      inside.sort((a, b) => a - b);
      const wanting = m < (day.opensAt ?? 0) ? 0 : inside.filter((leaves) => leaves < now + 1).length;
      const left = Math.min(wanting, day.capacityPerMin ? poisson(random, day.capacityPerMin(m)) : wanting);
      inside = inside.slice(left);
      minutes.push({ timeUtc: utcMs(START + (now + 1) * MINUTE_MS), occupancy: inside.length, entered, left });
    }
  }
  return minutes;
};

const bump = (minute: number, at: number, width: number): number => Math.exp(-(((minute - at) / width) ** 2) / 2);

const factors = (seed: number, days: number, spread: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: days }, () => Math.exp(spread * 2 * (random() - 0.5)));
};

const square = (factor: number, shift = 0): Day => ({
  arrivals: (m) =>
    factor * (0.3 + 22 * bump(m, 510 + shift, 45) + 30 * bump(m, 750, 60) + 26 * bump(m, 1050 + shift, 70)),
  stayMin: 12,
});

/** A square with morning, midday and evening crowds, each day more or less busy. */
export const ordinarySquare = (days: number, seed = 1): ZoneMinute[] =>
  simulate(
    seed,
    factors(seed + 1, days, 0.35).map((factor) => square(factor)),
  );

/** A station hall: a train every ten minutes from 5 to 24 h, on time within a minute, each more or less full. */
export const stationHall = (days: number, seed = 2): ZoneMinute[] => {
  const random = createRandom(seed + 50);
  return simulate(
    seed,
    Array.from({ length: days }, (): Day => {
      const trains = new Float64Array(DAY_MIN + 10);
      for (let m = 300; m < DAY_MIN; m += 10) {
        const people = (60 + 140 * bump(m, 490, 60) + 140 * bump(m, 1040, 70)) * (0.6 + 0.8 * random());
        trains[m + Math.floor(2 * random())] = people;
      }
      return { arrivals: (m) => (m > 300 ? 3 : 0.2) + 0.6 * trains[m] + 0.4 * (trains[m - 1] ?? 0), stayMin: 4 };
    }),
  );
};

/** A concourse on nights of events: people gather, and all leave at the end through gates of a capacity. */
export const eventNights = (days: number, seed = 3): ZoneMinute[] => {
  const random = createRandom(seed + 50);
  return simulate(
    seed,
    Array.from({ length: days }, (): Day => {
      const begins = 1170 + Math.round(30 * (random() - 0.5));
      const ends = begins + 120 + Math.round(30 * (random() - 0.5));
      const people = 3000 + 2500 * random();
      return {
        arrivals: (m) => (people / 100) * bump(m, begins - 30, 40),
        stayMin: 2,
        opensAt: ends,
        capacityPerMin: () => 110,
      };
    }),
  );
};

/** Ordinary days, and then one unlike them: at 14 h a crowd pours in for half an hour, and its way out is narrow. */
export const shockDay = (days: number, seed = 4): ZoneMinute[] =>
  simulate(
    seed,
    factors(seed + 1, days, 0.35).map((factor, d): Day => {
      const { arrivals, stayMin } = square(factor);
      if (d < days - 1) return { arrivals, stayMin };
      return {
        arrivals: (m) => arrivals(m) + (m >= 840 && m < 870 ? 90 : 0),
        stayMin,
        capacityPerMin: (m) => (m >= 840 && m < 960 ? 40 : 500),
      };
    }),
  );

/** A hall in which people sit: hardly anybody comes or goes. */
export const constantHall = (days: number, seed = 5): ZoneMinute[] =>
  simulate(
    seed,
    Array.from({ length: days }, (): Day => ({ arrivals: () => 0.02, stayMin: 10_000 })),
    200,
  );

/** People come and go at random, and stay long: what comes next is not in what was. */
export const randomWalk = (days: number, seed = 6): ZoneMinute[] =>
  simulate(
    seed,
    Array.from({ length: days }, (): Day => ({ arrivals: () => 5, stayMin: 200 })),
    1000,
  );

/** A crossing: people come at a steady rate, and stay for three minutes. */
export const steadyCrossing = (days: number, seed = 7): ZoneMinute[] =>
  simulate(
    seed,
    Array.from({ length: days }, (): Day => ({ arrivals: () => 20, stayMin: 3 })),
    60,
  );

/** The square seen by a camera that fails now and then for up to two hours, and whose gates miss a tenth of all. */
export const squareWithGaps = (days: number, seed = 8): ZoneMinute[] => {
  const random = createRandom(seed + 50);
  let blindUntil = 0;
  return ordinarySquare(days, seed).flatMap((minute, i) => {
    if (i >= blindUntil && random() < 1 / 300) blindUntil = i + Math.floor(120 * random());
    const missed = (people: number | null): number | null => people && people - poisson(random, 0.1 * people);
    const { timeUtc, occupancy, entered, left } = minute;
    if (i >= blindUntil) return [{ timeUtc, occupancy, entered: missed(entered), left: missed(left) }];
    // Half of the gaps are minutes of which nothing is known, half are no minutes at all.
    return blindUntil % 2 === 0 ? [{ timeUtc, occupancy: null, entered: null, left: null }] : [];
  });
};
