import { expect, it } from 'vitest';
import { TrackSlots } from './track-slots.ts';

it('forgets tracks of a life ago, also after the clock was set back', () => {
  const slots = new TrackSlots(5000);
  const follow = (fromMs: number): void => {
    for (let i = 0; i < 600; i++) {
      slots.create(fromMs + i, fromMs + 1000 * i);
      slots.sweep(fromMs + 1000 * i);
    }
  };
  follow(7_200_000);
  const before = slots.size;
  expect(before).toBeLessThan(12);
  follow(3_600_000);
  expect(slots.size).toBeLessThanOrEqual(before);
});
