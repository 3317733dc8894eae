import { expect, test } from 'vitest';
import { listen } from '../http/listen.ts';
import { fuzzRoutes } from '../http/fuzz.fixture.ts';
import { SECRETS } from './desks.fixture.ts';
import { openHub } from './hub.fixture.ts';
import { describeApi } from './table.ts';

test('nonsense is refused, whatever it is, and what is asked well is answered', { timeout: 300_000 }, async () => {
  await using hub = await openHub({ app: { limits: { burst: 1e6 } } });
  await using server = await listen(hub.app, { host: '127.0.0.1', port: 0 });
  const headers = { authorization: 'Bearer administrator' };
  const runs = Number(process.env['FUZZ_RUNS'] ?? 400);
  const seed = Number(process.env['FUZZ_SEED'] ?? 2026);
  const tally = await fuzzRoutes({ url: server.url, document: describeApi(), runs, seed, headers });
  expect(hub.faults).toEqual([]);
  // Most of it gets further than the door.
  expect((tally.get(200) ?? 0) / runs).toBeGreaterThan(0.2);
  expect((tally.get(400) ?? 0) / runs).toBeGreaterThan(0.1);
  expect(JSON.stringify(hub.audited)).not.toMatch(new RegExp(SECRETS.join('|')));
});
