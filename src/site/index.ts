/**
 * `site/`: the site file: read, checked, and changed without losing what somebody wrote into it. See README.md.
 */
export { newBlank } from './blanks.ts';
export { type SiteAt, SiteDesk, type SiteDeskOptions, type SiteVersion } from './desk.ts';
export type { SiteFile } from './parse.ts';
export { loadSite, readSiteFile } from './read.ts';
