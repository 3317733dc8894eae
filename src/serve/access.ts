/**
 * Who may do what. A role is a set of permissions; a route asks for one of them.
 */

/** What somebody can be allowed to do. */
export const PERMISSIONS = ['see', 'acknowledge', 'configure', 'administer', 'audit'] as const;
/** One of {@link PERMISSIONS}. */
export type Permission = (typeof PERMISSIONS)[number];

/** What somebody can be. */
export const ROLES = ['viewer', 'operator', 'engineer', 'administrator', 'auditor'] as const;
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Who watches the watchers watches nothing else: an auditor reads the audit log only. */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['see'],
  operator: ['see', 'acknowledge'],
  engineer: ['see', 'acknowledge', 'configure'],
  administrator: ['see', 'acknowledge', 'configure', 'administer', 'audit'],
  auditor: ['audit'],
};

/** Who asks. */
export interface Caller {
  readonly kind: 'person' | 'token' | 'nobody';
  /** As the audit log and the shift log name them. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Somebody who has not said who they are. */
export const NOBODY: Caller = { kind: 'nobody', name: 'nobody', permissions: new Set() };
