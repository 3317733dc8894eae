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

const told = (code: string, message: string) =>
  cameraHealthSchema.parse({ state: 'degraded', reasons: [{ code, message }] }).reasons[0]?.message;

test.each([
  ['numbers', 'SMEARED', 'Of the last pictures, 12 % came damaged or incomplete.', true],
  ['words of the system', 'UNREACHABLE', 'The camera does not answer: Connection refused.', true],
  ['words where a number belongs', 'SMEARED', 'Of the last pictures, AB-123 % came damaged or incomplete.', false],
  ['other words', 'BLACK', 'Somebody in a red coat stands before it.', false],
  ['more words', 'BLACK', 'The picture is black. data:image/png;base64,AAAA', false],
  ['another line', 'UNREACHABLE', 'The camera does not answer: it\nis.', false],
  ['a novel', 'UNREACHABLE', `The camera does not answer: ${'x'.repeat(201)}.`, false],
])('a message lets through the words of the table, and no others: %s', (_, code, message, passes) => {
  expect(told(code, message) === message).toBe(passes);
});

test('a message in the words of another version is told by its code', () => {
  expect(told('SMEARED', 'Many pictures came damaged.')).toBe('Of the last pictures, … % came damaged or incomplete.');
});

test.each([
  ['numbers that never end', cameraReason('OVERLOADED', { framesPerS: 1 / 3, askedPerS: 29.97002997 })],
  ['words on two lines', cameraReason('MODEL_FAILED', { reason: 'out\nof\tmemory' })],
  ['a novel', cameraReason('UNREACHABLE', { reason: 'x'.repeat(1000) })],
  ['a clock that went back', cameraReason('CLOCK_JUMPED', { seconds: '-3600.0' })],
])('what a sensor says passes as it is: %s', (_, reason) => {
  expect(told(reason.code, reason.message)).toBe(reason.message);
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
