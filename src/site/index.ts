/**
 * `site/`: the site file: read, checked, and changed without losing what somebody wrote into it. See README.md.
 */
export { SiteDesk, type ShownSite, type SiteDeskOptions, type SiteVersion } from './desk.ts';
export { hideSecrets } from './hidden.ts';
export { parseSite, type SiteFile } from './parse.ts';
export { loadSite, readSiteFile } from './read.ts';
