import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { type GateId, gateId, type MediaTimeMs, mediaTimeMs, StarlingError } from '../contract/index.ts';

/** One crossing that somebody saw and wrote down. */
export interface HandCount {
  readonly timeMs: MediaTimeMs;
  readonly gate: GateId;
  readonly direction: 'in' | 'out';
}

const SECONDS_PER_UNIT = [1, 60, 3600];

/** Seconds of `12.5`, `1:02.5` or `0:01:02.5`. */
const parseTimeS = (text: string): number => {
  const parts = text.split(':').toReversed();
  return parts.reduce((sum, part, i) => sum + Number(part) * (SECONDS_PER_UNIT[i] ?? Number.NaN), 0);
};

const rowSchema = z.object({
  time: z
    .string()
    .regex(/^(\d+:){0,2}\d+(\.\d+)?$/, 'a time is seconds, m:ss or h:mm:ss from the beginning of the recording')
    .transform((text) => mediaTimeMs(1000 * parseTimeS(text))),
  gate: z.string().min(1, 'the name of the gate is missing').transform(gateId),
  direction: z.enum(['in', 'out'], 'a direction is in or out'),
});

const readRecords = (path: string, text: string): { record: unknown; line: number }[] => {
  try {
    const rows: unknown[] = parse(text, { columns: true, trim: true, bom: true, skip_empty_lines: true, info: true });
    return z
      .array(z.object({ record: z.unknown(), info: z.object({ lines: z.number() }) }))
      .parse(rows)
      .map(({ record, info }) => ({ record, line: info.lines }));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'not CSV';
    throw new StarlingError('VALIDATE_BAD_TRUTH', { place: path, problem }, { cause });
  }
};

/**
 * Reads a hand count: CSV with the columns `time,gate,direction`, one row for each crossing.
 *
 * @throws VALIDATE_BAD_TRUTH with the line that is to be mended
 */
export const readHandCounts = async (path: string, gates: readonly GateId[]): Promise<HandCount[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StarlingError('VALIDATE_BAD_TRUTH', { place: path, problem: 'the file cannot be read' }, { cause });
  });
  return readRecords(path, text).map(({ record, line }) => {
    const row = rowSchema.safeParse(record);
    const place = `${path}:${line}`;
    if (!row.success) {
      const [issue] = row.error.issues;
      throw new StarlingError('VALIDATE_BAD_TRUTH', {
        place,
        problem: `${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? 'not a crossing'}`,
      });
    }
    const { time: timeMs, gate, direction } = row.data;
    if (!gates.includes(gate)) {
      const known = gates.join(', ') || 'none';
      throw new StarlingError('VALIDATE_BAD_TRUTH', { place, problem: `there is no gate "${gate}", only: ${known}` });
    }
    return { timeMs, gate, direction };
  });
};
