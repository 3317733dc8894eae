import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { note, runSql, temporaryLog } from './audit.fixture.ts';
import { AuditLog } from './audit-log.ts';
import { noteRequests } from './from-requests.ts';
import { verifyAudit } from './verify.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const readFrom = (log: AuditLog) => log.read({ limit: 100 });

/** Makes writing fail, or work again: another program holds the file. */
const holdFile = (path: string): Disposable => {
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  return { [Symbol.dispose]: () => other.close() };
};

describe('an audit log', () => {
  it('writes together what comes within 250 ms', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    for (let i = 0; i < 5; i++) log.append(note(`put ${i}`));
    expect(verifyAudit(place.path).entries).toBe(0);
    vi.advanceTimersByTime(249);
    expect(verifyAudit(place.path).entries).toBe(0);
    vi.advanceTimersByTime(1);
    expect(verifyAudit(place.path)).toMatchObject({ entries: 5, problem: null });
  });

  it('writes the head after the entries, at most every second', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    const written = (): unknown => JSON.parse(readFileSync(join(place.folder, 'audit.head'), 'utf8'));
    expect(written()).toMatchObject({ sequence: 0 });
    vi.advanceTimersByTime(100);
    log.append(note('put'));
    log.flush();
    expect(written()).toMatchObject({ sequence: 0 });
    vi.advanceTimersByTime(1000);
    expect(written()).toEqual(log.head());
    expect(log.head().sequence).toBe(1);
  });

  it('writes everything when it is closed, and goes on where it was', () => {
    using place = temporaryLog();
    {
      using log = new AuditLog({ path: place.path });
      for (let i = 0; i < 10; i++) log.append(note('getLive', { kind: 'looked' }));
      for (let i = 0; i < 2500; i++) log.append(note(`put ${i}`));
    }
    expect(vi.getTimerCount()).toBe(0);
    using log = new AuditLog({ path: place.path });
    log.append(note('put again'));
    log.flush();
    // The look, the changes, the other nine looks, and the last.
    expect(verifyAudit(place.path)).toMatchObject({ entries: 2503, problem: null });
    expect(log.read({ afterSequence: 2501, limit: 10 })).toMatchObject([
      { sequence: 2502, what: 'getLive', count: 9 },
      { sequence: 2503, what: 'put again', count: 1 },
    ]);
  });

  it('is read in order, by number, time and page', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    for (let i = 0; i < 10; i++) {
      log.append(note(`put ${i}`));
      vi.advanceTimersByTime(1000);
    }
    const fromMs = 1_800_000_000_000;
    const numbers = (query: Parameters<AuditLog['read']>[0]): number[] =>
      log.read(query).map(({ sequence }) => sequence);
    expect(numbers({ limit: 3 })).toEqual([1, 2, 3]);
    expect(numbers({ limit: 3, afterSequence: 8 })).toEqual([9, 10]);
    expect(numbers({ limit: 9, fromMs: fromMs + 2000, toMs: fromMs + 4000 })).toEqual([3, 4]);
    expect(numbers({ limit: 9, afterSequence: 10 })).toEqual([]);
  });

  it('keeps text that a database, a terminal or a reader could misunderstand as plain text', () => {
    using place = temporaryLog();
    {
      using log = new AuditLog({ path: place.path });
      log.append(note('a\u0000b\r\nc\u001b[2J', { details: `\ud800${'x'.repeat(600)}`, by: '“Ümit”\u202e' }));
    }
    expect(verifyAudit(place.path)).toMatchObject({ entries: 1, problem: null });
    using log = new AuditLog({ path: place.path });
    const [entry] = readFrom(log);
    expect(entry?.what).toBe('a�b��c�[2J');
    expect(entry?.details).toHaveLength(500);
  });

  it('says so when it cannot write, keeps the entries, and writes them later', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    {
      using _ = holdFile(place.path);
      log.append(note('put 1'));
      vi.advanceTimersByTime(250);
      expect(log.trouble()).toMatchObject({ code: 'AUDIT_NOT_WRITABLE' });
      log.append(note('put 2'));
    }
    vi.advanceTimersByTime(5000);
    expect(log.trouble()).toBeNull();
    expect(readFrom(log).map(({ what }) => what)).toEqual(['put 1', 'put 2']);
    expect(verifyAudit(place.path).problem).toBeNull();
  });

  it('writes down how many entries it had to let go', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    {
      using _ = holdFile(place.path);
      for (let i = 0; i < 10_123; i++) log.append(note(`put ${i}`));
      vi.advanceTimersByTime(250);
    }
    while (!log.flush());
    expect(verifyAudit(place.path)).toMatchObject({ entries: 10_001, lost: 123, problem: null });
    expect(log.read({ afterSequence: 10_000, limit: 1 })).toMatchObject([
      { caller: 'hub', kind: 'log', what: 'entriesLost', count: 123 },
    ]);
  });

  it('says so when the head cannot be written, and tries again', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    const head = join(place.folder, 'audit.head');
    rmSync(head);
    // A folder cannot be renamed over.
    mkdirSync(join(head, 'in-the-way'), { recursive: true });
    vi.advanceTimersByTime(1000);
    log.append(note('put'));
    vi.advanceTimersByTime(250);
    expect(log.trouble()).toMatchObject({ code: 'AUDIT_NOT_WRITABLE' });
    rmSync(head, { recursive: true });
    vi.advanceTimersByTime(5000);
    expect(log.trouble()).toBeNull();
    expect(verifyAudit(place.path)).toMatchObject({ entries: 1, problem: null });
  });

  it.each<[string, (path: string) => void]>([
    ['its last entries are gone', (path) => runSql(path, 'DELETE FROM entries WHERE sequence > 1')],
    ['its head is gone', (path) => rmSync(path.replace('.sqlite', '.head'))],
    ['it is gone', (path) => runSql(path, 'DELETE FROM entries')],
    ['its last entry is nonsense', (path) => runSql(path, "UPDATE entries SET hash = 'x' WHERE sequence = 3")],
  ])('that was changed while the hub stood still stays broken: %s', (_, harm) => {
    using place = temporaryLog();
    {
      using log = new AuditLog({ path: place.path });
      for (let i = 0; i < 3; i++) log.append(note(`put ${i}`));
    }
    harm(place.path);
    {
      // It does not keep the hub from working, and does not heal by it.
      using log = new AuditLog({ path: place.path });
      log.append(note('put later'));
    }
    expect(verifyAudit(place.path).problem).not.toBeNull();
  });

  it('to which somebody else writes while the hub runs is broken', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    log.append(note('put 1'));
    log.flush();
    runSql(place.path, 'DELETE FROM entries');
    log.append(note('put 2'));
    log.flush();
    expect(verifyAudit(place.path).problem).toMatch(/somebody else has written/);
  });

  it('is open in one process only', () => {
    using place = temporaryLog();
    {
      using _ = new AuditLog({ path: place.path });
      expect(() => new AuditLog({ path: place.path })).toThrow(expect.objectContaining({ code: 'BOOK_IN_USE' }));
    }
    using again = new AuditLog({ path: place.path });
    expect(again.head().sequence).toBe(0);
  });
});

describe('a request', () => {
  const asked = {
    kind: 'exported',
    operation: 'getExport',
    by: { kind: 'token', name: 'ada/grafana' },
    address: '192.0.2.7',
    target: '/api/export?from=1&to=2',
    outcome: 'done',
  } as const;

  it('is noted by its path, and what else was asked is beside it', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    const tell = noteRequests(log);
    tell(asked);
    tell({ ...asked, outcome: 'refused' });
    tell({ ...asked, outcome: 'failed' });
    expect(readFrom(log)).toMatchObject([
      { caller: 'token', by: 'ada/grafana', kind: 'exported', what: 'getExport /api/export', details: 'from=1&to=2' },
      { kind: 'refused', what: 'getExport /api/export' },
      { kind: 'exported', what: 'getExport /api/export (failed)' },
    ]);
  });

  it('for an export is refused when it cannot be written down; a look is not', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    using _ = holdFile(place.path);
    const tell = noteRequests(log);
    expect(() => tell({ ...asked, kind: 'looked' })).not.toThrow();
    expect(() => tell(asked)).toThrow(expect.objectContaining({ code: 'AUDIT_NOT_WRITABLE' }));
  });
});
