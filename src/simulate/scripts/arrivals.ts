/** When people arrive, and at which entrance. */
import type { World } from '../world.ts';

/**
 * Lets people arrive at a rate, as long as there are fewer than so many in the place and before it.
 *
 * @param entrance draws the entrance for one of them
 */
export const arriveAt = (world: World, ratePerS: number, stepS: number, most: number, entrance: () => number): void => {
  const room = most - world.people.count - world.waiting;
  const coming = Math.min(world.random.count(ratePerS * stepS), room);
  for (let i = 0; i < coming; i++) world.entrances[entrance()].waiting++;
};
