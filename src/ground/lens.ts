/**
 * The picture's own plane: fractions of the frame on one side, and on the other *lens units*, which have the same
 * scale both ways: the origin is the middle of the picture and 1 is half its diagonal. A lens bends what it sees:
 *
 *   seen = ideal · (1 + k1 · |ideal|²)
 *
 * with k1 < 0 for the barrel shape of wide lenses (Brown 1966, first radial term).
 */

/** Size of a picture; only the ratio of its sides matters. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Lens units in one frame width and in one frame height. */
export interface LensScale {
  readonly x: number;
  readonly y: number;
}

/** Lens units per frame width and height of a picture with square pixels. */
export const lensScale = ({ widthPx, heightPx }: PictureSize): LensScale => {
  const halfDiagonal = Math.hypot(widthPx, heightPx) / 2;
  return { x: widthPx / halfDiagonal, y: heightPx / halfDiagonal };
};

/** Fraction of the frame width to lens units. */
export const toLensX = (scale: LensScale, x: number): number => (x - 0.5) * scale.x;
/** Fraction of the frame height to lens units. */
export const toLensY = (scale: LensScale, y: number): number => (y - 0.5) * scale.y;
/** Lens units to a fraction of the frame width. */
export const fromLensX = (scale: LensScale, u: number): number => u / scale.x + 0.5;
/** Lens units to a fraction of the frame height. */
export const fromLensY = (scale: LensScale, v: number): number => v / scale.y + 0.5;

/**
 * Greatest distance from the middle at which the lens still maps one ideal point to one seen point: where
 * r·(1 + k1·r²) stops growing. Infinite without barrel distortion.
 */
export const idealRadiusLimit = (k1: number): number => (k1 < 0 ? Math.sqrt(-1 / (3 * k1)) : Number.POSITIVE_INFINITY);

/** How far from the middle the lens shows a point that is ideally at `radius`, as a ratio. */
export const distortion = (k1: number, radiusSquared: number): number => 1 + k1 * radiusSquared;

const NEWTON_STEPS = 20;

/**
 * Ideal distance from the middle of a point seen at `seenRadius`, by Newton's method.
 *
 * @returns NaN where the lens shows no point (beyond the fold of a barrel distortion)
 */
export const idealRadius = (k1: number, seenRadius: number): number => {
  if (k1 === 0 || seenRadius === 0) return seenRadius;
  const limit = idealRadiusLimit(k1);
  if (Number.isFinite(limit) && seenRadius >= limit * distortion(k1, limit * limit)) return Number.NaN;
  // From 0 for a barrel and from the seen radius for a cushion the steps approach the root from one side.
  let r = k1 < 0 ? 0 : seenRadius;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const change = (r * distortion(k1, r * r) - seenRadius) / distortion(3 * k1, r * r);
    r -= change;
    if (Math.abs(change) < 1e-14) break;
  }
  return r;
};
