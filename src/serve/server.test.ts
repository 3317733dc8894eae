import { expect, test } from 'vitest';
import type { SiteHealth } from './routes/health.ts';
import { startServer } from './server.ts';

const site = (change: Partial<SiteHealth> = {}): SiteHealth => ({
  site: 'Old Town Market',
  upS: 60,
  ledger: null,
  cameras: [{ camera: 'north', state: 'ok', reasons: [] }],
  ...change,
});
const trouble = { code: 'STORE_NOT_WRITABLE', message: 'The ledger cannot be written: the disk is full.' };
const blind: SiteHealth['cameras'][number] = {
  camera: 'south',
  state: 'unknown',
  reasons: [{ code: 'BLACK', message: 'The picture is black.' }],
};
const doubtful: SiteHealth['cameras'][number] = { camera: 'south', state: 'degraded', reasons: [] };

test.each<[string, SiteHealth, number]>([
  ['all well', site(), 200],
  ['a camera in doubt', site({ cameras: [doubtful] }), 200],
  ['a blind camera', site({ cameras: [...site().cameras, blind] }), 503],
  ['a ledger that takes nothing', site({ ledger: trouble }), 503],
])('%s', async (_, health, status) => {
  await using server = await startServer({ host: '127.0.0.1', port: 0, health: () => health });
  const ready = await fetch(`${server.url}/readyz`);
  expect(ready.status).toBe(status);
  const alive = await fetch(`${server.url}/healthz`);
  expect(alive.status).toBe(200);
  expect(await alive.json()).toEqual(health);
  expect(alive.headers.get('cache-control')).toBe('no-store');
});

test('a port that is taken is said, and a free one is found', async () => {
  await using first = await startServer({ host: '127.0.0.1', port: 0, health: site });
  const port = Number(new URL(first.url).port);
  await expect(startServer({ host: '127.0.0.1', port, health: site })).rejects.toMatchObject({
    code: 'SERVE_PORT_TAKEN',
    message: `Port ${port} of 127.0.0.1 cannot be listened on: another program uses it.`,
  });
});

test.each(['192.0.2.1', 'no-such-host.invalid'])(
  'an address that this machine does not have is said: %s',
  async (host) => {
    await expect(startServer({ host, port: 0, health: site })).rejects.toMatchObject({ code: 'SERVE_NO_SUCH_HOST' });
  },
);
