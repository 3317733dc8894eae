import type { Camera, Site } from '../../contract/index.ts';
import { calibrate } from '../../ground/index.ts';
import { Ownership } from '../../measure/index.ts';

/**
 * Every sensor must come to the same owners without asking the others, so none of them goes by the size of its own
 * picture: this shape is taken for all. It matters only for the bend of a wide lens.
 */
export const NOMINAL_SIZE = { widthPx: 16, heightPx: 9 };

const calibrated = (site: Site) =>
  // Of a camera that nobody watches nothing is known: the others have its ground.
  site.cameras.flatMap(({ id, source, calibration, masks }) =>
    calibration && source !== undefined ? [{ id, calibration: calibrate(calibration, NOMINAL_SIZE), masks }] : [],
  );

/** Who owns which part of the plan; null where no two cameras share one. */
export const siteOwnership = (site: Site): Ownership | null => {
  const cameras = calibrated(site);
  return cameras.length < 2 ? null : new Ownership({ cameras, obstacles: site.walkable ?? [] });
};

/** The same, and which of its cameras this is; null for a camera that shares none. */
export const ownershipOf = (
  site: Site,
  camera: Camera,
): { readonly ownership: Ownership; readonly camera: number } | null => {
  const ownership = siteOwnership(site);
  const index = ownership?.cameras.indexOf(camera.id) ?? -1;
  return ownership === null || index < 0 ? null : { ownership, camera: index };
};
