import type { Tables } from '../tables/tables.ts';
import type { RecentFields, RecentMinutes } from './recent.ts';

/** What rolling up works on. */
export interface Rolling {
  readonly tables: Tables;
  readonly recentMinutes: RecentMinutes;
  readonly recentFields: RecentFields;
}
