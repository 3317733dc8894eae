import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { StarlingError } from '../contract/index.ts';
import { SqliteLedger } from '../store/sqlite/ledger.ts';
import { observationOf } from '../store/sqlite/observation.fixture.ts';
import { storeCommand } from './store.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

let data = '';
const path = (): string => join(data, 'ledger.sqlite');
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'starling-cli-store-'));
  const ledger = new SqliteLedger(path());
  ledger.append(Array.from({ length: 130 }, (_, i) => observationOf({ sequence: i + 1, startMs: NOON + i * 1000 })));
  ledger.tend(NOON + 3_600_000, { seconds: 1e12, minutes: 1e12, quarterHours: 1e12, fields: 1e12 });
  ledger.close();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What `starling store …` prints. */
const run = async (...words: readonly string[]): Promise<string> => {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const silent = storeCommand();
  for (const command of [silent, ...silent.commands]) command.exitOverride().configureOutput({ writeErr: () => {} });
  await silent.parseAsync([...words], { from: 'user' });
  return printed;
};

const codeOf = async (action: Promise<unknown>): Promise<unknown> => {
  try {
    return await action;
  } catch (error) {
    return error instanceof StarlingError ? [error.code, error.exitCode] : error;
  }
};

it('tells what is there, and that nothing is wrong with it', async () => {
  const printed = await run('check', '--data', data);
  expect(printed.split('\n').slice(1)).toEqual([
    '1 camera, 3 zones, 2 gates',
    '',
    '  seconds                 130   2026-03-01 12:00 to 2026-03-01 12:02 UTC',
    '  minutes                   3   2026-03-01 12:00 to 2026-03-01 12:03 UTC',
    '  quarter-hours             1   2026-03-01 12:00 to 2026-03-01 12:15 UTC',
    '  fields                    1   2026-03-01 12:00 to 2026-03-01 12:15 UTC',
    '',
    'No problem was found.',
    '',
  ]);
  expect(printed).toMatch(/ledger\.sqlite {3}\d+ kB\n/);
  expect(process.exitCode).toBeUndefined();
});

it('tells it to programs too', async () => {
  const found: unknown = JSON.parse(await run('check', '--data', data, '--json'));
  expect(found).toMatchObject({ survey: { cameras: 1, seconds: { rows: 130, fromMs: NOON } }, problems: [] });
});

it('names what is wrong, and ends with the code of a damaged ledger', async () => {
  const other = mkdtempSync(join(tmpdir(), 'starling-cli-store-'));
  try {
    writeFileSync(join(other, 'ledger.sqlite'), readFileSync(path()));
    const database = new DatabaseSync(join(other, 'ledger.sqlite'));
    database.exec('UPDATE camera_span SET offered = offered + 1 WHERE level_s = 60');
    database.close();
    const printed = await run('check', '--data', other);
    expect(printed).toMatch(/^4 problems:\n {2}- Camera square-north, minute from 2026-03-01T12:00Z: /m);
    expect(printed).toContain('starling store rebuild');
    expect(process.exitCode).toBe(7);
    process.exitCode = undefined;
    expect(await run('rebuild', '--data', other)).toMatch(/^3 minutes and 1 quarter-hour were made anew\.\n$/);
    expect(await run('check', '--data', other)).toContain('No problem was found.');
  } finally {
    rmSync(other, { recursive: true });
  }
});

it('writes a copy, and not over one', async () => {
  const to = join(data, 'copy.sqlite');
  expect(await run('backup', '--data', data, '--to', to)).toMatch(/copy\.sqlite {3}\d+ kB, complete and checked\.\n$/);
  expect(await codeOf(run('backup', '--data', data, '--to', to))).toEqual(['STORE_BACKUP_FAILED', 6]);
});

it('gives room back', async () => {
  expect(await run('compact', '--data', data)).toMatch(/^\d+ kB before, \d+ kB now\.\n$/);
  expect(JSON.parse(await run('compact', '--data', data, '--json'))).toEqual({
    bytesBefore: expect.any(Number),
    bytesAfter: expect.any(Number),
  });
});

it.each([['check'], ['compact'], ['rebuild'], ['backup', '--to', 'x.sqlite']])(
  '%s says that there is no ledger',
  async (...words) => {
    const nowhere = join(data, 'nowhere');
    expect(await codeOf(run(...words, '--data', nowhere))).toEqual(['STORE_NOT_FOUND', 7]);
  },
);

it.each([[['check', '--all']], [['backup', '--data', 'x']], [['mend']], [['check', '--data', '']]])(
  '%j is not understood',
  async (words) => {
    await expect(run(...words)).rejects.toMatchObject({ exitCode: 1 });
  },
);
