import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import type { Headers } from './headers.ts';
import { checkOrigin, isSameOrigin } from './same-origin.ts';

const host = 'hub.example:8420';

describe('a browser vouches for where a request comes from', () => {
  it.each<[string, Headers, boolean]>([
    ['the same origin', { 'sec-fetch-site': 'same-origin', host }, true],
    ['no page at all', { 'sec-fetch-site': 'none', host }, true],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site', host }, false],
    ['another site', { 'sec-fetch-site': 'cross-site', host }, false],
    ['something unheard of', { 'sec-fetch-site': 'other', host }, false],
    ['two things at once', { 'sec-fetch-site': ['same-origin', 'cross-site'], host }, false],
    ['another site, whatever the origin', { 'sec-fetch-site': 'cross-site', origin: `https://${host}`, host }, false],
    ['the same host', { origin: `https://${host}`, host }, true],
    ['the same host without TLS', { origin: `http://${host}`, host }, true],
    ['the same host in capitals', { origin: `https://${host}`, host: 'HUB.example:8420' }, true],
    ['the usual port', { origin: 'https://hub.example', host: 'hub.example:443' }, true],
    ['another port', { origin: 'https://hub.example:9999', host }, false],
    ['a host that begins alike', { origin: 'https://hub.example.evil.test', host: 'hub.example' }, false],
    ['a host that ends alike', { origin: 'https://evil-hub.example', host: 'hub.example' }, false],
    ['a name before the host', { origin: 'https://hub.example@evil.test', host: 'hub.example' }, false],
    ['nowhere', { origin: 'null', host }, false],
    ['nowhere, asking for nothing', { origin: 'null', host: 'null' }, false],
    ['nothing', { origin: '', host: '' }, false],
    ['a file', { origin: 'file://', host }, false],
    ['no host', { origin: `https://${host}` }, false],
    ['it does not say', { host }, false],
  ])('%s', (_, headers, same) => {
    expect(isSameOrigin(headers)).toBe(same);
  });

  it('behind a proxy that changes the host', () => {
    const headers = { origin: 'https://hub.example', host: '127.0.0.1:8420' };
    expect(isSameOrigin(headers)).toBe(false);
    expect(isSameOrigin(headers, 'hub.example')).toBe(true);
  });
});

const refusalOf = (method: string, headers: Headers): unknown => {
  try {
    checkOrigin(method, headers);
    return null;
  } catch (error) {
    return error instanceof StarlingError ? error.code : error;
  }
};

describe('a request is let through', () => {
  const cookie = '__Host-starling=a.b';
  it.each<[string, string, Headers, boolean]>([
    ['looking, from anywhere', 'GET', { cookie, 'sec-fetch-site': 'cross-site', host }, true],
    ['changing, from the own page', 'POST', { cookie, 'sec-fetch-site': 'same-origin', host }, true],
    ['changing, from another page', 'POST', { cookie, 'sec-fetch-site': 'cross-site', host }, false],
    ['changing, with a cookie and no word of where from', 'DELETE', { cookie, host }, false],
    ['signing in, from another page', 'POST', { 'sec-fetch-site': 'cross-site', host }, false],
    ['signing in, from another page of an old browser', 'POST', { origin: 'https://evil.test', host }, false],
    ['signing in, by a program', 'POST', { host }, true],
    ['a token', 'POST', { authorization: 'Bearer stl_x', host }, true],
    ['a token, and a cookie that does not count then', 'PUT', { authorization: 'bearer stl_x', cookie, host }, true],
    ['a password of a proxy is no token', 'PUT', { authorization: 'Basic eDp5', cookie, host }, false],
    ['a method in other letters', 'get', { cookie, host }, false],
  ])('%s', (_, method, headers, passes) => {
    expect(refusalOf(method, headers)).toBe(passes ? null : 'SERVE_CROSS_ORIGIN');
  });
});
