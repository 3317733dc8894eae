export { NOBODY, ROLES } from './access.ts';
export { type AppOptions, createApp } from './http/app.ts';
export { listen, type ListenOptions, type Server } from './http/listen.ts';
export { exportRoutes } from './export/routes.ts';
export { NOTHING, type Route, route } from './http/route.ts';
export type { CertificateFiles } from './http/server-factory.ts';
export { LiveFeed } from './live/live-feed.ts';
export type { AlertDesk, AlertLogQuery } from './routes/alerts.ts';
export type { SiteHealth } from './routes/health.ts';
export type { SiteChange, SiteDesk, SiteState } from './routes/site.ts';
export { type ApiParts, createRoutes, describeApi } from './routes/table.ts';
export { type AuditCheck, AuditLog, auditRoutes, type ChainLink, noteRequests, verifyAudit } from './audit/index.ts';
export {
  createOpenId,
  type LinkOffer,
  type OpenId,
  type OpenIdOptions,
  openPeople,
  type People,
  type PeopleParts,
  peopleRoutes,
} from './people/index.ts';
