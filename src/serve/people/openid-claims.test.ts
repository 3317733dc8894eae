import { expect, test } from 'vitest';
import { type Claims, nameIn, roleIn } from './openid-claims.ts';

const roles = { 'starling-admins': 'administrator', stewards: 'operator', audit: 'auditor' } as const;

test.each<[string, string, Claims, string | null]>([
  ['a word', 'group', { group: 'stewards' }, 'operator'],
  ['a list', 'groups', { groups: ['x', 'stewards'] }, 'operator'],
  [
    'several: the one that is named first',
    'groups',
    { groups: ['audit', 'stewards', 'starling-admins'] },
    'administrator',
  ],
  ['a way', 'realm_access.roles', { realm_access: { roles: ['audit'] } }, 'auditor'],
  ['a name with full stops', 'https://x.test/roles', { 'https://x.test/roles': ['audit'] }, 'auditor'],
  ['none of them', 'groups', { groups: ['visitors'] }, null],
  ['no claim', 'groups', {}, null],
  ['part of a word', 'groups', { groups: 'stewards-of-somewhere' }, null],
  ['no words', 'groups', { groups: [1, true, null] }, null],
  ['an object', 'groups', { groups: { stewards: true } }, null],
  ['what every object has', 'constructor.name', {}, null],
  ['the value that every object has', 'groups', { groups: ['constructor', '__proto__', 'toString'] }, null],
])('%s', (_, roleClaim, claims, role) => {
  expect(roleIn(claims, { roleClaim, roles })).toBe(role);
});

test.each<[Claims & { sub: string }, string]>([
  [{ sub: '1', preferred_username: 'ada', email: 'ada@example.org' }, 'ada'],
  [{ sub: '1', preferred_username: '', email: 'ada@example.org' }, 'ada@example.org'],
  [{ sub: '1', preferred_username: 7, name: 'Ada' }, 'Ada'],
  [{ sub: '1' }, '1'],
])('%j is called %s', (claims, name) => {
  expect(nameIn(claims)).toBe(name);
});
