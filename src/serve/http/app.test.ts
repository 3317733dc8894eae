/** What holds for every route, whatever it does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asking, openHub, type TestHub } from '../routes/hub.fixture.ts';
import { NOTHING, type Route, route } from './route.ts';
import { problemSchema } from './problem.ts';

const failing: Route = route({
  method: 'GET',
  path: '/api/failing',
  id: 'getFailing',
  summary: 'Fails',
  access: 'public',
  audit: 'looked',
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  reply: null,
  handle: () => Promise.reject(new Error('the password is hunter2')),
});

let hub: TestHub;
let ask: ReturnType<typeof asking>;
beforeAll(async () => {
  hub = await openHub({ others: [failing], observations: [] });
  ask = asking(hub);
});
afterAll(() => hub[Symbol.asyncDispose]());

const expectProblem = (answer: Awaited<ReturnType<typeof ask>>, status: number, code: string): void => {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(problemSchema.parse(JSON.parse(answer.text))).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
};

describe('addresses', () => {
  test.each<[string, string]>([
    ['nothing there', '/api/nothing'],
    ['out of the folder', '/api/../../etc/passwd'],
    ['out of the folder, escaped', '/api/%2e%2e%2f%2e%2e%2fetc/passwd'],
    ['a trailing slash', '/api/site/'],
    ['two slashes', '//api/zones'],
    ['other letters', '/API/zones'],
    ['another zone', '/api/zones/nowhere'],
    ['another alert', '/api/alerts/nothing'],
    ['the prototype of a list', '/api/alerts/constructor'],
  ])('%s: %s', async (_, url) => {
    const answer = await ask('GET', url);
    expectProblem(
      answer,
      404,
      url.includes('nowhere') || url.includes('alerts') ? 'SERVE_NO_SUCH_THING' : 'SERVE_NO_SUCH_ROUTE',
    );
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['out of the folder', '..%2f..%2fetc%2fpasswd'],
    ['with a NUL', 'square%00'],
    ['with a line end', 'square%0d%0ax-injected:%201'],
    ['the prototype', '__proto__'],
    ['too long', 'a'.repeat(65)],
    ['far too long', 'a'.repeat(3000)],
    ['no UTF-8', '%ff%fe'],
    ['a lone escape', '%'],
    ['a space', '%20'],
  ])('a zone called %s', async (_, name) => {
    const answer = await ask('GET', `/api/zones/${name}`);
    expectProblem(answer, 400, 'SERVE_BAD_INPUT');
    expect(answer.headers['x-injected']).toBeUndefined();
  });

  test('too long altogether, or with too many names', async () => {
    expectProblem(await ask('GET', `/api/site?${'a'.repeat(5000)}`), 413, 'SERVE_TOO_LARGE');
    expectProblem(await ask('GET', `/api/site?${'a&'.repeat(40)}`), 413, 'SERVE_TOO_LARGE');
  });

  test.each(['a=1', '__proto__=1', 'constructor=1', 'from=1&from=2'])(
    'a query that is not asked for: %s',
    async (query) => {
      expectProblem(await ask('GET', `/api/site?${query}`), 400, 'SERVE_BAD_INPUT');
    },
  );
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)('%s of what is only read', async (method) => {
    const answer = await ask(method, '/api/zones', { body: {} });
    expectProblem(answer, 405, 'SERVE_NO_SUCH_METHOD');
    expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS');
  });

  test('HEAD is GET without its body', async () => {
    const [head, get] = [await ask('HEAD', '/api/zones'), await ask('GET', '/api/zones')];
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    expect(head.headers['etag']).toBe(get.headers['etag']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  test('OPTIONS says what there is, and lets no other site ask', async () => {
    const answer = await ask('OPTIONS', '/api/site/file', { headers: { origin: 'https://evil.example.org' } });
    expect([answer.status, answer.headers['allow']]).toEqual([204, 'GET, HEAD, PUT, OPTIONS']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

const put = (body: string, type = 'application/json') =>
  ask('PUT', '/api/site/file', { body, headers: { 'content-type': type, 'if-match': '"v1"' } });

describe('bodies', () => {
  test.each<[string, string]>([
    ['half of it', '{"site":'],
    ['nothing', ''],
    ['the prototype', '{"__proto__": {"isAdmin": true}}'],
    ['the constructor', '{"constructor": {"prototype": {}}}'],
    ['deep', '['.repeat(100_000)],
    ['a list', '[]'],
    ['a word', '"site"'],
    ['null', 'null'],
  ])('%s is no site', async (_, body) => {
    expectProblem(await put(body), 400, 'SERVE_BAD_INPUT');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('no other kind is read: %s', async (type) => {
    expectProblem(await put('{}', type), 415, 'SERVE_WRONG_MEDIA');
  });

  test('more than 1 MiB is not read', async () => {
    expectProblem(await put(`"${'a'.repeat(1_048_576)}"`), 413, 'SERVE_TOO_LARGE');
  });
});

describe('caching', () => {
  test('who has it already is not sent it again', async () => {
    const { headers } = await ask('GET', '/api/zones');
    const tag = String(headers['etag']);
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    for (const given of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const answer = await ask('GET', '/api/zones', { headers: { 'if-none-match': given } });
      expect([answer.status, answer.text, answer.headers['etag']]).toEqual([304, '', tag]);
    }
    expect((await ask('GET', '/api/zones', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});

describe('who asks from where', () => {
  test('under the name of another site', async () => {
    expectProblem(
      await ask('GET', '/healthz', { headers: { host: 'rebind.example.org:8420' } }),
      421,
      'SERVE_WRONG_HOST',
    );
  });

  test("from another site's page", async () => {
    const answer = await asking(hub, null)('POST', '/api/site/undo', {
      headers: { origin: 'https://evil.example.org' },
    });
    expectProblem(answer, 403, 'SERVE_CROSS_ORIGIN');
  });

  test('what a proxy says is believed only when told to', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    await ask('GET', '/api/failing', { headers: forwarded });
    expect(hub.audited.at(-1)?.address).toBe('127.0.0.1');
    await using behind = await openHub({ others: [failing], observations: [], app: { trustProxy: ['127.0.0.1'] } });
    await asking(behind)('GET', '/api/failing', { headers: forwarded });
    expect(behind.audited.at(-1)?.address).toBe('203.0.113.9');
  });
});

test('a fault of our own is for the log', async () => {
  const before = hub.faults.length;
  const answer = await ask('GET', '/api/failing');
  expectProblem(answer, 500, 'CLI_INTERNAL');
  expect(answer.text).not.toMatch(/hunter2|stack|failing/);
  expect(hub.faults.slice(before)).toEqual([new Error('the password is hunter2')]);
});

test('a browser is told to trust nothing but this server', async () => {
  for (const url of ['/api/site', '/api/nothing']) {
    const { headers } = await ask('GET', url);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';script-src 'self'/);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('who asks too often waits, and is told how long', async () => {
  await using slow = await openHub({ observations: [], app: { limits: { burst: 2, perS: 0.1 } } });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push(await asking(slow)('GET', '/api/site'));
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(statuses[2].headers['retry-after']).toBe('10');
  expectProblem(statuses[2], 429, 'SERVE_TOO_OFTEN');
});

describe('the audit log', () => {
  test('is told what was looked at, changed and refused', async () => {
    hub.audited.length = 0;
    await ask('GET', '/api/zones');
    await ask('GET', '/api/alerts/log?limit=3');
    await asking(hub, 'viewer')('POST', '/api/alerts/a-1/acknowledge');
    await asking(hub, null)('POST', '/api/alerts/a-1/acknowledge');
    await ask('POST', '/api/alerts/gone/acknowledge');
    expect(
      hub.audited.map(({ kind, operation, by, target, outcome }) => [kind, operation, by.name, target, outcome]),
    ).toEqual([
      ['looked', 'getAlertLog', 'administrator', '/api/alerts/log?limit=3', 'done'],
      ['changed', 'acknowledgeAlert', 'viewer', '/api/alerts/a-1/acknowledge', 'refused'],
      ['changed', 'acknowledgeAlert', 'administrator', '/api/alerts/gone/acknowledge', 'failed'],
    ]);
  });

  test('that cannot be written lets nothing out, and hides nothing', async () => {
    await using deaf = await openHub({
      observations: [],
      app: {
        audit: () => {
          throw new Error('the disk is full');
        },
      },
    });
    const period = 'from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z';
    expect((await asking(deaf)('GET', `/api/export/zones.csv?${period}`)).status).toBe(500);
    expect((await asking(deaf)('GET', '/api/alerts/log')).status).toBe(200);
    expect(deaf.faults).toHaveLength(2);
  });
});
