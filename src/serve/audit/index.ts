/** `audit/`: who looked at what, changed what, exported what; hash-chained. See README.md. */
export { AuditLog, type AuditLogOptions } from './audit-log.ts';
export {
  type AuditCaller,
  type AuditedKind,
  type AuditEntry,
  type AuditNote,
  type ChainLink,
} from './entry.ts';
export { noteRequests } from './from-requests.ts';
export { auditRoutes } from './routes.ts';
export type { AuditQuery } from './rows.ts';
export { type AuditCheck, verifyAudit } from './verify.ts';
