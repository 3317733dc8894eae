import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { type Permission, PERMISSIONS, PERMISSIONS_OF, type Role, ROLES } from '../access.ts';
import type { Headers } from './headers.ts';
import { cookieOf, invited, openFixture, setUp } from './people.fixture.ts';
import type { People } from './people.ts';
import type { User } from './users.ts';

const DAY_MS = 86_400_000;
const NOBODY = { kind: 'nobody', name: 'nobody' };

const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });
const coded = (code: string): unknown => expect.objectContaining({ code });

const may = (people: People, headers: Headers): string[] => [...people.authenticate(headers).permissions].sort();

const make = (
  fixture: ReturnType<typeof openFixture>,
  user: User,
  scopes: readonly Permission[] = ['see'],
  days = 30,
) => fixture.people().tokens.make(user, { label: 'grafana', scopes, expiresMs: fixture.clock.nowMs + days * DAY_MS });

const refusalOf = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof StarlingError ? error.code : error;
  }
};

describe('a token', () => {
  it('is recognised by its beginning, and says whose it is', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const { user } = await setUp(people);
    const { secret, token } = make(fixture, user);
    expect(secret).toMatch(/^stl_[\w-]{43}$/);
    expect(people.authenticate(bearer(secret))).toEqual({
      kind: 'token',
      name: 'root/grafana',
      permissions: new Set(['see']),
    });
    expect(people.tokens.list(user)).toMatchObject([
      { owner: 'root', token: { id: token.id, usedMs: fixture.clock.nowMs } },
    ]);
    // Never by it can a person be.
    expect(people.present(bearer(secret))).toBeNull();
  });

  it('may never do what its owner may not now, whatever happened since', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    const { user } = await invited(people, 'ada', 'administrator');
    const { secret } = make(fixture, user, PERMISSIONS);
    const step = (role: Role): string[] => {
      people.users.change('ada', { role });
      return may(people, bearer(secret));
    };
    for (const role of ROLES) expect(step(role)).toEqual([...PERMISSIONS_OF[role]].sort());
    people.users.change('ada', { disabled: true });
    expect(people.authenticate(bearer(secret))).toMatchObject(NOBODY);
    // It does not come back with its owner.
    people.users.change('ada', { disabled: false });
    expect(people.authenticate(bearer(secret))).toMatchObject(NOBODY);
  });

  it('does only what it is for, though its owner may do more', () => {
    using fixture = openFixture();
    const people = fixture.people();
    const { user } = people.users.invite('root', 'administrator');
    for (const scope of PERMISSIONS) expect(may(people, bearer(make(fixture, user, [scope]).secret))).toEqual([scope]);
  });

  it('is for nothing that its owner may not', () => {
    using fixture = openFixture();
    for (const role of ROLES) {
      const { user } = fixture.people().users.invite(`a ${role}`, role);
      for (const scope of PERMISSIONS) {
        expect(refusalOf(() => make(fixture, user, [scope]))).toBe(
          PERMISSIONS_OF[role].includes(scope) ? null : 'SERVE_TOKEN_REFUSED',
        );
      }
    }
  });

  it.each([
    ['no scope', [], 30],
    ['no time left', ['see'], 0],
    ['an end in the past', ['see'], -1],
    ['more than a year', ['see'], 366],
  ] as const)('is not made with %s', (_, scopes, days) => {
    using fixture = openFixture();
    const { user } = fixture.people().users.invite('root', 'administrator');
    expect(() => make(fixture, user, scopes, days)).toThrow(coded('SERVE_TOKEN_REFUSED'));
    expect(fixture.people().tokens.list(user)).toEqual([]);
  });

  it('is no more than fifty', () => {
    using fixture = openFixture();
    const { user } = fixture.people().users.invite('root', 'administrator');
    for (let i = 0; i < 50; i++) make(fixture, user);
    expect(() => make(fixture, user)).toThrow(/50 already/);
  });

  it('ends when its time is over, to the millisecond', () => {
    using fixture = openFixture();
    const people = fixture.people();
    const { user } = people.users.invite('root', 'administrator');
    const { secret } = make(fixture, user, ['see'], 365);
    fixture.clock.nowMs += 365 * DAY_MS - 1;
    expect(people.authenticate(bearer(secret))).toMatchObject({ kind: 'token' });
    fixture.clock.nowMs += 1;
    expect(people.authenticate(bearer(secret))).toMatchObject(NOBODY);
  });

  it('ends at once when it is revoked, by its owner or an administrator and nobody else', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const root = await setUp(people);
    const [ada, eve] = [await invited(people, 'ada', 'operator'), await invited(people, 'eve', 'engineer')];
    const [first, second] = [make(fixture, ada.user), make(fixture, ada.user)];
    expect(() => people.tokens.revoke(eve.user, first.token.id)).toThrow(coded('SERVE_NO_SUCH_TOKEN'));
    expect(people.tokens.list(eve.user)).toEqual([]);
    expect(people.tokens.list(root.user)).toHaveLength(2);
    people.tokens.revoke(ada.user, first.token.id);
    people.tokens.revoke(root.user, second.token.id);
    for (const { secret } of [first, second]) expect(people.authenticate(bearer(secret))).toMatchObject(NOBODY);
    expect(() => people.tokens.revoke(ada.user, first.token.id)).toThrow(coded('SERVE_NO_SUCH_TOKEN'));
  });

  it.each([
    ['nothing', 'Bearer '],
    ['something else', 'Bearer x'],
    ['a made-up one', `Bearer stl_${'x'.repeat(43)}`],
    ['another beginning', `Bearer slt_${'x'.repeat(43)}`],
    ['a password', 'Basic cm9vdDpyb290'],
  ])('that is %s is nobody', (_, authorization) => {
    using fixture = openFixture();
    expect(fixture.people().authenticate({ authorization })).toMatchObject(NOBODY);
  });

  it('goes before the cookie: what does not hold is not made good by who is signed in', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const who = await setUp(people);
    const cookie = cookieOf(people, who);
    const { secret } = make(fixture, who.user);
    expect(may(people, { ...cookie, ...bearer(secret) })).toEqual(['see']);
    expect(may(people, { ...cookie, ...bearer(`stl_${'x'.repeat(43)}`) })).toEqual([]);
    expect(people.present({ ...cookie, ...bearer(secret) })).toBeNull();
  });

  it('is no session, and a session is no token', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const who = await setUp(people);
    const { secret } = make(fixture, who.user);
    expect(people.authenticate(bearer(who.session))).toMatchObject(NOBODY);
    expect(people.authenticate(cookieOf(people, { ...who, session: secret }))).toMatchObject(NOBODY);
  });
});
