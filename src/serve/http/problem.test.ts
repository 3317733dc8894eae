import { STATUS_CODES } from 'node:http';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { type ErrorCode, ERROR_CATALOGUE, StarlingError } from '../../contract/index.ts';
import { problemSchema, refusalOf } from './problem.ts';
import { statusOf } from './status.ts';

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CATALOGUE, code);
const codes = Object.keys(ERROR_CATALOGUE).filter(isCode);
const unheard = (): never => {
  throw new Error('nothing should be told to the log');
};

test.each(codes)('%s has a status that HTTP knows', (code) => {
  expect(STATUS_CODES[statusOf(code)]).toBeDefined();
  expect(statusOf(code)).toBeGreaterThanOrEqual(400);
});

test.each<[StarlingError, number, Record<string, string>]>([
  [new StarlingError('SERVE_NOT_SIGNED_IN', {}), 401, { 'www-authenticate': 'Bearer realm="starling"' }],
  [new StarlingError('SERVE_FORBIDDEN', { name: 'Ann', permission: 'see' }), 403, {}],
  [new StarlingError('SERVE_NO_SUCH_METHOD', { method: 'PUT', methods: 'GET, HEAD' }), 405, { allow: 'GET, HEAD' }],
  [new StarlingError('SERVE_TOO_OFTEN', { seconds: 3 }), 429, { 'retry-after': '3' }],
  [new StarlingError('SERVE_THROTTLED', { waitS: 61 }), 429, { 'retry-after': '61' }],
  [new StarlingError('SERVE_NOTHING_YET', {}), 503, { 'retry-after': '1' }],
  [new StarlingError('STORE_NOT_READABLE', { path: 'x', reason: 'y' }), 503, { 'retry-after': '5' }],
  [new StarlingError('STORE_BAD_QUERY', { problem: 'x' }), 400, {}],
])('$message', (error, status, headers) => {
  const refusal = refusalOf(error, unheard);
  expect(refusal.headers).toEqual(headers);
  expect(problemSchema.parse(refusal.problem)).toEqual({
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    code: error.code,
    detail: error.message,
    mend: error.mend,
  });
});

test.each<[string, unknown]>([
  ['an error of our own', new TypeError('cannot read /etc/starling of undefined')],
  ['what is no error', 'secret'],
  ['an error of the catalogue that is a fault of our own', new StarlingError('CLI_INTERNAL', { problem: 'secret' })],
  ['a model that fails', new StarlingError('DETECT_MODEL_FAILED', { path: '/secret', reason: 'secret' })],
])('nothing is told of %s but where the log has it', (_, error) => {
  const heard: unknown[] = [];
  const { problem } = refusalOf(error, (...told) => heard.push(told));
  expect(problem).toMatchObject({ status: 500, code: 'CLI_INTERNAL' });
  expect(JSON.stringify(problem)).not.toMatch(/secret|undefined|etc/);
  expect(heard).toEqual([[error, problem.instance]]);
  expect(problem.instance).toMatch(/^urn:uuid:/);
});

const shape = z.strictObject({
  name: z.string(),
  at: z.array(z.union([z.strictObject({ x: z.number() }), z.strictObject({ y: z.number(), z: z.number() })])),
});

test.each<[string, unknown, { path: string; message: RegExp }[]]>([
  ['a field', { name: 1, at: [] }, [{ path: 'name', message: /string/ }]],
  // Of the two it could be, the one with less to complain about.
  ['what is one of two', { name: '', at: [{ x: 'a' }] }, [{ path: 'at[0].x', message: /number/ }]],
  ['a key too many', { name: '', at: [], more: 1 }, [{ path: '', message: /more/ }]],
])('%s is told with its place', (_, input, issues) => {
  const { error } = shape.safeParse(input);
  const { errors = [] } = refusalOf(error, unheard).problem;
  expect(errors.map(({ path }) => path)).toEqual(issues.map(({ path }) => path));
  for (const [i, { message }] of issues.entries()) expect(errors[i].message).toMatch(message);
});

test('what is told of bad input is bounded, whatever was sent', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}\0\n${'k'.repeat(50)}`, 1]));
  const list = Array.from({ length: 500 }, () => ({ x: 'a' }));
  for (const input of [many, { name: '', at: list }, { ['k'.repeat(1e6)]: 1, name: '', at: [] }]) {
    const { problem } = refusalOf(shape.safeParse(input).error, unheard);
    expect(JSON.stringify(problem).length).toBeLessThan(10_000);
    expect(problem.errors?.length).toBeLessThanOrEqual(20);
  }
});
