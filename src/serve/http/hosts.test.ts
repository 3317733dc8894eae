import { expect, test } from 'vitest';
import { hostCheck } from './hosts.ts';

const LOCAL = ['127.0.0.1', []] as const;

test.each<[string | undefined, readonly string[], string | undefined, boolean]>([
  [...LOCAL, '127.0.0.1:8420', true],
  [...LOCAL, 'localhost:8420', true],
  [...LOCAL, 'LOCALHOST', true],
  [...LOCAL, 'localhost.', true],
  [...LOCAL, '[::1]:8420', true],
  // The name of another site that was made to point here.
  [...LOCAL, 'rebind.example.org:8420', false],
  [...LOCAL, '127.0.0.1.example.org', false],
  [...LOCAL, 'localhost@example.org', false],
  [...LOCAL, 'localhost/example.org', false],
  [...LOCAL, 'localhost example.org', false],
  [...LOCAL, '', false],
  [...LOCAL, undefined, false],
  ['::1', [], '[::1]:8420', true],
  ['::1', [], '[0:0:0:0:0:0:0:1]', true],
  ['127.0.0.2', [], '127.0.0.2', true],
  ['127.0.0.1', ['crowd.example.org'], 'crowd.example.org', true],
  ['127.0.0.1', ['crowd.example.org'], 'other.example.org', false],
  // Where others can reach it under names that nobody has told us, it is for what is asked.
  ['0.0.0.0', [], 'anything.example.org', true],
  ['0.0.0.0', ['crowd.example.org'], 'other.example.org', false],
  [undefined, [], undefined, true],
])('listening on %s with the names %j, Host: %s is ours: %s', (host, named, header, ours) => {
  expect(hostCheck(host, named)(header)).toBe(ours);
});
