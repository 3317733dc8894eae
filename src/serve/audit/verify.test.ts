import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { note, runSql, temporaryLog } from './audit.fixture.ts';
import { AuditLog } from './audit-log.ts';
import { type AuditEntry, auditEntrySchema, BEGINNING, chained, type ChainLink, hashOf } from './entry.ts';
import { headPathOf, writeHead } from './head-file.ts';
import { prepareInsert, rowsOf } from './rows.ts';
import { verifyAudit } from './verify.ts';

const ENTRIES = 12;

/** A log with some entries, and its head. */
const fill = (path: string): ChainLink => {
  using log = new AuditLog({ path });
  for (let i = 0; i < ENTRIES; i++) log.append(note(`put ${i % 5}`, { address: i % 2 === 0 ? null : '192.0.2.1' }));
  while (!log.flush());
  return log.head();
};

const entriesOf = (path: string): AuditEntry[] => {
  const database = new DatabaseSync(path);
  const entries = [...rowsOf(database)].map((row) => auditEntrySchema.parse(row));
  database.close();
  return entries;
};

/** Somebody with a database tool: puts other entries in place of those that are there. */
const replaceEntries = (path: string, entries: readonly AuditEntry[]): void => {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; BEGIN; DELETE FROM entries');
  entries.forEach(prepareInsert(database));
  database.exec('COMMIT');
  database.close();
};

const renumbered = (entries: readonly AuditEntry[], from = 1): AuditEntry[] =>
  entries.map((entry, i) => Object.assign({}, entry, { sequence: from + i }));

/** Computes every hash anew, as somebody would who knows how. */
const rehashed = (entries: readonly AuditEntry[]): AuditEntry[] => {
  let end = BEGINNING;
  return entries.map(({ timeMs, caller, by, address, kind, what, details, count }) => {
    const entry = chained({ timeMs, caller, by, address, kind, what, details, count }, end);
    end = entry;
    return entry;
  });
};

type Tampering = readonly [name: string, change: (entries: AuditEntry[], i: number, j: number) => AuditEntry[]];

const change = (entries: AuditEntry[], i: number, by: Partial<AuditEntry>, honestHash = false): AuditEntry[] =>
  entries.map((entry, at) => {
    if (at !== i) return entry;
    const changed = { ...entry, ...by };
    return honestHash ? { ...changed, hash: hashOf(changed) } : changed;
  });

const other = (entries: readonly AuditEntry[], i: number): AuditEntry => {
  const entry = entries[i];
  if (!entry) throw new Error('no such entry');
  return entry;
};

/** Puts a copy in, chained to what is before it; what is behind it only moves up. */
const putIn = (entries: AuditEntry[], i: number): AuditEntry[] => [
  ...rehashed(entries.toSpliced(i, 0, other(entries, i))).slice(0, i + 1),
  ...renumbered(entries.slice(i), i + 2),
];

const TAMPERINGS: readonly Tampering[] = [
  ['another time', (all, i) => change(all, i, { timeMs: other(all, i).timeMs + 1 })],
  ['another person', (all, i) => change(all, i, { by: 'eve' })],
  ['another caller', (all, i) => change(all, i, { caller: 'token' })],
  ['another address', (all, i) => change(all, i, { address: '198.51.100.1' })],
  ['another kind', (all, i) => change(all, i, { kind: 'looked' })],
  ['another thing', (all, i) => change(all, i, { what: 'nothing' })],
  ['other details', (all, i) => change(all, i, { details: 'x' })],
  ['another count', (all, i) => change(all, i, { count: 2 })],
  ['another hash before', (all, i) => change(all, i, { previousHash: 'f'.repeat(64) })],
  ['another hash', (all, i) => change(all, i, { hash: 'f'.repeat(64) })],
  ['another person, with a hash to fit', (all, i) => change(all, i, { by: 'eve' }, true)],
  ['one removed', (all, i) => all.toSpliced(i, 1)],
  ['one removed, and the others moved up', (all, i) => renumbered(all.toSpliced(i, 1))],
  ['two swapped', (all, i, j) => renumbered(all.toSpliced(i, 1).toSpliced(j, 0, other(all, i)))],
  ['one put in twice', (all, i, j) => renumbered(all.toSpliced(j, 0, other(all, i)))],
  ['one put in with a hash to fit', putIn],
  ['cut off', (all, i) => all.slice(0, i)],
  ['begun later', (all, i) => all.slice(i + 1)],
  ['made anew from there', (all, i) => rehashed(change(all, i, { by: 'eve' }))],
];

describe('a log', () => {
  it('that nobody touched is whole, and so is an empty one', () => {
    using place = temporaryLog();
    new AuditLog({ path: place.path })[Symbol.dispose]();
    expect(verifyAudit(place.path)).toMatchObject({ entries: 0, head: BEGINNING, problem: null });
    const head = fill(place.path);
    expect(verifyAudit(place.path)).toEqual({ path: place.path, entries: ENTRIES, head, lost: 0, problem: null });
  });

  it('shows whatever was done to it, wherever', () => {
    using place = temporaryLog();
    fill(place.path);
    const entries = entriesOf(place.path);
    const places = fc.nat(ENTRIES - 1);
    fc.assert(
      fc.property(fc.constantFrom(...TAMPERINGS), places, places, ([, tamper], i, j) => {
        const tampered = tamper(entries, i, j);
        fc.pre(!isDeepStrictEqual(tampered, entries));
        replaceEntries(place.path, tampered);
        expect(verifyAudit(place.path).problem).not.toBeNull();
      }),
      { seed: 5, numRuns: 200 },
    );
    replaceEntries(place.path, entries);
    expect(verifyAudit(place.path).problem).toBeNull();
  });

  it.each<[string, string, RegExp]>([
    ['altered', "UPDATE entries SET by_whom = 'eve' WHERE sequence = 5", /^entry 5 was altered$/],
    ['removed', 'DELETE FROM entries WHERE sequence = 5', /^entry 5 is missing$/],
    ['removed at the beginning', 'DELETE FROM entries WHERE sequence = 1', /^entry 1 is missing$/],
    ['cut off', 'DELETE FROM entries WHERE sequence > 9', /^it ends with entry 9, and went on to entry 12$/],
    ['emptied', 'DELETE FROM entries', /^it ends with entry 0, and went on to entry 12$/],
    ['of another kind', "UPDATE entries SET kind = 'praised' WHERE sequence = 5", /^entry 5 was altered$/],
    [
      'with a number that is none',
      'UPDATE entries SET time_ms = 9223372036854775807 WHERE sequence = 5',
      /^entry 5 was altered$/,
    ],
    ['with one before the first', 'UPDATE entries SET sequence = -1 WHERE sequence = 5', /^entry 1 was altered$/],
  ])('says where it breaks: %s', (_, sql, problem) => {
    using place = temporaryLog();
    fill(place.path);
    runSql(place.path, sql);
    expect(verifyAudit(place.path).problem).toMatch(problem);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['gone', (path) => rmSync(path), /head is missing/],
    ['nonsense', (path) => writeFileSync(path, 'x'), /head cannot be read/],
    ['another shape', (path) => writeFileSync(path, '{"sequence":12}'), /head cannot be read/],
    ['of another log', (path) => writeHead(path, { sequence: 12, hash: 'a'.repeat(64) }), /entry 12 is not the one/],
    ['of a longer log', (path) => writeHead(path, { sequence: 13, hash: 'a'.repeat(64) }), /went on to entry 13/],
  ])('is not whole when its head is %s', (_, harm, problem) => {
    using place = temporaryLog();
    fill(place.path);
    harm(headPathOf(place.path));
    expect(verifyAudit(place.path).problem).toMatch(problem);
  });

  it('that is ahead of its head, as after a power cut, is whole', () => {
    using place = temporaryLog();
    fill(place.path);
    const { sequence, hash } = other(entriesOf(place.path), 8);
    writeHead(headPathOf(place.path), { sequence, hash });
    expect(verifyAudit(place.path).problem).toBeNull();
  });

  it('that was made anew with its head is whole in itself, and only a head noted elsewhere gives it away', () => {
    using place = temporaryLog();
    const noted = fill(place.path);
    const forged = rehashed(change(entriesOf(place.path), 3, { by: 'eve' }));
    replaceEntries(place.path, forged);
    writeHead(headPathOf(place.path), { sequence: ENTRIES, hash: other(forged, ENTRIES - 1).hash });
    expect(verifyAudit(place.path).problem).toBeNull();
    expect(verifyAudit(place.path, noted).problem).toBe('entry 12 is not the one that was noted');
    expect(verifyAudit(place.path, { ...noted, sequence: 99 }).problem).toBe('it has no entry 99, which was noted');
  });

  it('is checked while the hub writes', () => {
    using place = temporaryLog();
    using log = new AuditLog({ path: place.path });
    for (let i = 0; i < 20; i++) {
      log.append(note(`put ${i}`));
      log.flush();
      expect(verifyAudit(place.path)).toMatchObject({ entries: i + 1, problem: null });
    }
  });

  it('that is not there, or is something else, is said', () => {
    using place = temporaryLog();
    expect(() => verifyAudit(place.path)).toThrow(expect.objectContaining({ code: 'AUDIT_NOT_FOUND' }));
    writeFileSync(
      place.path,
      'This is no database, and is long enough for SQLite to look at its first page.'.repeat(20),
    );
    expect(() => verifyAudit(place.path)).toThrow(expect.objectContaining({ code: 'AUDIT_NOT_READABLE' }));
    const foreign = join(place.folder, 'foreign.sqlite');
    runSql(foreign, 'CREATE TABLE t (a)');
    expect(() => verifyAudit(foreign)).toThrow(/no audit log of Starling/);
    expect(readFileSync(foreign).length).toBeGreaterThan(0);
  });
});
