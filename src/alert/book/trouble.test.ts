import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookedSite } from './site.fixture.ts';

// Joined with what runs them only here, so that nothing asks for them to be installed.
const [MOUNT, UNMOUNT] = ['mount', 'umount'];

let folder = '';
let site: BookedSite | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-trouble-'));
});
afterEach(() => {
  site?.dispose();
  site = null;
  spawnSync(UNMOUNT, [folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** A disk of a few kilobytes in the folder; false where mounting is not allowed. */
const mountSmall = (options: string): boolean =>
  spawnSync(MOUNT, ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;

const kindsOf = (events: readonly { readonly kind: string }[]) => events.map(({ kind }) => kind);

/** Fills it to the last byte. */
const fill = (): void => {
  for (const bytes of [65_536, 4096, 512, 1])
    for (let i = 0; ; i++) {
      try {
        writeFileSync(join(folder, `ballast-${bytes}-${i}`), Buffer.alloc(bytes));
      } catch {
        break;
      }
    }
};
const empty = (): void => {
  for (const name of readdirSync(folder)) if (name.startsWith('ballast')) rmSync(join(folder, name));
};

describe('a disk that is full', () => {
  it('alerts go on from memory, and are caught up in order when there is room', ({ skip }) => {
    if (!mountSmall('size=512k')) skip('mounting is not allowed here');
    site = new BookedSite({}, { path: join(folder, 'alerts.sqlite') });
    const before = ['T', 'F'].flatMap((letter) => site?.judge(letter) ?? []);
    fill();
    // The log's file may have room for a little more.
    const during = Array.from('TFTFTFTFTFTFTFTFTFTFTFTFTFTFTFTF', (letter) => site?.judge(letter) ?? []).flat();
    expect(site.alerts.trouble()).toMatchObject({ code: 'BOOK_NOT_WRITABLE' });
    expect(during).toHaveLength(32);
    expect(site.log()).toEqual([...before, ...during]);
    const [{ id }] = site.judge('T').flatMap(({ alert }) => alert ?? []);
    expect(site.alerts.acknowledge(id, 'kim', site.nowMs)).toHaveLength(1);
    expect(site.alerts.find(id)).toMatchObject({ state: 'acknowledged' });
    empty();
    site.judge('T');
    expect(site.alerts.trouble()).toBeNull();
    const all = site.log();
    expect(all).toHaveLength(36);
    site.restart();
    expect(site.log()).toEqual(all);
    expect(site.alerts.current()).toMatchObject([{ id, state: 'acknowledged' }]);
  });

  it('and a kill: what was told is lost with the memory, but no number is used again', ({ skip }) => {
    if (!mountSmall('size=512k')) skip('mounting is not allowed here');
    site = new BookedSite({}, { path: join(folder, 'alerts.sqlite') });
    site.run('TF');
    fill();
    const lost = Array.from('TFTFTFTFTFTFTFTFTFTFTFTFTFTFTFTF', (letter) => site?.judge(letter) ?? []).flat();
    empty();
    site.kill();
    const [{ sequence }] = site.run('T') === 'R' ? site.log().slice(-1) : [{ sequence: 0 }];
    expect(sequence).toBeGreaterThan(lost.at(-1)?.sequence ?? Infinity);
  });
});

describe('a folder that is not there', () => {
  it('alerts begin without a book, and have one when there is', () => {
    const place = join(folder, 'data');
    site = new BookedSite({}, { path: join(place, 'alerts.sqlite') });
    expect(site.alerts.trouble()).toMatchObject({ code: 'BOOK_NOT_WRITABLE' });
    const told = ['T', 'F', 'T'].flatMap((letter) => site?.judge(letter) ?? []);
    expect(kindsOf(told)).toEqual(['raised', 'cleared', 'raised']);
    mkdirSync(place);
    expect(site.judge('T')).toEqual([]);
    expect(site.alerts.trouble()).toBeNull();
    expect(site.log()).toEqual(told);
    site.restart();
    expect(site.log()).toEqual(told);
    expect(site.run('TF')).toBe('.C');
  });
});

/** Leaves a book with some letters judged, then begins where it is out of reach. */
const begun = (letters: string, rule: Record<string, unknown> = {}): BookedSite => {
  const place = join(folder, 'data');
  mkdirSync(place);
  const path = join(place, 'alerts.sqlite');
  const left = new BookedSite(rule, { path });
  left.run(letters);
  left.alerts.close();
  renameSync(place, `${place}.away`);
  const again = new BookedSite(rule, { path });
  again.nowMs = left.nowMs + 60_000;
  site = again;
  left.open();
  left.dispose();
  return again;
};
const comesBack = (): void => {
  renameSync(`${join(folder, 'data')}.away`, join(folder, 'data'));
};

describe('a book that could not be read at the beginning', () => {
  it('gives its alerts back when it can be read', () => {
    const again = begun('T');
    expect(again.run('FF')).toBe('..');
    comesBack();
    // What was raised is well again, and nobody was told of that yet.
    expect(kindsOf(again.judge('F'))).toEqual(['cleared']);
    expect(kindsOf(again.log())).toEqual(['raised', 'cleared']);
  });

  it('gives way to an alert that was raised meanwhile: one rule, one alert', () => {
    const again = begun('T');
    expect(again.run('T')).toBe('R');
    comesBack();
    expect(kindsOf(again.judge('T'))).toEqual(['expired']);
    const log = again.log();
    expect(kindsOf(log)).toEqual(['raised', 'raised', 'expired']);
    expect(log[2].alert?.id).toBe(log[0].alert?.id);
    expect(again.alerts.current().map(({ id }) => id)).toEqual([log[1].alert?.id]);
  });

  it('goes before a hold time that has only begun', () => {
    const again = begun('TTTT', { for: '3s' });
    expect(again.run('T')).toBe('.');
    comesBack();
    expect(again.run('TTTTF')).toBe('....C');
    expect(kindsOf(again.log())).toEqual(['raised', 'cleared']);
  });
});
