import { expect, test } from 'vitest';
import { limitedAddress, RateLimit } from './rate-limit.ts';

test('so many at once, then so many a second', () => {
  const limit = new RateLimit({ burst: 3, perS: 2 });
  expect([0, 0, 0, 0].map(() => limit.take('192.0.2.1', 0))).toEqual([0, 0, 0, 500]);
  expect(limit.take('192.0.2.1', 250)).toBe(250);
  expect(limit.take('192.0.2.1', 500)).toBe(0);
  expect(limit.take('192.0.2.1', 500)).toBe(500);
  // Waiting longer saves up no more than the burst.
  expect([0, 0, 0, 0].map(() => limit.take('192.0.2.1', 1e6))).toEqual([0, 0, 0, 500]);
});

test('one who asks too often is no trouble for another', () => {
  const limit = new RateLimit({ burst: 1, perS: 1 });
  expect(limit.take('192.0.2.1', 0)).toBe(0);
  expect(limit.take('192.0.2.1', 0)).toBe(1000);
  expect(limit.take('192.0.2.2', 0)).toBe(0);
});

test('memory is bounded, however many ask', () => {
  const limit = new RateLimit({ burst: 1, perS: 1 });
  for (let i = 0; i < 30_000; i++) limit.take(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, i);
  expect(limit.size).toBe(10_000);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s counts as %s', (address, counted) => {
  expect(limitedAddress(address)).toBe(counted);
});
