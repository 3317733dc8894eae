import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otherRoutes } from '../../src/cli/live/other-routes.ts';
import { siteSchema } from '../../src/contract/index.ts';
import { AuditLog, describeApi, openPeople } from '../../src/serve/index.ts';

/** `docs/openapi.json`: every route of a hub. */
export const openApiPage = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-openapi-'));
  try {
    using people = openPeople({ path: join(folder, 'people.sqlite'), site: 'site', secure: false });
    using audit = new AuditLog({ path: join(folder, 'audit.sqlite') });
    const site = siteSchema.parse({ site: { id: 'site', name: 'Site' } });
    const others = otherRoutes({
      people,
      openId: null,
      audit,
      log: () => [],
      siteNow: () => site,
      moment: () => null,
    });
    return `${JSON.stringify(describeApi(others), null, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
