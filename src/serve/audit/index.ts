/** `audit/`: who looked at what, changed what, exported what; hash-chained. See README.md. */
export { AuditLog, type AuditLogOptions } from './audit-log.ts';
export {
  AUDIT_CALLERS,
  AUDIT_KINDS,
  type AuditCaller,
  type AuditedKind,
  type AuditEntry,
  auditEntrySchema,
  type AuditNote,
  type ChainLink,
  linkSchema,
} from './entry.ts';
export { noteRequests } from './from-requests.ts';
export { auditRoutes } from './routes.ts';
export type { AuditQuery } from './rows.ts';
export { type AuditCheck, verifyAudit } from './verify.ts';
