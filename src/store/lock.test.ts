import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = () => lockFolder(folder, join(folder, 'ledger.sqlite'));
const inUse = expect.objectContaining({ code: 'STORE_IN_USE' });

it('has one holder at a time, and leaves one empty file', () => {
  for (let turn = 0; turn < 3; turn++) {
    const held = lock();
    expect(lock).toThrow(inUse);
    // Asking in vain takes nothing away from who has it.
    expect(lock).toThrow(inUse);
    held.release();
  }
  expect(readdirSync(folder)).toEqual(['ledger.lock']);
  expect(statSync(join(folder, 'ledger.lock')).size).toBe(0);
});

it('is gone with the process that had it, however that ended', async () => {
  const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href);
  const program = `
    const { lockFolder } = await import(${module});
    lockFolder(${JSON.stringify(folder)}, 'ledger.sqlite');
    process.stdout.write('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    expect(lock).toThrow(inUse);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  lock().release();
});
