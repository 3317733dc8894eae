import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { AuditNote } from '../audit/index.ts';
import { createApp } from '../http/app.ts';
import { createOpenId } from './openid.ts';
import { CLIENT, startProvider, visitProvider } from './openid.fixture.ts';
import { openFixture, OTHER_PASSWORD, PASSWORD, type PeopleFixture } from './people.fixture.ts';
import { peopleRoutes } from './routes.ts';
import { checkOrigin } from './same-origin.ts';

type Json = Readonly<Record<string, unknown>>;

const REDIRECT = 'http://127.0.0.1:1/api/session/openid/callback';
const COOKIE = /^__Host-starling=([\w-]*)\.([\w-]*); Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/;

let provider: Awaited<ReturnType<typeof startProvider>>;
let fixture: PeopleFixture;
let app: Awaited<ReturnType<typeof createApp>>;
const notes: AuditNote[] = [];
const allNotes: AuditNote[] = [];
/** Everything that was answered, to look for secrets in. */
const said: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  provider = await startProvider(REDIRECT);
  fixture = openFixture();
  const people = fixture.people();
  const openId = createOpenId({
    issuer: provider.issuer,
    ...CLIENT,
    redirectUrl: REDIRECT,
    roleClaim: 'groups',
    roles: { stewards: 'operator' },
    allowHttp: true,
  });
  app = await createApp({
    routes: peopleRoutes({ people, openId, audit: { append: (note) => void notes.push(note) } }),
    authenticate: async ({ method, headers }) => {
      checkOrigin(method, headers);
      return people.authenticate(headers);
    },
    audit: () => {},
    onFault: (error) => {
      throw error;
    },
    limits: { perS: 1e6, burst: 1e6 },
  });
});
afterAll(async () => {
  await app.close();
  fixture[Symbol.dispose]();
  await provider[Symbol.asyncDispose]();
  vi.restoreAllMocks();
});
afterEach(() => void allNotes.push(...notes.splice(0)));

interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  /** The cookie to send from then on. */
  readonly cookie: string;
}

interface Asking {
  readonly cookie?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ask = async (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body: Json | null,
  asking: Asking = {},
): Promise<Reply> => {
  const { cookie, token, headers } = asking;
  const response = await app.inject({
    method,
    url,
    headers: {
      host: 'hub.test',
      ...(cookie === undefined ? {} : { cookie, 'sec-fetch-site': 'same-origin' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body ? { payload: body } : {}),
  });
  said.push(response.body);
  const header = String(response.headers['set-cookie'] ?? '');
  return {
    status: response.statusCode,
    body: response.body.startsWith('{') ? response.json() : {},
    text: response.body,
    cookie: header.split(';')[0] ?? '',
  };
};

const signIn = async (name: string, password = PASSWORD): Promise<string> =>
  (await ask('POST', '/api/session', { name, password })).cookie;

describe('the first administrator', () => {
  it('is made with the link, and is signed in', async () => {
    const token = fixture.people().setUpLink()?.token;
    const response = await app.inject({
      method: 'POST',
      url: '/api/set-up',
      headers: { host: 'hub.test', 'sec-fetch-site': 'same-origin' },
      payload: { token, name: 'root', password: PASSWORD },
    });
    expect(response.headers['set-cookie']).toMatch(COOKIE);
    expect(response.json()).toEqual({
      kind: 'person',
      name: 'root',
      role: 'administrator',
      permissions: ['see', 'acknowledge', 'configure', 'administer', 'audit'],
      hasPassword: true,
      openId: true,
    });
    expect(notes).toEqual([
      { caller: 'person', by: 'root', address: '127.0.0.1', kind: 'signedIn', what: 'setUp', details: 'administrator' },
    ]);
    expect((await ask('POST', '/api/set-up', { token, name: 'eve', password: PASSWORD })).status).toBe(410);
  });
});

describe('signing in', () => {
  it('gives a cookie, tells who one is, and is noted', async () => {
    const cookie = await signIn('root');
    expect(notes).toMatchObject([{ by: 'root', kind: 'signedIn', what: 'signIn' }]);
    expect((await ask('GET', '/api/session', null, { cookie })).body).toMatchObject({ name: 'root', kind: 'person' });
    expect((await ask('GET', '/api/session', null)).body).toMatchObject({
      name: 'nobody',
      role: null,
      permissions: [],
    });
    const out = await ask('DELETE', '/api/session', null, { cookie });
    expect(out.status).toBe(204);
    expect(out.cookie).toMatch(/^__Host-starling=\.[\w-]{43}$/);
    expect((await ask('GET', '/api/session', null, { cookie })).body).toMatchObject({ kind: 'nobody' });
  });

  it.each([
    ['of somebody', 'ROOT', 'signIn root'],
    ['of nobody, who typed the password there', OTHER_PASSWORD, 'signIn'],
  ])('in vain is noted with the name only where it is one: %s', async (_, name, what) => {
    expect(await ask('POST', '/api/session', { name, password: 'wrong wrong wrong' })).toMatchObject({
      status: 401,
      body: { code: 'SERVE_BAD_PASSWORD' },
      cookie: '',
    });
    expect(notes).toEqual([
      { caller: 'nobody', by: 'nobody', address: '127.0.0.1', kind: 'refused', what, details: 'SERVE_BAD_PASSWORD' },
    ]);
  });

  it.each<[string, Json]>([
    ['no password', { name: 'root' }],
    ['no text', { name: 'root', password: 7 }],
    ['too long', { name: 'root', password: 'x'.repeat(1025) }],
    ['more than is asked', { name: 'root', password: PASSWORD, role: 'administrator' }],
  ])('with %s is bad input', async (_, body) => {
    expect((await ask('POST', '/api/session', body)).status).toBe(400);
  });

  it('from the page of another site does nothing', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const refused = { status: 403, body: { code: 'SERVE_CROSS_ORIGIN' } };
    expect(await ask('POST', '/api/session', { name: 'root', password: PASSWORD }, { headers })).toMatchObject(refused);
    const cookie = await signIn('root');
    expect(await ask('DELETE', '/api/session', null, { cookie, headers })).toMatchObject(refused);
    expect((await ask('GET', '/api/session', null, { cookie })).body).toMatchObject({ name: 'root' });
  });

  it('changes the own password', async () => {
    const cookie = await signIn('root');
    const change = { current: PASSWORD, password: OTHER_PASSWORD };
    expect((await ask('PUT', '/api/session/password', change)).status).toBe(401);
    expect(
      await ask('PUT', '/api/session/password', { ...change, password: 'root root root' }, { cookie }),
    ).toMatchObject({
      status: 400,
      body: { code: 'SERVE_WEAK_PASSWORD' },
    });
    const changed = await ask('PUT', '/api/session/password', change, { cookie });
    expect((await ask('GET', '/api/session', null, { cookie })).body).toMatchObject({ kind: 'nobody' });
    const back = { current: OTHER_PASSWORD, password: PASSWORD };
    expect((await ask('PUT', '/api/session/password', back, { cookie: changed.cookie })).status).toBe(200);
  });
});

describe('users', () => {
  it('are invited, come in, get a role, and are kept out', async () => {
    const cookie = await signIn('root');
    const made = await ask('POST', '/api/users', { name: 'ada', role: 'viewer' }, { cookie });
    expect(made).toMatchObject({
      status: 201,
      body: { user: { name: 'ada', role: 'viewer', state: 'invited', signedIn: null } },
    });
    expect(notes.at(-1)).toMatchObject({
      by: 'root',
      kind: 'changed',
      what: 'users ada',
      details: 'invited as viewer',
    });
    const again = await ask('POST', '/api/users/ada/invitation', null, { cookie });
    const entered = await ask('POST', '/api/set-up', { token: again.body['token'], password: PASSWORD });
    expect(entered.body).toMatchObject({ name: 'ada', role: 'viewer' });
    expect(await ask('PATCH', '/api/users/ADA', { role: 'operator' }, { cookie })).toMatchObject({
      body: { name: 'ada', role: 'operator', state: 'active' },
    });
    expect(notes.at(-1)).toMatchObject({ what: 'users ada', details: 'role operator' });
    expect((await ask('GET', '/api/session', null, { cookie: entered.cookie })).body).toMatchObject({ kind: 'nobody' });
    await ask('PATCH', '/api/users/ada', { disabled: true }, { cookie });
    expect((await ask('GET', '/api/users', null, { cookie })).body).toMatchObject({
      users: [
        { name: 'ada', state: 'disabled' },
        { name: 'root', state: 'active' },
      ],
    });
    await ask('PATCH', '/api/users/ada', { disabled: false }, { cookie });
  });

  it.each([
    ['GET', '/api/users', null],
    ['POST', '/api/users', { name: 'eve', role: 'administrator' }],
    ['PATCH', '/api/users/ada', { role: 'administrator' }],
    ['POST', '/api/users/root/invitation', null],
  ] as const)('are for administrators: %s %s', async (method, url, body) => {
    const cookie = await signIn('ada');
    expect(await ask(method, url, body, { cookie })).toMatchObject({ status: 403, body: { code: 'SERVE_FORBIDDEN' } });
    expect((await ask(method, url, body)).status).toBe(401);
    expect(fixture.people().nameOf('eve')).toBeNull();
  });

  it.each([
    ['POST', '/api/users', { name: 'ada', role: 'viewer' }, 409],
    ['POST', '/api/users', { name: '<b>', role: 'viewer' }, 400],
    ['POST', '/api/users', { name: 'eve', role: 'king' }, 400],
    ['PATCH', '/api/users/eve', { role: 'viewer' }, 404],
    ['PATCH', '/api/users/root', { disabled: true }, 409],
    ['POST', '/api/users/eve/invitation', null, 404],
  ] as const)('%s %s %j is refused', async (method, url, body, status) => {
    expect((await ask(method, url, body, { cookie: await signIn('root') })).status).toBe(status);
  });
});

const wish = (scopes: readonly string[]) => ({
  label: 'grafana',
  scopes,
  expires: new Date(fixture.clock.nowMs + 86_400_000).toISOString(),
});

const madeToken = z.object({ secret: z.string(), token: z.object({ id: z.string() }) });

describe('tokens', () => {
  it('are made, listed and revoked by whoever they belong to', async () => {
    const cookie = await signIn('ada');
    const made = await ask('POST', '/api/tokens', wish(['see']), { cookie });
    expect(made.status).toBe(201);
    const { secret, token } = madeToken.parse(made.body);
    expect(notes.at(-1)).toMatchObject({ by: 'ada', kind: 'changed', what: `postToken ${token.id}` });
    expect((await ask('GET', '/api/session', null, { token: secret })).body).toMatchObject({
      kind: 'token',
      name: 'ada/grafana',
      permissions: ['see'],
    });
    expect((await ask('GET', '/api/tokens', null, { cookie })).body).toEqual({
      tokens: [expect.objectContaining({ id: token.id, owner: 'ada' })],
    });
    expect((await ask('DELETE', `/api/tokens/${token.id}`, null, { cookie })).status).toBe(204);
    expect((await ask('GET', '/api/session', null, { token: secret })).body).toMatchObject({ kind: 'nobody' });
  });

  it('do not go beyond what somebody may', async () => {
    const cookie = await signIn('ada');
    expect(await ask('POST', '/api/tokens', wish(['administer']), { cookie })).toMatchObject({
      status: 400,
      body: { code: 'SERVE_TOKEN_REFUSED' },
    });
    expect((await ask('POST', '/api/tokens', wish([]), { cookie })).status).toBe(400);
  });

  it('give no rights away, whatever their scopes', async () => {
    const cookie = await signIn('root');
    const { secret } = madeToken.parse(
      (await ask('POST', '/api/tokens', wish(['administer', 'see']), { cookie })).body,
    );
    const personOnly = { status: 403, body: { code: 'SERVE_PERSON_ONLY' } };
    const asking = { token: secret };
    expect((await ask('GET', '/api/users', null, asking)).status).toBe(200);
    expect(await ask('POST', '/api/users', { name: 'eve', role: 'administrator' }, asking)).toMatchObject(personOnly);
    expect(await ask('PATCH', '/api/users/ada', { role: 'administrator' }, asking)).toMatchObject(personOnly);
    expect(await ask('POST', '/api/users/ada/invitation', null, asking)).toMatchObject(personOnly);
    expect(await ask('POST', '/api/tokens', wish(['see']), asking)).toMatchObject(personOnly);
    expect(await ask('GET', '/api/tokens', null, asking)).toMatchObject(personOnly);
    expect(
      await ask('PUT', '/api/session/password', { current: PASSWORD, password: OTHER_PASSWORD }, asking),
    ).toMatchObject(personOnly);
    expect((await ask('GET', '/api/tokens', null)).status).toBe(401);
  });
});

describe('signing in at a provider', () => {
  it('goes there by a page of our own, and comes back by one', async () => {
    const begun = await ask('GET', '/api/session/openid', null);
    expect(begun.cookie).toMatch(/^__Host-starling-openid=/);
    const url = /<a href="([^"]+)"/.exec(begun.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { pathname, search } = await visitProvider(url, 'ada', REDIRECT);
    // `ada` is somebody else here already.
    expect(await ask('GET', pathname + search, null, { cookie: begun.cookie })).toMatchObject({ status: 409 });
  });

  it('signs in who is new, and notes it', async () => {
    provider.claims['grace'] = { preferred_username: 'grace', groups: ['stewards'] };
    const begun = await ask('GET', '/api/session/openid', null);
    const url = /<a href="([^"]+)"/.exec(begun.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { pathname, search } = await visitProvider(url, 'grace', REDIRECT);
    const back = await ask('GET', pathname + search, null, {
      cookie: begun.cookie,
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(back.text).toContain('<meta http-equiv="refresh" content="0;url=/">');
    expect((await ask('GET', '/api/session', null, { cookie: back.cookie })).body).toMatchObject({
      name: 'grace',
      role: 'operator',
      hasPassword: false,
    });
    expect(notes).toMatchObject([{ by: 'grace', kind: 'signedIn', details: `operator, as ${provider.issuer} says` }]);
  });

  it.each([
    '/api/session/openid/callback?code=x&state=y',
    '/api/session/openid/callback',
    '/api/session/openid/callback?state=a&state=b',
  ])('that nobody began is refused: %s', async (url) => {
    expect(await ask('GET', url, null)).toMatchObject({ status: 401, body: { code: 'SERVE_OPENID_FAILED' } });
    expect(notes).toMatchObject([{ kind: 'refused', what: 'finishOpenId', details: 'SERVE_OPENID_FAILED' }]);
  });
});

describe('secrets', () => {
  it('are in no answer, but for a token and a link when they are made', () => {
    expect(said.length).toBeGreaterThan(50);
    for (const text of said) {
      expect(text).not.toMatch(/argon2|password_hash|passwordHash|digest|"session":|"device":/);
      for (const secret of [PASSWORD, OTHER_PASSWORD, CLIENT.clientSecret]) expect(text).not.toContain(secret);
    }
  });

  it('are drawn ones in no answer but where one is made, or a browser is sent away with one', () => {
    const others = said.filter((text) => !/"(secret|link|token)":/.test(text) || text.startsWith('{"tokens"'));
    for (const text of others.filter((answer) => !answer.startsWith('<'))) expect(text).not.toMatch(/[\w-]{43}/);
  });

  it('are in no note of the audit log', () => {
    expect(allNotes.length).toBeGreaterThan(20);
    for (const note of allNotes) expect(JSON.stringify(note)).not.toMatch(/[\w-]{43}/);
  });
});
