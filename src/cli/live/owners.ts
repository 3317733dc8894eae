import type { Camera, Site } from '../../contract/index.ts';
import { calibrate } from '../../ground/index.ts';
import { Ownership } from '../../measure/index.ts';

/**
 * Every sensor must come to the same owners without asking the others, so none of them goes by the size of its own
 * picture: this shape is taken for all. It matters only for the bend of a wide lens.
 */
export const NOMINAL_SIZE = { widthPx: 16, heightPx: 9 };

/** Who owns which part of the plan, and which of its cameras this is; null where no two cameras share one. */
export const ownershipOf = (
  site: Site,
  camera: Camera,
): { readonly ownership: Ownership; readonly camera: number } | null => {
  const cameras = site.cameras.flatMap(({ id, calibration, masks }) =>
    calibration ? [{ id, calibration: calibrate(calibration, NOMINAL_SIZE), masks }] : [],
  );
  const index = cameras.findIndex(({ id }) => id === camera.id);
  if (index < 0 || cameras.length < 2) return null;
  const obstacles = site.walkable ?? [];
  return { ownership: new Ownership({ cameras, obstacles }), camera: index };
};
