import { expect, test } from 'vitest';
import { hideSecrets, restoreSecrets } from './hidden.ts';

test.each([
  ['source', 'rtsp://guard:hunter2@camera/1', 'rtsp://…@camera/1'],
  ['source', 'rtsp://${USER}:${PASSWORD}@camera/1', 'rtsp://${USER}:${PASSWORD}@camera/1'],
  ['source', 'rtsp://guard:${PASSWORD}@camera/1', 'rtsp://…@camera/1'],
  ['source', 'rtsp://camera/1?channel=2&token=abc', 'rtsp://camera/1?channel=2&token=…'],
  ['source', 'rtsp://camera/1?token=${TOKEN}', 'rtsp://camera/1?token=${TOKEN}'],
  ['source', 'plaza.mp4', 'plaza.mp4'],
  ['webhook', 'https://me:secret@example.org/hook', 'https://…@example.org/hook'],
  ['smtp', 'smtps://me:secret@mail.example.org', 'smtps://…@mail.example.org'],
  ['mqtt', 'mqtt://me:p@ss@broker', 'mqtt://…@broker'],
  ['secret', 'a-secret-of-the-hook', '…'],
  ['secret', '${HOOK_SECRET}', '${HOOK_SECRET}'],
])('%s %s is shown as %s, and comes back whole', (key, text, shown) => {
  const written = { cameras: [{ id: 'a' }, { id: 'b', [key]: text }] };
  expect(hideSecrets(written)).toEqual({ cameras: [{ id: 'a' }, { id: 'b', [key]: shown }] });
  expect(restoreSecrets(hideSecrets(written), written)).toEqual(written);
});

test('a password goes with the camera that it belongs to, and with no other', () => {
  const before = {
    cameras: [
      { id: 'a', source: 'rtsp://x:1@a/1' },
      { id: 'b', source: 'rtsp://x:2@b/1' },
    ],
  };
  const swapped = {
    cameras: [
      { id: 'b', source: 'rtsp://…@b/1' },
      { id: 'c', source: 'rtsp://…@a/1' },
    ],
  };
  expect(restoreSecrets(swapped, before)).toEqual({
    cameras: [
      { id: 'b', source: 'rtsp://x:2@b/1' },
      { id: 'c', source: 'rtsp://…@a/1' },
    ],
  });
  // Nobody gets a password sent to a host of their own.
  const elsewhere = { cameras: [{ id: 'a', source: 'rtsp://…@attacker/1' }] };
  expect(restoreSecrets(elsewhere, before)).toEqual(elsewhere);
});
