import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SqliteLedger } from './ledger.ts';
import { modelRows, storedRows } from './ledger-model.fixture.ts';
import { observationOf } from './observation.fixture.ts';

const KILLS = [1, 90, 7, 160, 33];
const SCRIPT = fileURLToPath(new URL('append-loop.fixture.ts', import.meta.url));
const forever = Number.POSITIVE_INFINITY;
const RETENTION = { seconds: forever, minutes: forever, quarterHours: forever, fields: forever };

/** The last number that was acknowledged when the process was killed after some of them. */
const killAfter = async (child: ChildProcess, output: Readable, acknowledged: number): Promise<number> => {
  let [said, last] = [0, 0];
  for await (const line of createInterface({ input: output })) {
    last = Number(line);
    if (++said === acknowledged) child.kill('SIGKILL');
  }
  return last;
};

const run = async (file: string, acknowledged: number): Promise<number> => {
  const child = spawn(process.execPath, [SCRIPT, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const last = await killAfter(child, child.stdout, acknowledged);
  expect(await gone).toEqual([null, 'SIGKILL']);
  return last;
};

it('keeps all that was acknowledged when it is killed', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'starling-crash-'));
  const file = path.join(folder, 'ledger.db');
  for (const acknowledged of KILLS) {
    const last = await run(file, acknowledged);
    const ledger = new SqliteLedger(file);
    const latest = ledger.latest().get('square-north') ?? 0;
    expect(latest).toBeGreaterThanOrEqual(last);
    const sequences = ledger.database.prepare('SELECT sequence FROM second ORDER BY sequence').all();
    const all = Array.from({ length: latest }, (_, i) => i + 1);
    expect(sequences.map((row) => row['sequence'])).toEqual(all);
    expect(ledger.database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    const observations = all.map((sequence) => observationOf({ sequence }));
    ledger.tend(observationOf({ sequence: latest }).startMs + 3_600_000, RETENTION);
    expect(storedRows(ledger.database, 60)).toEqual(modelRows(observations, 60));
    expect(storedRows(ledger.database, 900)).toEqual(modelRows(observations, 900));
    ledger.close();
  }
  rmSync(folder, { recursive: true });
});
