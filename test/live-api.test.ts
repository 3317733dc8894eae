/**
 * The API of a running site, with everybody who may sign in: who may do what is a table, held against the document that
 * the site itself hands out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { LiveRun } from '../scripts/live/live-run.ts';
import { PASSWORD, SignedIn } from '../scripts/live/signed-in.ts';
import { starling } from './helpers/cli.ts';
import { temporaryFolder } from './helpers/video.ts';

const CAMERA_PASSWORD = 'hunter2-of-the-camera';
const HOOK_SECRET = 'a-secret-of-the-webhook';
const SITE = `site: { id: hall, name: Hall }
cameras:
  - { id: hall, source: 'sim://corridor?people=30&seed=1' }
  - { id: door, source: 'rtsp://guard:${CAMERA_PASSWORD}@127.0.0.1:9/1' }
zones: [{ id: middle, polygon: [[5, 1], [15, 1], [15, 3], [5, 3]] }]
rules: [{ id: full, when: occupancy(middle) > 5000, notify: [desk] }]
notify: { desk: { webhook: 'http://127.0.0.1:9/hook/${HOOK_SECRET}', secret: ${HOOK_SECRET} } }
`;

/** What each permission lets somebody do, as `docs/` tells it. */
const MAY = {
  viewer: ['see'],
  operator: ['see', 'acknowledge'],
  engineer: ['see', 'acknowledge', 'configure'],
  administrator: ['see', 'acknowledge', 'configure', 'administer', 'audit'],
  auditor: ['audit'],
} as const;
type Role = keyof typeof MAY;
const roles: readonly Role[] = ['viewer', 'operator', 'engineer', 'administrator', 'auditor'];

const operationSchema = z.looseObject({ operationId: z.string(), 'x-permission': z.string().optional() });
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly access: string;
}

const GOLDEN = new URL('golden/api-access.json', import.meta.url);
const golden = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(GOLDEN, 'utf8')));

describe('a running site', () => {
  const scope = new AsyncDisposableStack();
  const people = new Map<Role, SignedIn>();
  let data: string;
  let run: LiveRun;
  let operations: Operation[];

  const operationsOf = async (): Promise<Operation[]> => {
    const { paths } = documentSchema.parse(await (await fetch(`${await run.url}/api/openapi.json`)).json());
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, 'x-permission': access = 'public' }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, 'x'),
        access,
      })),
    );
  };

  /** Asks without sense: whoever may ask is told so, and whoever may not is told nothing. */
  const asked = async (ask: SignedIn['ask'], { method, path }: Operation): Promise<number> => {
    // A stream has no end to wait for.
    if (method === 'GET') return (await ask(path, { method: 'HEAD' })).status;
    return (await ask(path, { method, body: '{}' })).status;
  };

  beforeAll(async () => {
    const folder = scope.use(await temporaryFolder()).path;
    const site = join(folder, 'hall.site.yaml');
    data = join(folder, 'data');
    await writeFile(site, SITE);
    run = scope.use(new LiveRun([site, '--data', data, '--port', '0']));
    const ada = await SignedIn.first(run);
    people.set('administrator', ada);
    for (const role of roles.filter((one) => one !== 'administrator'))
      people.set(role, await ada.invite(run, `the-${role}`, role));
    operations = await operationsOf();
  }, 120_000);
  afterAll(() => scope.disposeAsync());

  test('has no route that the table does not know', () => {
    const found = Object.fromEntries(operations.map(({ id, access }) => [id, access]));
    if (process.env['REGEN']) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(golden);
  });

  test.each(roles)('lets in whom the table says, and nobody else: %s', { timeout: 60_000 }, async (role) => {
    const ask: SignedIn['ask'] = (path, init) => {
      const person = people.get(role);
      if (!person) throw new Error(`nobody is ${role}`);
      return person.ask(path, init);
    };
    for (const operation of operations.filter(({ access }) => access !== 'public')) {
      const isAllowed = MAY[role].some((permission) => permission === operation.access);
      const status = await asked(ask, operation);
      expect([operation.id, [401, 403].includes(status)]).toEqual([operation.id, !isAllowed]);
      expect([operation.id, status < 500 || operation.id === 'getNow']).toEqual([operation.id, true]);
    }
  });

  test('tells strangers nothing', { timeout: 60_000 }, async () => {
    const url = await run.url;
    const ask: SignedIn['ask'] = (path, init) =>
      fetch(`${url}${path}`, { ...init, headers: { 'content-type': 'application/json' } });
    for (const operation of operations.filter(({ access }) => access !== 'public'))
      expect([operation.id, await asked(ask, operation)]).toEqual([operation.id, 401]);
  });

  test.each([
    ['another site', { origin: 'https://attacker.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['nowhere', { origin: 'null' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('does nothing for a page of %s, though the browser is signed in', async (_, headers) => {
    const ada = people.get('administrator');
    const answer = await ada?.ask('/api/site/undo', { method: 'POST', body: '{}', headers });
    expect(answer?.status).toBe(403);
  });

  test('gives a session of its own to whoever signs in, whatever cookie they bring', async () => {
    const url = await run.url;
    const signIn = (cookie: string) =>
      fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, origin: url },
        body: JSON.stringify({ name: 'ada', password: PASSWORD }),
      });
    const planted = 'starling=planted-by-somebody-else';
    const cookies = [await signIn(planted), await signIn(planted)].map((answer) => answer.headers.getSetCookie()[0]);
    expect(new Set(cookies).size).toBe(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^starling=[\w.-]{40,}; .*HttpOnly; SameSite=Strict/);
      expect(cookie).not.toContain('planted');
    }
  });

  test('shows its secrets in no answer, no log and no file of the audit', { timeout: 60_000 }, async () => {
    const ada = people.get('administrator');
    const said: string[] = [];
    for (const { path } of operations.filter(({ method, id }) => method === 'GET' && id !== 'getLive'))
      said.push((await (await ada?.ask(path))?.text()) ?? '');
    expect(said.join('').length).toBeGreaterThan(5000);
    const shown = [...said, run.output].join('\n');
    for (const secret of [CAMERA_PASSWORD, HOOK_SECRET, PASSWORD]) expect(shown).not.toContain(secret);
    expect(said.join('')).not.toMatch(/\$argon2/);
  });

  test('keeps an audit log that is whole', { timeout: 60_000 }, async () => {
    const entries = await people.get('auditor')?.ask('/api/audit?limit=1000');
    expect(await entries?.text()).toContain('the-viewer');
    const { code } = await run.stop();
    expect(code).toBe(0);
    const verified = await starling('audit', 'verify', '--data', data);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^\d+ entries, whole; head \d+:[0-9a-f]{64}$/m);
  });
});
