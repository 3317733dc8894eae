import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AuditLog } from '../serve/index.ts';
import { auditCommand } from './audit.ts';

let data: string;
let printed: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'starling-audit-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  process.exitCode = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(data, { recursive: true, force: true });
});

const fill = (): void => {
  using log = new AuditLog({ path: join(data, 'audit.sqlite') });
  for (const what of ['putSite', 'putRules'])
    log.append({ caller: 'person', by: 'ada', address: null, kind: 'changed', what, details: '' });
};

const verify = (...options: string[]): Promise<unknown> =>
  auditCommand()
    .exitOverride()
    .parseAsync(['verify', '--data', data, ...options], { from: 'user' });

const harm = (): void => {
  const database = new DatabaseSync(join(data, 'audit.sqlite'));
  database.exec("UPDATE entries SET by_whom = 'eve' WHERE sequence = 1");
  database.close();
};

test('a whole log is told with its head, which can be given later', async () => {
  fill();
  await verify();
  const [, head = ''] = /^2 entries, whole; head (2:[0-9a-f]{64})\n$/.exec(printed) ?? [];
  expect(head).not.toBe('');
  await verify('--noted', head);
  const other = head.replace(/.$/, (letter) => (letter === '0' ? '1' : '0'));
  await expect(verify('--noted', other)).rejects.toThrow(/entry 2 is not the one that was noted/);
});

test('a broken one is said, with where', async () => {
  fill();
  harm();
  await expect(verify()).rejects.toMatchObject({
    code: 'AUDIT_BROKEN',
    exitCode: 7,
    message: `The audit log ${join(data, 'audit.sqlite')} is not whole: entry 1 was altered.`,
  });
  await verify('--json');
  expect(JSON.parse(printed)).toMatchObject({ entries: 0, problem: 'entry 1 was altered' });
  expect(process.exitCode).toBe(7);
});

test('one that is not there is said', async () => {
  await expect(verify()).rejects.toMatchObject({ code: 'AUDIT_NOT_FOUND', exitCode: 7 });
});
