import { expect, test } from 'vitest';
import { cameraHealth, cameraHealthSchema, cameraReason, CAMERA_REASONS, suspendsMetres } from './camera-health.ts';

const shifted = cameraReason('VIEW_SHIFTED', {});
const smeared = cameraReason('SMEARED', { percent: 12 });
const connecting = cameraReason('CONNECTING', {});
const frozen = cameraReason('FROZEN', { seconds: 7 });

test.each([
  ['nothing to say', [], 'ok'],
  ['a doubt', [smeared], 'degraded'],
  ['a doubt while connecting', [smeared, connecting], 'connecting'],
  ['blind, whatever else', [connecting, frozen, smeared], 'unknown'],
] as const)('%s', (_, reasons, state) => {
  expect(cameraHealth(reasons)).toEqual({ state, reasons });
});

test('a reason that two parts of the sensor give is told once', () => {
  expect(cameraHealth([smeared, frozen, smeared]).reasons).toEqual([smeared, frozen]);
});

test('metres are suspended by a moved camera and not by a poor picture', () => {
  expect(suspendsMetres(cameraHealth([smeared, shifted]))).toBe(true);
  expect(suspendsMetres(cameraHealth([smeared, frozen]))).toBe(false);
});

test('a message is filled in, and cut where somebody puts a novel into it', () => {
  expect(frozen.message).toBe('The picture has not changed at all for 7 s.');
  const long = cameraHealth([cameraReason('UNREACHABLE', { reason: 'x'.repeat(1000) })]);
  expect(cameraHealthSchema.parse(long)).toEqual(long);
});

test('a reason that is not in the table is no reason', () => {
  const health = { state: 'degraded', reasons: [{ code: 'FACE_SEEN', message: '' }] };
  expect(cameraHealthSchema.safeParse(health).success).toBe(false);
});

test('every reason says what happened and what to do', () => {
  for (const { what, mend } of Object.values(CAMERA_REASONS)) {
    expect(what).toMatch(/^[A-Z].*[.]$/);
    expect(mend).toMatch(/^[A-Z].*[.]$/);
  }
});
