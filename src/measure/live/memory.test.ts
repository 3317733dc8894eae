/** A live meter runs for months: it may not grow with time. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as z from 'zod';
import {
  EAST_DRAWN,
  gateOf,
  MIDDLE,
  MIDDLE_DRAWN,
  setUp,
  type Somebody,
  Stage,
  WEST,
  zoneOf,
} from './scene.fixture.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = z
  .function({ input: [], output: z.void() })
  .implement(z.custom<() => void>().parse(runInNewContext('gc')));

/** Bytes that are held on to, typed arrays included. */
const heldBytes = (): number => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Eight at a time who walk through, one after the other, each somebody new every 40 s. */
const passersBy = (second: number): Somebody[] =>
  Array.from({ length: 8 }, (_, k): Somebody => {
    const lives = second / 40 + k / 8;
    const share = lives % 1;
    return [Math.floor(lives) * 8 + k, k % 2 === 0 ? 0.5 + 15 * share : 15.5 - 15 * share, 0.5 + k];
  });

it('holds as much after two hours as after ten minutes, and loses nobody', () => {
  const set = setUp({ zones: [WEST, EAST_DRAWN], gates: [MIDDLE, MIDDLE_DRAWN], framesPerS: 1 }, new Stage(0.03));
  let crossings = 0;
  let stays = 0;
  const run = (from: number, to: number): void => {
    for (let second = from; second < to; second++) {
      set.show(1000 * second, passersBy(second));
      const told = set.second(second);
      const { in: into, out } = gateOf(told, 'middle').counts?.person ?? { in: 0, out: 0 };
      crossings += into + out;
      stays += zoneOf(told, 'west').figures.dwellS?.weight ?? 0;
    }
  };
  run(0, 600);
  const before = heldBytes();
  [crossings, stays] = [0, 0];
  run(600, 7200);
  expect(heldBytes() - before).toBeLessThan(500_000);
  // One every five seconds. Everybody passes the zone; a stay is told when three are over.
  expect(crossings).toBe(1320);
  expect(Math.abs(stays - 1320)).toBeLessThanOrEqual(3);
});
