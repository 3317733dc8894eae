import { readFile } from 'node:fs/promises';
import { type Site, StarlingError } from '../contract/index.ts';
import { parseSite, type SiteFile } from './parse.ts';

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new StarlingError('SITE_NOT_FOUND', { path }, { cause });
  }
};

/**
 * Reads a site file and checks all of it.
 *
 * @throws SITE_NOT_FOUND, SITE_NOT_YAML, SITE_INVALID
 */
export const readSiteFile = async (path: string): Promise<SiteFile> => parseSite(await readText(path), path);

/** The site of a file: {@link readSiteFile}. */
export const loadSite = async (path: string): Promise<Site> => (await readSiteFile(path)).site;
