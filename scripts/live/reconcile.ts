/**
 * Holds a ledger against what simulated cameras really did: the truth that `starling run --truth` writes, second by
 * second, before anything else is told of that second.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { openStore, type Store } from '../../src/store/index.ts';
import { SITE_DEFAULTS } from '../../src/contract/index.ts';

const lineSchema = z.object({
  startMs: z.number(),
  endMs: z.number(),
  inside: z.number(),
  gates: z.array(z.object({ gate: z.string(), in: z.number(), out: z.number() })),
});

/** One second of one camera, as it was. */
type TruthLine = z.infer<typeof lineSchema>;

/** What came of it. */
export interface Reconciled {
  /** Seconds that really were, and those of them in the ledger. */
  readonly seconds: number;
  readonly stored: number;
  /** Crossings in the seconds that are in the ledger, as they really were: in and out together. */
  readonly crossings: number;
  /** Everything that is not as it should be, in words. */
  readonly problems: readonly string[];
}

/** A line that a kill cut short is no line: the truth of that second is not known, and it cannot have been told. */
const readTruth = (path: string): TruthLine[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return text === '' ? [] : [lineSchema.parse(JSON.parse(text))];
      } catch {
        return [];
      }
    });

const PERIOD = { fromMs: 0, toMs: 8e15, timezone: 'UTC' } as const;

type Counts = ReadonlyMap<string, readonly [inwards: number, out: number]>;

const countsOf = (line: TruthLine): Counts =>
  new Map(line.gates.map(({ gate, in: inwards, out }) => [gate, [inwards, out]]));

const storedCounts = async (store: Store, camera: string, fromMs: number, toMs: number) => {
  const bySecond = new Map<number, Map<string, readonly [number, number]>>();
  const spans = await store.gates({ ...PERIOD, fromMs, toMs, step: 'second', camera });
  for (const { startMs, gate, counts } of spans) {
    const person = counts?.person ?? { in: 0, out: 0 };
    const second = bySecond.get(startMs) ?? new Map<string, readonly [number, number]>();
    if (second.has(gate)) throw new Error(`${camera} has the second ${startMs} twice`);
    bySecond.set(startMs, second.set(gate, [person.in, person.out]));
  }
  return bySecond;
};

const sum = (counts: Counts): number =>
  [...counts.values()].reduce((total, [inwards, out]) => total + inwards + out, 0);

const sameCounts = (a: Counts, b: Counts): boolean =>
  [...a].every(([gate, [inwards, out]]) => b.get(gate)?.[0] === inwards && b.get(gate)?.[1] === out);

const iso = (ms: number): string => new Date(ms).toISOString();

const reconcileCamera = async (store: Store, camera: string, truth: readonly TruthLine[]): Promise<Reconciled> => {
  const [first] = truth;
  const last = truth.at(-1);
  if (!first || !last) return { seconds: 0, stored: 0, crossings: 0, problems: [`${camera} never ran`] };
  const stored = await storedCounts(store, camera, first.startMs, last.endMs);
  const gaps = await store.gaps({ fromMs: first.startMs, toMs: last.endMs, camera });
  const problems: string[] = [];
  let found = 0;
  let crossings = 0;
  for (const [i, line] of truth.entries()) {
    const counts = stored.get(line.startMs);
    if (counts) {
      found++;
      crossings += sum(counts);
      if (!sameCounts(countsOf(line), counts))
        problems.push(
          `${camera} ${iso(line.startMs)}: ${JSON.stringify([...counts])} is stored, ${JSON.stringify(line.gates)} is true`,
        );
      continue;
    }
    // Only what a kill met between being measured and being kept may be missing: the last second of a run.
    if (truth[i + 1]?.startMs === line.endMs) problems.push(`${camera} ${iso(line.startMs)} was measured, and is lost`);
    if (!gaps.some(({ startMs, endMs }) => startMs <= line.startMs && endMs >= line.endMs))
      problems.push(`${camera} ${iso(line.startMs)} is missing, and shows no gap`);
  }
  const told = new Set(truth.map(({ startMs }) => startMs));
  for (const startMs of stored.keys())
    if (!told.has(startMs)) problems.push(`${camera} ${iso(startMs)} is stored, and was never measured`);
  return { seconds: truth.length, stored: found, crossings, problems };
};

/** Whether the minutes add up to what is true of their seconds. */
const reconcileMinutes = async (store: Store, camera: string, crossings: number): Promise<string[]> => {
  const minutes = await store.gates({ ...PERIOD, step: 'day', camera });
  const total = minutes.reduce((all, { counts }) => all + (counts?.person?.in ?? 0) + (counts?.person?.out ?? 0), 0);
  return total === crossings ? [] : [`${camera}: days add up to ${total} crossings, seconds to ${crossings}`];
};

/**
 * Holds the ledger in `dataFolder` against the truth in `truthFolder`.
 *
 * Every second that is stored must have the very counts that are true, every second that was measured must be stored
 * unless a kill met it before it was kept, and what is missing must show as a gap.
 */
export const reconcile = async (dataFolder: string, truthFolder: string): Promise<Reconciled> => {
  await using store = await openStore({
    folder: dataFolder,
    retention: SITE_DEFAULTS.privacy.retention,
    create: false,
  });
  await store.tend(Date.now() + 3_600_000);
  const { problems: damage } = await store.check();
  const all = { seconds: 0, stored: 0, crossings: 0, problems: [...damage] };
  for (const file of readdirSync(truthFolder)) {
    const camera = basename(file, '.truth.jsonl');
    const one = await reconcileCamera(store, camera, readTruth(join(truthFolder, file)));
    all.seconds += one.seconds;
    all.stored += one.stored;
    all.crossings += one.crossings;
    all.problems.push(...one.problems, ...(await reconcileMinutes(store, camera, one.crossings)));
  }
  return all;
};
