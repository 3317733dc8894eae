import { describe, expect, it } from 'vitest';
import { createCookies, type Marks } from './cookies.ts';

describe('a cookie', () => {
  it.each([
    [true, '__Host-starling=s.d; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Strict'],
    [false, 'starling=s.d; Max-Age=31536000; Path=/; HttpOnly; SameSite=Strict'],
  ])('over TLS %s', (secure, header) => {
    const cookies = createCookies(secure);
    expect(cookies.write({ session: 's', device: 'd' })).toBe(header);
    expect(cookies.writeFlow('x')).toContain('SameSite=Lax');
  });

  it.each<[string, string | undefined, Marks]>([
    ['none', undefined, { session: null, device: null }],
    ['both', '__Host-starling=s.d', { session: 's', device: 'd' }],
    ['among others', 'a=b;  __Host-starling=s.d; c', { session: 's', device: 'd' }],
    ['after signing out', '__Host-starling=.d', { session: null, device: 'd' }],
    ['without a browser', '__Host-starling=s.', { session: 's', device: null }],
    ['one that a neighbour could plant', 'starling=s.d', { session: null, device: null }],
    ['a name that ends alike', 'x__Host-starling=s.d', { session: null, device: null }],
    ['twice', '__Host-starling=s.d; __Host-starling=e.f', { session: null, device: null }],
    ['odd letters', '__Host-starling="s".d', { session: null, device: null }],
    ['very long', `__Host-starling=${'s'.repeat(2000)}.d`, { session: null, device: null }],
  ])('is read: %s', (_, cookie, marks) => {
    expect(createCookies(true).read({ cookie })).toEqual(marks);
  });
});
