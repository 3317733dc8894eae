import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as argon2 from '@node-rs/argon2';
import { parseOptions } from '@node-rs/argon2';
import { StarlingError } from '../../contract/index.ts';
import {
  invited,
  NO_MARKS,
  openFixture,
  OTHER_PASSWORD,
  PASSWORD,
  type PeopleFixture,
  setUp,
  signIn,
} from './people.fixture.ts';

const compared = vi.hoisted((): string[] => []);
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return {
    ...real,
    verify: (hash: string, password: string) => {
      compared.push(hash);
      return real.verify(hash, password);
    },
  };
});

let fixture: PeopleFixture;
beforeAll(async () => {
  fixture = openFixture();
  const people = fixture.people();
  await setUp(people);
  await invited(people, 'ada', 'operator');
  await invited(people, 'gone', 'operator');
  people.users.change('gone', { disabled: true });
  people.users.invite('expected', 'viewer');
});
afterAll(() => fixture[Symbol.dispose]());
// Longer than anything is remembered.
beforeEach(() => void (fixture.clock.nowMs += 2 * 86_400_000));

const refusal = { code: 'SERVE_BAD_PASSWORD', message: 'The name or the password is wrong.' };
const throttled = { code: 'SERVE_THROTTLED' };

const codeOf = (result: PromiseSettledResult<unknown>): unknown =>
  result.status === 'rejected' && result.reason instanceof StarlingError ? result.reason.code : null;

describe('signing in', () => {
  it.each([
    ['a wrong password', 'ada', OTHER_PASSWORD],
    ['a password that is too long', 'ada', 'x'.repeat(1000)],
    ['an unknown name', 'nobody-here', PASSWORD],
    ['somebody who is disabled', 'gone', PASSWORD],
    ['somebody who has no password yet', 'expected', PASSWORD],
    ['no name that can be', '\u0000', PASSWORD],
  ])('is refused in the same way, with the same work: %s', async (_, name, password) => {
    compared.length = 0;
    await expect(signIn(fixture.people(), name, password)).rejects.toMatchObject(refusal);
    expect(compared).toHaveLength(1);
    // As costly for everybody, and as OWASP has it.
    expect(compared[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(compared[0] ?? '')).toMatchObject({ saltLen: 16, outputLen: 32 });
  });

  it('takes the name in any case, and the password as it was meant on another keyboard', async () => {
    expect((await signIn(fixture.people(), 'ADA')).user.name).toBe('ada');
    expect((await signIn(fixture.people(), 'ada', PASSWORD.replace('violet', 'ｖｉｏｌｅｔ'))).user.name).toBe('ada');
    await expect(signIn(fixture.people(), 'ada', PASSWORD.toUpperCase())).rejects.toMatchObject(refusal);
  });

  it('is refused when somebody is disabled while the password is compared', async () => {
    const people = fixture.people();
    await invited(people, 'leaving', 'viewer');
    const coming = signIn(people, 'leaving');
    people.users.change('leaving', { disabled: true });
    await expect(coming).rejects.toMatchObject(refusal);
  });
});

describe('guessing', () => {
  it('is slowed down for the name and the address, and again for a while after it went on', async () => {
    const people = fixture.people();
    for (let i = 0; i < 6; i++) await expect(signIn(people, 'ada', OTHER_PASSWORD)).rejects.toMatchObject(refusal);
    compared.length = 0;
    await expect(signIn(people, 'ada')).rejects.toMatchObject({ ...throttled, details: { waitS: 1 } });
    // Not even looked at: it costs us nothing.
    expect(compared).toEqual([]);
    fixture.clock.nowMs += 1000;
    await expect(signIn(people, 'ada', OTHER_PASSWORD)).rejects.toMatchObject(refusal);
    await expect(signIn(people, 'ada')).rejects.toMatchObject({ ...throttled, details: { waitS: 2 } });
    fixture.clock.nowMs += 2000;
    expect((await signIn(people, 'ada')).user.name).toBe('ada');
  });

  it('all at once is no way around', async () => {
    const people = fixture.people();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => signIn(people, 'ada', OTHER_PASSWORD)));
    const codes = results.map(codeOf);
    expect(codes.filter((code) => code === 'SERVE_BAD_PASSWORD')).toHaveLength(6);
    expect(codes.filter((code) => code === 'SERVE_THROTTLED')).toHaveLength(34);
  });

  it('locks nobody out: neither elsewhere, nor in a browser in which they have signed in before', async () => {
    const people = fixture.people();
    const { device } = await signIn(people, 'ada');
    for (let i = 0; i < 6; i++) await expect(signIn(people, 'ada', OTHER_PASSWORD)).rejects.toMatchObject(refusal);
    await expect(signIn(people, 'ada')).rejects.toMatchObject(throttled);
    expect((await signIn(people, 'ada', PASSWORD, '198.51.100.1')).user.name).toBe('ada');
    // The very same address.
    expect((await signIn(people, 'ada', PASSWORD, undefined, device)).user.name).toBe('ada');
  });

  it.each([
    ['that somebody else has signed in with', 'root'],
    ['that was made up', null],
  ])('a mark of a browser %s helps nobody', async (_, other) => {
    const people = fixture.people();
    const device = other === null ? 'x'.repeat(43) : (await signIn(people, other)).device;
    for (let i = 0; i < 6; i++)
      await expect(signIn(people, 'ada', OTHER_PASSWORD, '203.0.113.5', device)).rejects.toMatchObject(refusal);
    await expect(signIn(people, 'ada', PASSWORD, '203.0.113.5', device)).rejects.toMatchObject(throttled);
  });

  it('the own password when it is changed is slowed down as well', async () => {
    const people = fixture.people();
    const change = (password: string) =>
      people.changePassword({ name: 'ada', password, address: '203.0.113.7', marks: NO_MARKS }, OTHER_PASSWORD);
    for (let i = 0; i < 6; i++) await expect(change('wrong wrong wrong')).rejects.toMatchObject(refusal);
    await expect(change(PASSWORD)).rejects.toMatchObject(throttled);
  });
});

describe('a flood', () => {
  it('from very many addresses keeps out nobody who is known', async () => {
    const people = fixture.people();
    const { device } = await signIn(people, 'ada');
    const flood = Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => signIn(people, `n${i}`, PASSWORD, `10.0.${i >> 8}.${i & 255}`)),
    );
    // Until all of them wait.
    await new Promise((resolve) => void setImmediate(resolve));
    const before = compared.length;
    expect((await signIn(people, 'ada', PASSWORD, undefined, device)).user.name).toBe('ada');
    // One was being compared already, and nobody else came between.
    expect(compared.length - before).toBeLessThanOrEqual(3);
    const turnedAway = (await flood).map(codeOf).filter((code) => code === 'SERVE_THROTTLED');
    expect(turnedAway.length).toBe(200 - 33);
  });
});
