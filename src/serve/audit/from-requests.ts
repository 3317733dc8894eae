/** What the server says of requests, as notes of the audit log. */
import type { AuditEntry as RequestEntry } from '../http/audit-entry.ts';
import type { AuditLog } from './audit-log.ts';
import type { AuditNote } from './entry.ts';

const OUTCOMES = { done: '', refused: '', failed: ' (failed)' } as const;

/**
 * The note of a request. What was looked at is the path; what else was asked, such as a period, is in the details, so
 * that a page that asks for the newest again and again looks at one thing.
 */
const noteOf = ({ kind, operation, by, address, target, outcome }: RequestEntry): AuditNote => {
  const [path = '', query = ''] = target.split('?', 2);
  return {
    caller: by.kind,
    by: by.name,
    address,
    kind: outcome === 'refused' ? 'refused' : kind,
    what: `${operation} ${path}${OUTCOMES[outcome]}`,
    details: query,
  };
};

/**
 * Notes requests. What is taken out of the hub is on the disk before it goes out, or does not.
 *
 * @returns which throws AUDIT_NOT_WRITABLE for an export that cannot be written down
 */
export const noteRequests =
  (log: AuditLog) =>
  (entry: RequestEntry): void => {
    log.append(noteOf(entry));
    if (entry.kind !== 'exported' || entry.outcome !== 'done') return;
    while (!log.flush()) {
      const trouble = log.trouble();
      if (trouble) throw trouble;
    }
  };
