/** Routes of a hub beside those of figures, alerts and the site file, which `serve/` has by itself. */
import { type AuditLog, auditRoutes, type PeopleParts, peopleRoutes, type Route } from '../../serve/index.ts';
import { type AlertParts, alertRoutes } from './alert-routes.ts';
import { type ConnectParts, connectRoutes } from './connect-routes.ts';

/** What they work with. */
export interface OtherParts extends AlertParts, ConnectParts, Pick<PeopleParts, 'people' | 'openId'> {
  readonly audit: Pick<AuditLog, 'append' | 'read' | 'head'>;
}

/** People, the audit log, help with rules, and other systems' formats. */
export const otherRoutes = (parts: OtherParts): Route[] => [
  ...peopleRoutes(parts),
  ...auditRoutes(parts.audit),
  ...alertRoutes(parts),
  ...connectRoutes(parts),
];
