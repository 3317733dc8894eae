import { expect, test } from 'vitest';
import { openPeopleBook } from './book.ts';
import { LONGEST_MS } from './sessions.ts';

test('somebody has at most fifty sessions, and twenty browsers: the oldest gives way', () => {
  using book = openPeopleBook(':memory:');
  const { id } = book.users.add({ name: 'ada', role: 'viewer', provider: null, nowMs: 0 });
  const begun = Array.from({ length: 60 }, (_, i) => ({
    session: book.sessions.begin(id, i, LONGEST_MS),
    device: book.devices.renew(id, null, i),
  }));
  const held = begun.map(({ session }) => book.sessions.find(session, 100) !== null);
  expect(held).toEqual([...Array<boolean>(10).fill(false), ...Array<boolean>(50).fill(true)]);
  const known = begun.map(({ device }) => book.devices.isOf(device, id, 100));
  expect(known).toEqual([...Array<boolean>(40).fill(false), ...Array<boolean>(20).fill(true)]);
});

test('what is over is swept away', () => {
  using book = openPeopleBook(':memory:');
  const { id } = book.users.add({ name: 'ada', role: 'viewer', provider: null, nowMs: 0 });
  const old = book.sessions.begin(id, 0, 1000);
  book.sessions.begin(id, 1000, 1000);
  // Gone, not only refused: a clock that is set back does not bring it to life.
  expect(book.sessions.find(old, 500)).toBeNull();
});

test('every secret is another one', () => {
  using book = openPeopleBook(':memory:');
  const { id } = book.users.add({ name: 'ada', role: 'viewer', provider: null, nowMs: 0 });
  const secrets = Array.from({ length: 100 }, (_, i) => book.sessions.begin(id, i, 1000));
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});
