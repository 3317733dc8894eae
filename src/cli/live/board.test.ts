import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { cameraHealth, cameraReason, type Observation, observationSchema } from '../../contract/index.ts';
import { boardLines, createBoard } from './board.ts';
import type { CameraStatus } from './site-state.ts';

const latest: Observation = observationSchema.parse(
  JSON.parse(readFileSync(new URL('../../../test/golden/observation-v1.json', import.meta.url), 'utf8')),
);
const NOW = Date.UTC(2026, 6, 1, 12, 0, 5);
const HEAD = { site: 'Old Town Market', timezone: 'Europe/Amsterdam', upMs: 3 * 3_600_000, trouble: null };
const well: CameraStatus = { camera: 'square-north', health: cameraHealth([]), latest, delayMs: 300 };
const blind: CameraStatus = {
  ...well,
  camera: 'gate',
  health: cameraHealth([cameraReason('NO_FRAMES', { seconds: 7 })]),
};
const plain = (...args: Parameters<typeof boardLines>): string[] => boardLines(...args).map(stripVTControlCharacters);

test('a table says how each camera is, and nothing of one that is blind', () => {
  expect(plain(HEAD, [well, blind], NOW, { columns: 120, rows: 30 })).toEqual([
    'Old Town Market  14:00:05 Europe/Amsterdam  up 3 h 0 min  1 ok, 1 unknown',
    'camera        state       people  rate',
    'square-north  ok            12.0    4/s  ',
    'gate          unknown          –      –  No picture has come for 7 s.',
  ]);
});

test('no line is wider than the terminal, and the worst cameras are shown where not all fit', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ ...well, camera: `camera-${i}` }));
  const lines = plain({ ...HEAD, trouble: 'x'.repeat(300) }, [...many, blind], NOW, { columns: 40, rows: 10 });
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines).toHaveLength(3 + 5 + 1);
  expect(lines[3]).toMatch(/^gate +unknown/);
  expect(lines.at(-1)).toBe('and 36 more');
});

test('a log has a line for each change, and none for a figure that changes', () => {
  const stream = new PassThrough();
  const board = createBoard(stream);
  board.show(HEAD, [well, blind], NOW);
  const later = { ...blind, health: cameraHealth([cameraReason('NO_FRAMES', { seconds: 8 })]) };
  board.show(HEAD, [well, later], NOW + 1000);
  board.show({ ...HEAD, trouble: 'The disk is full.' }, [well, { ...blind, health: cameraHealth([]) }], NOW + 2000);
  board.show(HEAD, [well, { ...blind, health: cameraHealth([]) }], NOW + 3000);
  expect(String(stream.read()).split('\n')).toEqual([
    '2026-07-01T12:00:05.000Z  square-north  ok',
    '2026-07-01T12:00:05.000Z  gate  unknown NO_FRAMES  No picture has come for 7 s.',
    '2026-07-01T12:00:07.000Z  ledger  The disk is full.',
    '2026-07-01T12:00:07.000Z  gate  ok',
    '2026-07-01T12:00:08.000Z  ledger  takes observations again',
    '',
  ]);
});
