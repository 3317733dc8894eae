import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertEventSchema } from '../../contract/index.ts';
import { asking, openHub, type TestHub } from './hub.fixture.ts';
import { pageOf } from './query.ts';

let hub: TestHub;
let ask: ReturnType<typeof asking>;
beforeAll(async () => {
  hub = await openHub({ observations: [] });
  ask = asking(hub, 'operator');
});
afterAll(() => hub[Symbol.asyncDispose]());

const get = async (url: string): Promise<unknown> => JSON.parse((await ask('GET', url)).text);
const log = async (query: string) => {
  const { items, next } = pageOf(alertEventSchema).parse(await get(`/api/alerts/log?${query}`));
  return { sequences: items.map(({ sequence }) => sequence), next };
};
const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

test('an alert is acknowledged and noted in the name of whoever did it', async () => {
  const acknowledged = await ask('POST', '/api/alerts/a-1/acknowledge');
  expect(JSON.parse(acknowledged.text)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'operator' });
  const noted = await ask('POST', '/api/alerts/a-1/notes', { body: { text: ' Two stewards\nat the gate. ' } });
  expect(noted.status).toBe(201);
  expect(JSON.parse(noted.text)).toMatchObject({ notes: [{ by: 'operator', text: 'Two stewards\nat the gate.' }] });
  expect(await get('/api/alerts/a-1')).toMatchObject({ state: 'acknowledged', notes: [{ by: 'operator' }] });
});

test.each<[string, unknown]>([
  ['nothing', {}],
  ['blanks', { text: '  ' }],
  ['a NUL', { text: 'a\0b' }],
  ['a bell', { text: 'a\u0007b' }],
  ['half a letter', { text: 'a\uD800b' }],
  ['too much', { text: 'a'.repeat(2001) }],
  ['another name', { text: 'a', by: 'somebody else' }],
  ['a number', { text: 1 }],
])('a note of %s is refused', async (_, body) => {
  expect((await ask('POST', '/api/alerts/a-1/notes', { body })).status).toBe(400);
});

test.each(['/api/alerts/gone', '/api/alerts/gone/acknowledge', '/api/alerts/__proto__', '/api/rules/gone/resume'])(
  '%s is not there',
  async (url) => {
    const isRead = !/acknowledge|resume/.test(url);
    expect((await asking(hub)(isRead ? 'GET' : 'POST', url)).status).toBe(404);
  },
);

describe('the shift log', () => {
  test('is read in either direction, page by page, each line once', async () => {
    for (const order of ['newestFirst', 'oldestFirst']) {
      const sequences: number[] = [];
      let next: string | null = null;
      do {
        const page = await log(`order=${order}&limit=2${next === null ? '' : `&cursor=${next}`}`);
        sequences.push(...page.sequences);
        next = page.next;
      } while (next !== null);
      const all = hub.alerts.lines.map(({ sequence }) => sequence);
      expect(sequences).toEqual(order === 'oldestFirst' ? all : all.toReversed());
    }
  });

  test('is read for a time and a rule', async () => {
    const page = await log('from=2026-03-01T12:00:02Z&to=2026-03-01T13:00:04%2B01:00&order=oldestFirst');
    expect(page.sequences).toEqual([2, 3]);
    expect((await log('subject=other')).sequences).toEqual([]);
  });

  test.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'limit=1&limit=2',
    'order=up',
    'cursor=%00',
    'cursor=eyJ9',
    'cursor=IngiIA',
    'from=now',
    'from=2026-03-01T12:00:00',
    'subject=../x',
  ])('is not read by %s', async (query) => {
    expect((await ask('GET', `/api/alerts/log?${query}`)).status).toBe(400);
  });
});

const suppress = (body: unknown) => asking(hub, 'engineer')('POST', '/api/rules/crowded/suppress', { body });

describe('a rule is kept quiet', () => {
  test('for a while, and let speak again', async () => {
    expect((await suppress({ until: soon(1), why: 'Setting up the stage.' })).status).toBe(204);
    expect((await asking(hub, 'engineer')('POST', '/api/rules/crowded/resume')).status).toBe(204);
    expect(hub.alerts.lines.slice(-2)).toMatchObject([
      { kind: 'suppressed', subject: 'crowded', by: 'engineer', text: 'Setting up the stage.' },
      { kind: 'resumed', subject: 'crowded', by: 'engineer' },
    ]);
  });

  test.each<[string, () => unknown]>([
    ['for ever', () => ({ until: soon(8), why: 'a' })],
    ['in the past', () => ({ until: soon(-1), why: 'a' })],
    ['without a reason', () => ({ until: soon(1) })],
    ['until nobody knows when', () => ({ until: 'tomorrow', why: 'a' })],
  ])('but not %s', async (_, body) => {
    expect((await suppress(body())).status).toBe(400);
  });
});
