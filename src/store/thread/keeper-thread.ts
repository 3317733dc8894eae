/** The thread that writes: a slow disk holds up nobody but it. */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { answerQuestions } from './answering.ts';
import { toFailure } from './failure.ts';
import { Keeper } from './keeper.ts';
import type { KeeperOperations, KeeperSettings, Message } from './protocol.ts';

const lengthMs = z.number().positive().or(z.literal(Number.POSITIVE_INFINITY));
const settingsSchema: z.ZodType<KeeperSettings> = z.object({
  folder: z.string(),
  retention: z.object({ seconds: lengthMs, minutes: lengthMs, quarterHours: lengthMs, fields: lengthMs }),
  create: z.boolean(),
});

if (parentPort) {
  const port = parentPort;
  const keeper = new Keeper(settingsSchema.parse(workerData), {
    tell: (error) => port.postMessage({ trouble: toFailure(error) } satisfies Message<never>),
    clock: () => performance.now(),
  });
  answerQuestions<KeeperOperations>(port, keeper.handlers(), () => keeper.close());
}
