/**
 * From a site file to what can be watched: `${NAME}` is filled in, files are looked for beside the site file, and what
 * would end a sensor again and again, with all of its cameras, is said before anything starts.
 */
import { dirname, isAbsolute, resolve } from 'node:path';
import { isSimulated, type Site, StarlingError } from '../../contract/index.ts';
import type { SiteFile } from '../../site/index.ts';
import { type FilledIn, type Secrets, sourcesOf } from '../secrets.ts';
import { NOMINAL_SIZE } from './owners.ts';
import type { Watched } from './plans.ts';

const hasScheme = (source: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(source);

/** A file or a folder of the site file lies beside it, wherever the command was typed. */
const besideSite = (site: string, sources: ReadonlyMap<string, FilledIn>): ReadonlyMap<string, string> =>
  new Map(
    [...sources].map(([camera, { source }]) => [
      camera,
      hasScheme(source) || isAbsolute(source) ? source : resolve(dirname(site), source),
    ]),
  );

/** What stands behind a name may be anything; a site file could only check what was written. */
const checkUrl = (camera: string, source: string): void => {
  if (source.includes('://') && !URL.canParse(source))
    throw new StarlingError('CAPTURE_BAD_SOURCE', { camera, reason: 'it is no URL' });
};

const checkBeforeStart = async (site: Site, sources: ReadonlyMap<string, string>): Promise<void> => {
  const { calibrate, createWalkableArea } = await import('../../ground/index.ts');
  const { createSimulation, parseSimulation } = await import('../../simulate/index.ts');
  const { walkable = null, zones, gates } = site;
  if (walkable) createWalkableArea(walkable);
  for (const { id, calibration } of site.cameras) {
    const source = sources.get(id);
    if (source === undefined) continue;
    if (calibration) calibrate(calibration, NOMINAL_SIZE);
    if (isSimulated({ source })) createSimulation({ plan: parseSimulation(source), walkable, zones, gates });
    else checkUrl(id, source);
  }
};

/**
 * What is to be watched of a site.
 *
 * @param path of the site file
 * @throws SECRET_MISSING, SITE_NOTHING_TO_WATCH, CAPTURE_BAD_SOURCE, SIMULATE_*, GROUND_*
 */
export const prepare = async ({ site, written }: SiteFile, path: string, secrets: Secrets): Promise<Watched> => {
  const filled = sourcesOf(site, secrets);
  const sources = besideSite(path, filled);
  if (sources.size === 0) throw new StarlingError('SITE_NOTHING_TO_WATCH', { path });
  await checkBeforeStart(site, sources);
  return { site, written, sources, secrets: [...filled.values()].flatMap((one) => one.secrets) };
};
