import { basename } from 'node:path';
import { type Camera, type Site, StarlingError } from '../contract/index.ts';

/**
 * The camera that made a recording: the one that is named, the only one, or the one whose source has the recording's
 * file name.
 *
 * @returns null for a site without cameras
 * @throws SITE_NO_SUCH_CAMERA, SITE_NO_CAMERA when it cannot be told
 */
export const chooseCamera = (site: Site, path: string, input: string, named?: string): Camera | null => {
  const ids = site.cameras.map(({ id }) => id).join(', ') || 'none';
  if (named !== undefined) {
    const camera = site.cameras.find(({ id }) => id === named);
    if (!camera) throw new StarlingError('SITE_NO_SUCH_CAMERA', { path, camera: named, ids });
    return camera;
  }
  const [only, another] = site.cameras;
  if (!only) return null;
  if (!another) return only;
  const sameFile = site.cameras.filter(({ source }) => source !== undefined && basename(source) === basename(input));
  const [match, rival] = sameFile;
  if (match && !rival) return match;
  throw new StarlingError('SITE_NO_CAMERA', { path, count: site.cameras.length, ids });
};
