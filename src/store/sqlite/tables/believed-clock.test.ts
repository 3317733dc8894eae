import { expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { BelievedClock } from './believed-clock.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 4, 1);
const opened = () => openDatabase(':memory:');

test('without a steady clock beside it, a clock is taken at its word', () => {
  using database = opened();
  expect(new BelievedClock(database).at(NOW + 3 * 365 * DAY_MS, null)).toBe(NOW + 3 * 365 * DAY_MS);
});

test('a clock that leaps years ahead for some seconds moves nothing by more than a minute', () => {
  using database = opened();
  const clock = new BelievedClock(database);
  expect(clock.at(NOW, 0)).toBe(NOW);
  for (let second = 1; second <= 5; second++) clock.at(NOW + 1000 * DAY_MS, 1000);
  expect(clock.at(NOW + 6000, 1000)).toBe(NOW + 6000);
});

test('after a month without power it catches up within days, also over restarts', () => {
  using database = opened();
  new BelievedClock(database).at(NOW, 0);
  const later = NOW + 30 * DAY_MS;
  let believed = NOW;
  for (let hour = 1; hour <= 24 * 4; hour++)
    believed = new BelievedClock(database).at(later + (hour * DAY_MS) / 24, DAY_MS / 24);
  expect(believed).toBe(later + 4 * DAY_MS);
});

test('a clock that is set back is followed at once: nothing is dropped too early by it', () => {
  using database = opened();
  const clock = new BelievedClock(database);
  clock.at(NOW, 0);
  expect(clock.at(NOW - DAY_MS, 1000)).toBe(NOW - DAY_MS);
});
