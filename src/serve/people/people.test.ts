import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Role } from '../access.ts';
import { cookieOf, invited, NO_MARKS, openFixture, OTHER_PASSWORD, PASSWORD, setUp, signIn } from './people.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOBODY = { kind: 'nobody' };

const coded = (code: string): unknown => expect.objectContaining({ code });

describe('the first start', () => {
  it('has no user, no password, and a link that makes the first administrator', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    expect(people.users.list()).toEqual([]);
    const link = people.setUpLink();
    expect(link).toMatchObject({ path: `/set-up#token=${link?.token}`, expiresMs: fixture.clock.nowMs + DAY_MS });
    const who = await people.useLink({ token: link?.token ?? '', name: 'Root', password: PASSWORD, marks: NO_MARKS });
    expect(who.user).toMatchObject({ name: 'Root', role: 'administrator' });
    expect(people.authenticate(cookieOf(people, who))).toMatchObject({ kind: 'person', name: 'Root' });
    expect(people.setUpLink()).toBeNull();
    fixture.reopen();
    expect(fixture.people().setUpLink()).toBeNull();
    expect((await signIn(fixture.people(), 'root')).user.name).toBe('Root');
  });

  it('refuses a link that was used, also where two come at once', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const token = people.setUpLink()?.token ?? '';
    const use = (name: string) => people.useLink({ token, name, password: PASSWORD, marks: NO_MARKS });
    const results = await Promise.allSettled([use('one'), use('two'), use('three')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(people.users.list()).toHaveLength(1);
    await expect(use('four')).rejects.toThrow(coded('SERVE_LINK_USED'));
  });

  it.each<[string, (fixture: ReturnType<typeof openFixture>, token: string) => string]>([
    ['too old', ({ clock }, token) => ((clock.nowMs += DAY_MS), token)],
    ['replaced by a newer one', (fixture, token) => (fixture.people().setUpLink(), token)],
    ['made up', () => 'x'.repeat(43)],
    ['empty', () => ''],
    ['cut short', (_, token) => token.slice(0, -1)],
  ])('refuses a link that is %s', async (_, harm) => {
    using fixture = openFixture();
    const token = harm(fixture, fixture.people().setUpLink()?.token ?? '');
    const used = fixture.people().useLink({ token, name: 'root', password: PASSWORD, marks: NO_MARKS });
    await expect(used).rejects.toThrow(coded('SERVE_LINK_USED'));
    expect(fixture.people().users.list()).toEqual([]);
  });

  it('keeps the link where the name or the password will not do', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const token = people.setUpLink()?.token ?? '';
    const use = (name: string | undefined, password: string) =>
      people.useLink({ token, name, password, marks: NO_MARKS });
    await expect(use(undefined, PASSWORD)).rejects.toThrow(coded('SERVE_BAD_NAME'));
    await expect(use('root', 'short')).rejects.toThrow(coded('SERVE_WEAK_PASSWORD'));
    expect((await use('root', PASSWORD)).user.name).toBe('root');
  });
});

describe('a session', () => {
  it('has an id of its own: one that was planted is never taken over, and one that was there ends', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const first = await setUp(people);
    const planted = 'p'.repeat(43);
    for (const session of [planted, first.session]) {
      const who = await people.signIn({
        name: 'root',
        password: PASSWORD,
        address: '192.0.2.1',
        marks: { session, device: null },
      });
      expect(who.session).not.toBe(session);
      expect(people.authenticate(cookieOf(people, { ...who, session }))).toMatchObject(NOBODY);
      expect(people.authenticate(cookieOf(people, who))).toMatchObject({ name: 'root' });
    }
  });

  it('of somebody else in another browser goes on', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const first = await setUp(people);
    await signIn(people, 'root');
    expect(people.authenticate(cookieOf(people, first))).toMatchObject({ name: 'root' });
  });

  it('ends after twelve hours without a request', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const cookie = cookieOf(people, await setUp(people));
    for (let i = 0; i < 5; i++) {
      fixture.clock.nowMs += 11 * HOUR_MS;
      expect(people.authenticate(cookie)).toMatchObject({ name: 'root' });
    }
    fixture.clock.nowMs += 12 * HOUR_MS;
    expect(people.authenticate(cookie)).toMatchObject(NOBODY);
  });

  it('ends after seven days, whatever is asked', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const cookie = cookieOf(people, await setUp(people));
    for (let hour = 0; hour < 7 * 24; hour++) {
      expect(people.authenticate(cookie)).toMatchObject({ name: 'root' });
      fixture.clock.nowMs += HOUR_MS;
    }
    expect(people.authenticate(cookie)).toMatchObject(NOBODY);
  });

  it('ends with signing out, and the browser stays known', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const who = await setUp(people);
    people.signOut(cookieOf(people, who));
    people.signOut(cookieOf(people, who));
    people.signOut({});
    expect(people.authenticate(cookieOf(people, who))).toMatchObject(NOBODY);
  });

  it.each<[string, (fixture: ReturnType<typeof openFixture>) => unknown]>([
    [
      'the password changes',
      (f) =>
        f
          .people()
          .changePassword({ name: 'ada', password: PASSWORD, address: '192.0.2.1', marks: NO_MARKS }, OTHER_PASSWORD),
    ],
    ['the role changes', (f) => f.people().users.change('ada', { role: 'viewer' })],
    ['the user is disabled', (f) => f.people().users.change('ada', { disabled: true })],
    [
      'the password is set anew by a link',
      (f) =>
        f.people().useLink({
          token: f.people().users.inviteAgain('ada').token,
          name: undefined,
          password: OTHER_PASSWORD,
          marks: NO_MARKS,
        }),
    ],
  ])('ends everywhere when %s', async (_, harm) => {
    using fixture = openFixture();
    const people = fixture.people();
    const root = cookieOf(people, await setUp(people));
    const sessions = [await invited(people, 'ada', 'operator'), await signIn(people, 'ada')];
    await harm(fixture);
    for (const who of sessions) {
      expect(people.authenticate(cookieOf(people, who))).toMatchObject(NOBODY);
      expect(people.present(cookieOf(people, who))).toBeNull();
    }
    expect(people.authenticate(root)).toMatchObject({ name: 'root' });
  });

  it('goes on with a new password, and the old one is worth nothing', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    const marks = { session: null, device: (await signIn(people, 'root')).device };
    const who = await people.changePassword(
      { name: 'root', password: PASSWORD, address: '192.0.2.1', marks },
      OTHER_PASSWORD,
    );
    expect(people.authenticate(cookieOf(people, who))).toMatchObject({ name: 'root' });
    await expect(signIn(people, 'root')).rejects.toThrow(coded('SERVE_BAD_PASSWORD'));
    expect((await signIn(people, 'root', OTHER_PASSWORD)).user.name).toBe('root');
  });

  it('is kept over a restart', async () => {
    using fixture = openFixture();
    const who = await setUp(fixture.people());
    fixture.reopen();
    expect(fixture.people().authenticate(cookieOf(fixture.people(), who))).toMatchObject({ name: 'root' });
  });
});

describe('a role', () => {
  const MAY: readonly (readonly [Role, string[]])[] = [
    ['viewer', ['see']],
    ['operator', ['see', 'acknowledge']],
    ['engineer', ['see', 'acknowledge', 'configure']],
    ['administrator', ['see', 'acknowledge', 'configure', 'administer', 'audit']],
    ['auditor', ['audit']],
  ];

  it('says what somebody may, as soon as it is given', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    await invited(people, 'ada', 'viewer');
    for (const [role, permissions] of MAY) {
      people.users.change('ada', { role });
      const caller = people.authenticate(cookieOf(people, await signIn(people, 'ada')));
      expect([...caller.permissions]).toEqual(permissions);
    }
  });

  it('of the last administrator stays', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    // Somebody who has not set a password yet could not help.
    people.users.invite('later', 'administrator');
    const last = coded('SERVE_LAST_ADMINISTRATOR');
    expect(() => people.users.change('root', { role: 'viewer' })).toThrow(last);
    expect(() => people.users.change('root', { disabled: true })).toThrow(last);
    expect((await signIn(people, 'root')).user.role).toBe('administrator');
    await invited(people, 'second', 'administrator');
    expect(people.users.change('root', { disabled: true }).disabledMs).not.toBeNull();
  });
});

describe('a user', () => {
  it('has a name that nobody else gets, in whatever letters', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    people.users.invite('Zoë', 'viewer');
    for (const name of ['Zoë', 'ZOË', 'Zoe\u0308']) {
      expect(() => people.users.invite(name, 'viewer')).toThrow(coded('SERVE_NAME_TAKEN'));
      expect(people.nameOf(name)).toBe('Zoë');
    }
    expect(people.nameOf('zoe')).toBeNull();
  });

  it('who is kept out comes in by no link, and gets none', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    await invited(people, 'ada', 'viewer');
    const { token } = people.users.inviteAgain('ada');
    people.users.change('ada', { disabled: true });
    const used = people.useLink({ token, name: undefined, password: OTHER_PASSWORD, marks: NO_MARKS });
    await expect(used).rejects.toThrow(coded('SERVE_LINK_USED'));
    expect(() => people.users.inviteAgain('ada')).toThrow(coded('SERVE_NO_SUCH_USER'));
    people.users.change('ada', { disabled: false });
    expect((await signIn(people, 'ada')).user.name).toBe('ada');
  });

  it('gets one link at a time, and a name that is sent with it changes nothing', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    await setUp(people);
    const { link } = people.users.invite('ada', 'viewer');
    const again = people.users.inviteAgain('ada');
    const use = (token: string) => people.useLink({ token, name: 'root', password: OTHER_PASSWORD, marks: NO_MARKS });
    await expect(use(link.token)).rejects.toThrow(coded('SERVE_LINK_USED'));
    expect((await use(again.token)).user).toMatchObject({ name: 'ada', role: 'viewer' });
    await expect(signIn(people, 'root', OTHER_PASSWORD)).rejects.toThrow(coded('SERVE_BAD_PASSWORD'));
  });

  it('is set up by one of two who use the same link at once', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const { token } = people.users.invite('ada', 'viewer').link;
    const use = (password: string) => people.useLink({ token, name: undefined, password, marks: NO_MARKS });
    const results = await Promise.allSettled([use(PASSWORD), use(OTHER_PASSWORD)]);
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'SERVE_LINK_USED' } }]);
    expect((await signIn(people, 'ada')).user.name).toBe('ada');
  });

  it.each(['inviteAgain', 'change'] as const)('that is not there is said: %s', (what) => {
    using fixture = openFixture();
    const { users } = fixture.people();
    expect(() => (what === 'change' ? users.change('x', {}) : users.inviteAgain('x'))).toThrow(
      coded('SERVE_NO_SUCH_USER'),
    );
  });
});

describe('the book', () => {
  it('holds no secret that anybody could sign in with, and is for nobody else', async () => {
    using fixture = openFixture();
    const people = fixture.people();
    const { session, device, user } = await setUp(people);
    const { secret } = people.tokens.make(user, {
      label: 'grafana',
      scopes: ['see'],
      expiresMs: fixture.clock.nowMs + DAY_MS,
    });
    const { link } = people.users.invite('ada', 'viewer');
    expect(statSync(fixture.path).mode & 0o777).toBe(0o600);
    fixture.close();
    const bytes = await readFile(fixture.path, 'latin1');
    for (const text of [PASSWORD, session, device ?? '', secret, link.token]) {
      expect(text.length).toBeGreaterThan(20);
      expect(bytes).not.toContain(text);
    }
    const database = new DatabaseSync(fixture.path);
    expect(database.prepare('SELECT count(*) AS count FROM sessions').get()).toMatchObject({ count: 1 });
    database.close();
  });
});
