import { expect, test } from 'vitest';
import { createLanes, type Lane } from './lanes.ts';

/** Work that ends when it is told to. */
const held = () => Promise.withResolvers<void>();
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('no more is done at once than may be, and those who are known go first', async () => {
  const lanes = createLanes({ atOnce: 2, mostWaiting: 10 });
  const begun: string[] = [];
  const works = new Map(['a1', 'a2', 'a3', 'a4', 'k1', 'k2'].map((name) => [name, held()]));
  const doing = [...works].map(([name, { promise }]) =>
    lanes(name.startsWith('k') ? 'known' : 'anyone', () => {
      begun.push(name);
      return promise;
    }),
  );
  await settle();
  expect(begun).toEqual(['a1', 'a2']);
  for (const name of ['a1', 'a2', 'k1', 'k2', 'a3', 'a4']) {
    works.get(name)?.resolve();
    await settle();
  }
  await Promise.all(doing);
  expect(begun).toEqual(['a1', 'a2', 'k1', 'k2', 'a3', 'a4']);
});

test.each<[Lane, Lane]>([
  ['anyone', 'known'],
  ['known', 'anyone'],
])('a lane %s that is full turns away, and does not fill the lane %s', async (full, other) => {
  const lanes = createLanes({ atOnce: 1, mostWaiting: 3 });
  const work = held();
  const doing = Array.from({ length: 4 }, () => lanes(full, () => work.promise));
  await expect(lanes(full, () => work.promise)).rejects.toMatchObject({ code: 'SERVE_THROTTLED' });
  const others = lanes(other, async () => 'done');
  work.resolve();
  expect(await others).toBe('done');
  await Promise.all(doing);
  expect(await lanes(full, async () => 'room again')).toBe('room again');
});

test('work that fails makes room too', async () => {
  const lanes = createLanes({ atOnce: 1, mostWaiting: 1 });
  await expect(lanes('anyone', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await lanes('anyone', async () => 'done')).toBe('done');
});
