import type { Caller } from '../access.ts';
import type { AuditKind, Call, Route } from './route.ts';

/** What the audit log is told of a request. */
export interface AuditEntry {
  readonly kind: Exclude<AuditKind, null>;
  /** Name of the route: `putSiteFile`. */
  readonly operation: string;
  readonly by: Pick<Caller, 'kind' | 'name'>;
  /** Where the request came from. */
  readonly address: string;
  /** What it was about: path and query as they were sent. Of routes for everybody only their pattern, for a link can be secret. */
  readonly target: string;
  readonly outcome: 'done' | 'refused' | 'failed';
}

const MOST_LETTERS = 1000;

/** An entry of the audit log; null for what nobody needs to know. */
export const auditEntry = (
  route: Route,
  { caller, address }: Pick<Call, 'caller' | 'address'>,
  url: string,
  outcome: AuditEntry['outcome'],
): AuditEntry | null => {
  if (route.audit === null) return null;
  const target = route.access === 'public' ? route.path : url.slice(0, MOST_LETTERS);
  return {
    kind: route.audit,
    operation: route.id,
    by: { kind: caller.kind, name: caller.name },
    address,
    target,
    outcome,
  };
};
