/** The site, its file and its places. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemSchema } from '../http/problem.ts';
import { SECRETS, SITE_FORM } from './desks.fixture.ts';
import { asking, openHub, type TestHub } from './hub.fixture.ts';
import { withoutSecrets, withSecretsOf } from './site-secrets.ts';

let hub: TestHub;
let ask: ReturnType<typeof asking>;
beforeEach(async () => {
  hub = await openHub({ observations: [] });
  ask = asking(hub);
});
afterEach(() => hub[Symbol.asyncDispose]());

const get = async (url: string): Promise<unknown> => JSON.parse((await ask('GET', url)).text);
const fileSchema = z.strictObject({
  version: z.string(),
  site: z.looseObject({
    site: z.looseObject({}),
    cameras: z.array(z.looseObject({ source: z.string() })),
  }),
});
const pathsIn = (text: string): string[] => problemSchema.parse(JSON.parse(text)).errors?.map(({ path }) => path) ?? [];
const put = (site: unknown, version: string | null) =>
  ask('PUT', '/api/site/file', { body: site, ...(version !== null && { headers: { 'if-match': version } }) });

describe('the file', () => {
  test('is read, changed and changed back, version by version', async () => {
    const first = await ask('GET', '/api/site/file');
    expect(first.headers['etag']).toBe('"v1"');
    const { site } = fileSchema.parse(JSON.parse(first.text));
    const second = await put({ ...site, site: { ...site.site, name: 'New Town' } }, '"v1"');
    expect([second.status, second.headers['etag']]).toEqual([200, '"v2"']);
    expect(await get('/api/site')).toMatchObject({ name: 'New Town', version: 'v2' });
    expect(await get('/api/site/history')).toMatchObject({
      items: [
        { version: 'v2', by: 'administrator' },
        { version: 'v1', by: null },
      ],
      next: null,
    });
    expect((await ask('POST', '/api/site/undo')).headers['etag']).toBe('"v1"');
    expect(await get('/api/site')).toMatchObject({ name: 'Old Town Market', version: 'v1' });
    expect((await ask('POST', '/api/site/undo')).status).toBe(409);
  });

  test('is not changed by somebody who has not seen it as it is', async () => {
    expect((await put(SITE_FORM, '"v1"')).status).toBe(200);
    const late = await put(SITE_FORM, '"v1"');
    expect(problemSchema.parse(JSON.parse(late.text))).toMatchObject({ status: 412, code: 'SITE_CHANGED_MEANWHILE' });
    for (const version of [null, '*', 'v2', 'W/"v2"', '"v1", "v2"', '""'])
      expect((await put(SITE_FORM, version)).status).toBe(428);
  });

  test.each<[string, (site: typeof SITE_FORM) => unknown, string]>([
    [
      'a zone that crosses itself',
      (s) => ({
        ...s,
        zones: [
          {
            id: 'a',
            polygon: [
              [0, 0],
              [2, 2],
              [2, 0],
              [0, 2],
            ],
          },
        ],
      }),
      'body.zones[0].polygon',
    ],
    ['two of a name', (s) => ({ ...s, zones: [...s.zones, s.zones[0]] }), 'body.zones[2].id'],
    [
      'a camera that is not there',
      (s) => ({ ...s, gates: [{ ...s.gates[1], camera: 'gone' }] }),
      'body.gates[0].camera',
    ],
    ['nobody to tell', (s) => ({ ...s, rules: [{ ...s.rules[0], notify: ['gone'] }] }), 'body.rules[0].notify'],
    ['a key too many', (s) => ({ ...s, site: { ...s.site, owner: 'me' } }), 'body.site'],
    [
      'a picture far away',
      (s) => ({
        ...s,
        zones: [
          {
            ...s.zones[1],
            image: [
              [0, 0],
              [5, 0],
              [0, 1],
            ],
          },
        ],
      }),
      'body.zones[0].image[1][0]',
    ],
  ])('is checked whole: %s', async (_, change, path) => {
    const answer = await put(change(SITE_FORM), '"v1"');
    expect(answer.status).toBe(400);
    expect(pathsIn(answer.text)).toContain(path);
    expect(await get('/api/site')).toMatchObject({ version: 'v1' });
  });
});

/** A polygon of so many corners. */
const circle = (corners: number) =>
  Array.from({ length: corners }, (_, i) => [10 * Math.cos((i / corners) * 6.28), 10 * Math.sin((i / corners) * 6.28)]);

test.each<[string, unknown]>([
  ['a polygon of many corners', { zones: [{ id: 'a', polygon: circle(20_000) }] }],
  ['many polygons', { zones: Array.from({ length: 400 }, (_, i) => ({ id: `z${i}`, polygon: circle(40) })) }],
  ['many cameras', { cameras: Array.from({ length: 40_000 }, (_, i) => ({ id: `c${i}` })) }],
  ['many keys', { notify: Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`n${i}`, {}])) }],
])('%s is refused before it takes long', async (_, part) => {
  const began = performance.now();
  const answer = await put(Object.assign({ site: SITE_FORM.site }, part), '"v1"');
  expect([answer.status, pathsIn(answer.text).length]).toEqual([400, 1]);
  expect(performance.now() - began).toBeLessThan(1500);
});

test('a list in a list, as deep as a body is long, is refused', async () => {
  const body = `{"site":{"id":"a","name":"a"},"zones":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  const answer = await ask('PUT', '/api/site/file', { body, headers: { 'if-match': '"v1"' } });
  expect(answer.status).toBe(400);
});

describe('secrets', () => {
  test('are in no answer', async () => {
    const reads = hub.routes.filter(
      ({ method, path }) => method === 'GET' && !path.includes(':') && path !== '/api/live',
    );
    for (const { path } of reads) {
      const { text } = await ask(
        'GET',
        `${path}${/history|export|fields/.test(path) ? '?from=2026-03-01T12:00:00Z&to=2026-03-01T12:05:00Z' : ''}`,
      );
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    }
  });

  test('stay as they are when the file comes back as it was shown', async () => {
    const { site } = fileSchema.parse(await get('/api/site/file'));
    expect((await put(site, '"v1"')).status).toBe(200);
    expect(hub.parts.site.get().written).toEqual(SITE_FORM);
  });

  test('are not told to a camera of another address', async () => {
    const { site } = fileSchema.parse(await get('/api/site/file'));
    site.cameras[0].source = site.cameras[0].source.replace('camera.local', 'evil.example.org');
    const answer = await put(site, '"v1"');
    expect([answer.status, pathsIn(answer.text)]).toEqual([400, ['body.cameras[0].source']]);
  });

  test.each<[string, string, string]>([
    ['source', 'rtsp://admin:hunter2@camera/1', 'rtsp://…@camera/1'],
    ['source', 'rtsp://a:b@c@camera/1', 'rtsp://…@camera/1'],
    ['source', 'rtsp://${USER}:${PASSWORD}@camera/1', 'rtsp://${USER}:${PASSWORD}@camera/1'],
    ['source', 'rtsp://admin:${PASSWORD}@camera/1', 'rtsp://…@camera/1'],
    ['source', 'http://camera/snap?user=a&pwd=b&size=1', 'http://camera/snap?user=…&pwd=…&size=1'],
    ['source', 'http://camera/snap?pwd=${PWD}', 'http://camera/snap?pwd=${PWD}'],
    ['source', 'sim://surge?people=300', 'sim://surge?people=300'],
    ['source', 'recordings/plaza.mp4', 'recordings/plaza.mp4'],
    ['webhook', 'https://hooks.example.org/T0/B0/xyz', 'https://hooks.example.org/…'],
    ['webhook', 'https://example.org/', 'https://example.org/'],
    ['webhook', 'https://example.org/hook/${TOKEN}', 'https://example.org/hook/${TOKEN}'],
    ['mqtt', 'mqtts://me:pw@broker:8883', 'mqtts://…@broker:8883'],
    ['secret', 'sixteen letters or more', '(a secret, as it was)'],
    ['secret', '${HOOK_SECRET}', '${HOOK_SECRET}'],
  ])('%s %s is shown as %s', (field, text, shown) => {
    const form = (value: string) =>
      field === 'source' ? { cameras: [{ id: 'a', source: value }] } : { notify: { b: { [field]: value } } };
    expect(withoutSecrets(form(text))).toEqual(form(shown));
    expect(withSecretsOf(form(shown), form(text))).toEqual(form(text));
  });
});

describe('places', () => {
  test('are told as the file has them, without where pictures come from', async () => {
    expect(await get('/api/cameras')).toEqual({
      next: null,
      items: [
        {
          id: 'square-north',
          isCalibrated: false,
          isSimulated: false,
          framesPerS: 5,
          health: { state: 'ok', reasons: [] },
        },
        { id: 'stairs', isCalibrated: false, isSimulated: true, framesPerS: null, health: null },
        { id: 'door', isCalibrated: false, isSimulated: false, framesPerS: null, health: null },
      ],
    });
    expect(await get('/api/zones/kerb')).toMatchObject({ id: 'kerb', camera: 'square-north', polygon: null });
    expect(await get('/api/gates/north-gate')).toEqual({
      id: 'north-gate',
      camera: null,
      line: [
        [0, 0],
        [4, 0],
      ],
      image: null,
    });
    expect(await get('/api/rules/crowded')).toMatchObject({
      forMs: 20_000,
      expireAfterMs: null,
      clear: null,
      severity: 'warning',
    });
  });

  test('what a route says it answers is what it answers', async () => {
    const listed = { camera: 'stairs', zone: 'square', gate: 'door', rule: 'crowded', id: 'a-1' };
    const period = '?from=2026-03-01T12:00:00Z&to=2026-03-01T12:05:00Z';
    for (const { method, path, reply } of hub.routes) {
      if (method !== 'GET' || reply === null) continue;
      const url = path.replace(/:(\w+)/, (_, name: string) => new Map(Object.entries(listed)).get(name) ?? name);
      const { text } = await ask('GET', `${url}${/history|fields/.test(path) && !path.includes('site') ? period : ''}`);
      expect([path, reply.safeParse(JSON.parse(text)).error?.issues ?? []]).toEqual([path, []]);
    }
  });
});
