/** A thread that reads. */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { answerQuestions } from './answering.ts';
import type { ReaderSettings } from './protocol.ts';
import { Reader } from './reader.ts';

const settingsSchema: z.ZodType<ReaderSettings> = z.object({ folder: z.string() });

if (parentPort) {
  const reader = new Reader(settingsSchema.parse(workerData).folder);
  answerQuestions(parentPort, reader.handlers(), () => reader.close());
}
