/** Every route with every role, with nobody, and with tokens of one scope each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, PERMISSIONS_OF, ROLES } from '../access.ts';
import { SITE_FORM } from './desks.fixture.ts';
import { documentSchema } from '../http/fuzz-requests.fixture.ts';
import { asking, openHub, type TestHub } from './hub.fixture.ts';
import { describeApi } from './table.ts';

const PERIOD = 'from=2026-03-01T12:00:00Z&to=2026-03-01T12:05:00Z';
const SOON = (): string => new Date(Date.now() + 60_000).toISOString();

/** The row of a route: what it takes to ask, how it is asked well, and what it answers then. */
interface Row {
  readonly access: (typeof PERMISSIONS)[number] | 'public';
  readonly url: string;
  readonly body?: () => unknown;
  readonly headers?: Record<string, string>;
  readonly status?: number;
}

const ROWS: Readonly<Record<string, Row>> = {
  getOpenApi: { access: 'public', url: '/api/openapi.json' },
  getHealth: { access: 'public', url: '/healthz' },
  getReadiness: { access: 'public', url: '/readyz' },
  getMetrics: { access: 'see', url: '/metrics' },
  getSite: { access: 'see', url: '/api/site' },
  getSiteFile: { access: 'configure', url: '/api/site/file' },
  // A version that is not there, so that every row finds the site as it was.
  putSiteFile: {
    access: 'configure',
    url: '/api/site/file',
    body: () => SITE_FORM,
    headers: { 'if-match': '"v0"' },
    status: 412,
  },
  undoSite: { access: 'configure', url: '/api/site/undo', status: 409 },
  getSiteHistory: { access: 'configure', url: '/api/site/history' },
  getCameras: { access: 'see', url: '/api/cameras' },
  getCamera: { access: 'see', url: '/api/cameras/stairs' },
  getZones: { access: 'see', url: '/api/zones' },
  getZone: { access: 'see', url: '/api/zones/square' },
  getGates: { access: 'see', url: '/api/gates' },
  getGate: { access: 'see', url: '/api/gates/north-gate' },
  getRules: { access: 'see', url: '/api/rules' },
  getRule: { access: 'see', url: '/api/rules/crowded' },
  getNow: { access: 'see', url: '/api/now' },
  getLive: { access: 'see', url: '/api/live' },
  getZoneHistory: { access: 'see', url: `/api/history/zones?${PERIOD}` },
  getGateHistory: { access: 'see', url: `/api/history/gates?${PERIOD}` },
  getCameraHistory: { access: 'see', url: `/api/history/cameras?${PERIOD}` },
  getGaps: { access: 'see', url: `/api/history/gaps?${PERIOD}` },
  getFields: { access: 'see', url: `/api/fields?${PERIOD}` },
  getAlerts: { access: 'see', url: '/api/alerts' },
  getAlertLog: { access: 'see', url: '/api/alerts/log' },
  getAlert: { access: 'see', url: '/api/alerts/a-1' },
  acknowledgeAlert: { access: 'acknowledge', url: '/api/alerts/a-1/acknowledge' },
  noteAlert: { access: 'acknowledge', url: '/api/alerts/a-1/notes', body: () => ({ text: 'Seen to.' }), status: 201 },
  suppressRule: {
    access: 'configure',
    url: '/api/rules/crowded/suppress',
    body: () => ({ until: SOON(), why: 'Setting up.' }),
    status: 204,
  },
  resumeRule: { access: 'configure', url: '/api/rules/crowded/resume', status: 204 },
  exportZonesCsv: { access: 'see', url: `/api/export/zones.csv?${PERIOD}` },
  exportGatesCsv: { access: 'see', url: `/api/export/gates.csv?${PERIOD}` },
  exportZonesParquet: { access: 'see', url: `/api/export/zones.parquet?${PERIOD}` },
  exportGatesParquet: { access: 'see', url: `/api/export/gates.parquet?${PERIOD}` },
  getExportDictionary: { access: 'see', url: '/api/export/dictionary' },
};

let hub: TestHub;
beforeAll(async () => {
  // As fast as it can: the table is no test of rates.
  hub = await openHub({ app: { limits: { burst: 1e6 } } });
});
afterAll(() => hub[Symbol.asyncDispose]());

test('every route has a row, and every row a route', () => {
  expect(hub.routes.map(({ id }) => id).sort()).toEqual(Object.keys(ROWS).sort());
  expect(Object.fromEntries(hub.routes.map(({ id, access }) => [id, access]))).toEqual(
    Object.fromEntries(Object.entries(ROWS).map(([id, { access }]) => [id, access])),
  );
});

test('the document says the same', () => {
  const { paths } = documentSchema.parse(describeApi());
  const said = Object.values(paths).flatMap((path) => Object.values(path));
  const permissions = said.map((one) => [one.operationId, one['x-permission'] ?? 'public']);
  expect(Object.fromEntries(permissions)).toEqual(
    Object.fromEntries(Object.entries(ROWS).map(([id, { access }]) => [id, access])),
  );
});

interface Who {
  readonly who: string | null;
  readonly may: readonly string[];
}

const EVERYBODY: readonly Who[] = [
  { who: null, may: [] },
  { who: 'no-scope', may: [] },
  ...ROLES.map((who) => ({ who, may: PERMISSIONS_OF[who] })),
  ...PERMISSIONS.map((who) => ({ who, may: [who] })),
];

/** A stream has no end to wait for. */
const methodOf = (id: string): 'GET' | 'POST' | 'PUT' | 'HEAD' => {
  const method = hub.routes.find((route) => route.id === id)?.method ?? 'GET';
  if (id === 'getLive') return 'HEAD';
  return method === 'POST' || method === 'PUT' ? method : 'GET';
};

describe.each(EVERYBODY)('$who', ({ who, may }) => {
  test.each(Object.keys(ROWS))('%s', async (id) => {
    const { access, url, body, headers, status = 200 } = ROWS[id];
    const given = { ...(body && { body: body() }), ...(headers && { headers }) };
    const answer = await asking(hub, who)(methodOf(id), url, given);
    const isAllowed = access === 'public' || may.includes(access);
    expect(answer.status).toBe(isAllowed ? status : who === null ? 401 : 403);
  });
});

test('nobody who is refused is told anything else, whatever the body says', async () => {
  const answer = await asking(hub, null)('PUT', '/api/site/file', { body: '{"half": ' });
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="starling"');
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'SERVE_NOT_SIGNED_IN', status: 401 });
});
