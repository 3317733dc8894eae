import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOpenId, type OpenId, type OpenIdOptions } from './openid.ts';
import { CLIENT, type ProviderFixture, startProvider, visitProvider } from './openid.fixture.ts';
import { cookieOf, invited, NO_MARKS, openFixture, setUp } from './people.fixture.ts';

const REDIRECT = 'http://127.0.0.1:1/api/session/openid/callback';

const optionsFor = ({ issuer }: ProviderFixture, given: Partial<OpenIdOptions> = {}): OpenIdOptions => ({
  issuer,
  ...CLIENT,
  redirectUrl: REDIRECT,
  roleClaim: 'groups',
  roles: { admins: 'administrator', stewards: 'operator' },
  allowHttp: true,
  ...given,
});

let provider: ProviderFixture;
let openId: OpenId;
beforeAll(async () => {
  // The provider warns of what is well in a test.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  provider = await startProvider(REDIRECT);
  openId = createOpenId(optionsFor(provider));
});
afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  vi.restoreAllMocks();
});

/** Signs in as far as the way back. */
const comeBack = async (name: string, from = openId) => {
  const { url, flow } = await from.begin();
  const { searchParams } = await visitProvider(url, name, REDIRECT);
  return { flow, query: searchParams };
};

const failed = (reason: RegExp): unknown =>
  expect.objectContaining({ code: 'SERVE_OPENID_FAILED', message: expect.stringMatching(reason) });

describe('a provider', () => {
  it('vouches for somebody, and says which role', async () => {
    const { query, flow } = await comeBack('ada');
    expect(await openId.finish(query, flow)).toEqual({
      identity: { issuer: provider.issuer, subject: 'ada' },
      name: 'ada',
      role: 'operator',
    });
  });

  it('may say so in the ID token as well', async () => {
    await using other = await startProvider(REDIRECT, true);
    const theirs = createOpenId(optionsFor(other));
    const { query, flow } = await comeBack('root', theirs);
    expect(await theirs.finish(query, flow)).toMatchObject({ name: 'root', role: 'administrator' });
  });

  it('is asked with a challenge, a state and a nonce that nobody has seen before', async () => {
    const [one, two] = [new URL((await openId.begin()).url), new URL((await openId.begin()).url)];
    expect(one.searchParams.get('code_challenge_method')).toBe('S256');
    expect(one.searchParams.get('response_type')).toBe('code');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(one.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
    }
    expect(one.href).not.toContain(CLIENT.clientSecret);
  });

  it('who gives no role lets nobody in', async () => {
    const { query, flow } = await comeBack('visitor');
    await expect(openId.finish(query, flow)).rejects.toMatchObject({
      code: 'SERVE_OPENID_NO_ROLE',
      message: 'The provider knows visitor, but gives no role here.',
    });
  });

  it('is come back from once only', async () => {
    const { query, flow } = await comeBack('ada');
    await openId.finish(query, flow);
    await expect(openId.finish(query, flow)).rejects.toThrow(failed(/./));
  });

  it('is come back from in the browser that went there', async () => {
    const [mine, theirs] = [await comeBack('ada'), await comeBack('root')];
    await expect(openId.finish(theirs.query, mine.flow)).rejects.toThrow(failed(/state/));
    await expect(openId.finish(theirs.query, null)).rejects.toThrow(failed(/not begun in this browser/));
    await expect(openId.finish(theirs.query, 'x.y')).rejects.toThrow(failed(/not begun in this browser/));
  });

  it.each<[string, number]>([
    ['nonce', 1],
    ['verifier', 2],
  ])('is not believed with another %s', async (_, part) => {
    const { query, flow } = await comeBack('ada');
    const { flow: other } = await openId.begin();
    const mixed = flow
      .split('.')
      .with(part, other.split('.')[part] ?? '')
      .join('.');
    await expect(openId.finish(query, mixed)).rejects.toThrow(failed(/./));
  });

  it('who says that somebody turned back is understood', async () => {
    const { url, flow } = await openId.begin();
    const { searchParams } = await visitProvider(url, 'ada', REDIRECT, true);
    await expect(openId.finish(searchParams, flow)).rejects.toThrow(failed(/./));
  });

  it('is refused without TLS, unless that is allowed', async () => {
    await expect(createOpenId(optionsFor(provider, { allowHttp: false })).begin()).rejects.toThrow(failed(/HTTP/i));
  });

  it('with another secret is refused, and the secret is not told', async () => {
    const wrong = createOpenId(optionsFor(provider, { clientSecret: 'quite another one' }));
    const { query, flow } = await comeBack('ada', wrong);
    const error: unknown = await wrong.finish(query, flow).catch((reason: unknown) => reason);
    expect(error).toEqual(failed(/./));
    expect(JSON.stringify(error)).not.toContain('quite another one');
  });

  it('that cannot be reached is tried again', async () => {
    const gone = await startProvider(REDIRECT);
    const options = optionsFor(gone);
    await gone[Symbol.asyncDispose]();
    const theirs = createOpenId(options);
    await expect(theirs.begin()).rejects.toThrow(failed(/./));
    await expect(theirs.begin()).rejects.toThrow(failed(/./));
  });
});

describe('somebody for whom a provider vouches', () => {
  const ada = { identity: { issuer: 'https://id.test', subject: '1' }, name: 'ada', role: 'operator' } as const;

  it('is signed in, for a shift', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const cookie = cookieOf(people, people.signInVouched(ada, NO_MARKS));
    expect(people.authenticate(cookie)).toMatchObject({ kind: 'person', name: 'ada' });
    expect(people.present(cookie)?.session.endsMs).toBe(fixture.clock.nowMs + 12 * 3_600_000);
  });

  it('is the same person next time, whatever the name, with the role of then', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const first = people.signInVouched(ada, NO_MARKS);
    const again = people.signInVouched({ ...ada, name: 'lovelace', role: 'viewer' }, NO_MARKS);
    expect(again.user).toMatchObject({ id: first.user.id, name: 'ada', role: 'viewer' });
    // The role changed, so what was begun with the old one is over.
    expect(people.authenticate(cookieOf(people, first))).toMatchObject({ kind: 'nobody' });
    expect([...people.authenticate(cookieOf(people, again)).permissions]).toEqual(['see']);
  });

  it('does not become somebody of the same name', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    await invited(people, 'ada', 'viewer');
    const taken = expect.objectContaining({ code: 'SERVE_NAME_TAKEN' });
    expect(() => people.signInVouched(ada, NO_MARKS)).toThrow(taken);
    expect(() => people.signInVouched({ ...ada, name: 'ROOT' }, NO_MARKS)).toThrow(taken);
    people.signInVouched({ ...ada, name: 'grace' }, NO_MARKS);
    const elsewhere = { issuer: 'https://other.test', subject: '1' };
    expect(() => people.signInVouched({ ...ada, identity: elsewhere, name: 'grace' }, NO_MARKS)).toThrow(taken);
  });

  it('has no password here, and gets none', () => {
    using fixture = openFixture();
    const people = fixture.people();
    people.signInVouched(ada, NO_MARKS);
    const ofProvider = expect.objectContaining({ code: 'SERVE_OF_PROVIDER' });
    expect(() => people.users.inviteAgain('ada')).toThrow(ofProvider);
    expect(() => people.users.change('ada', { role: 'administrator' })).toThrow(ofProvider);
  });

  it('can be kept out here', () => {
    using fixture = openFixture();
    const people = fixture.people();
    const who = people.signInVouched(ada, NO_MARKS);
    people.users.change('ada', { disabled: true });
    expect(people.authenticate(cookieOf(people, who))).toMatchObject({ kind: 'nobody' });
    expect(() => people.signInVouched(ada, NO_MARKS)).toThrow(/may not sign in here any more/);
  });

  it('and is an administrator leaves no link lying about', () => {
    using fixture = openFixture();
    const people = fixture.people();
    expect(people.setUpLink()).not.toBeNull();
    people.signInVouched({ ...ada, role: 'administrator' }, NO_MARKS);
    expect(people.setUpLink()).toBeNull();
  });
});
