/** A sensor that reports as fast as it is told to: what its cameras "see" are the numbers 1, 2, 3 … of their file. */
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { makeObservation } from './observation.fixture.ts';
import { joinHub } from './sensor.ts';

const workSchema = z.strictObject({ everyMs: z.number(), journal: z.string() });

const hub = await joinHub();
const { everyMs, journal } = workSchema.parse(hub.work);
const isStopping = hub.stopping.then(() => true);
hub.ready();

const watch = async (camera: string): Promise<void> => {
  do {
    const startMs = Date.now();
    const sequence = await hub.report(camera, (next) => makeObservation(camera, next, startMs));
    // Only what is known to be kept is promised to arrive.
    appendFileSync(journal, `${camera} ${sequence} ${startMs}\n`);
  } while (!(await Promise.race([isStopping, delay(everyMs, false)])));
};

await Promise.all(hub.cameras.map(watch));
await hub.leave();
