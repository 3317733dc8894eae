/** From a site's metres to degrees on the Earth. */
import { type Gate, type Point, signedArea, type Zone } from '../../contract/index.ts';

/** Where a site lies on the Earth. */
export interface Anchor {
  /** Of the site's point (0, 0); degrees north, WGS 84. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
  /** Where the site's y axis points, degrees clockwise from north. */
  readonly bearingDeg: number;
}

/** As RFC 7946 has them. */
export type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Point[])[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Point[] };

// WGS 84: semi-major axis, m, and the square of the eccentricity.
const A_M = 6_378_137;
const E2 = 0.006_694_379_990_14;
/** A millimetre and a bit. */
const DIGITS = 8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const round = (degrees: number): number => Number(degrees.toFixed(DIGITS));
const wrapped = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;

/**
 * Makes the way from metres to degrees: east and north on the plane that touches the ellipsoid at the anchor.
 *
 *   Δφ = north / M,  Δλ = east / (N cos φ)
 *
 * M and N are the radii of curvature along and across the meridian. One kilometre from the anchor it is wrong by about
 * 20 cm at 60° north, and by less nearer to it or to the equator; not for use within a degree of a pole.
 *
 * @see Snyder, Map Projections: A Working Manual, USGS 1395, 1987, p. 24 f.
 */
export const toDegrees = ({ latitude, longitude, bearingDeg }: Anchor): ((point: Point) => Point) => {
  const [phi, theta] = [radians(latitude), radians(bearingDeg)];
  const w2 = 1 - E2 * Math.sin(phi) ** 2;
  const alongM = (A_M * (1 - E2)) / w2 ** 1.5;
  const acrossM = (A_M / Math.sqrt(w2)) * Math.cos(phi);
  return ([x, y]) => {
    const east = x * Math.cos(theta) + y * Math.sin(theta);
    const north = y * Math.cos(theta) - x * Math.sin(theta);
    const perRadian = 180 / Math.PI;
    return [round(wrapped(longitude + (east / acrossM) * perRadian)), round(latitude + (north / alongM) * perRadian)];
  };
};

/** Without an anchor the site's own metres stay as they are. */
const place = (anchor: Anchor | null): ((point: Point) => Point) => (anchor ? toDegrees(anchor) : (point) => point);

/** RFC 7946 wants outer rings counter-clockwise and holes clockwise, each closed by its first corner. */
const ring = (corners: readonly Point[], isHole: boolean, anchor: Anchor | null): readonly Point[] => {
  const runsRight = signedArea(corners) > 0 !== isHole;
  const ordered = runsRight ? corners : corners.toReversed();
  return [...ordered, ordered[0]].map(place(anchor));
};

/** An outer ring and its holes. */
export const areaGeometry = (rings: readonly (readonly Point[])[], anchor: Anchor | null): Geometry => ({
  type: 'Polygon',
  coordinates: rings.map((corners, i) => ring(corners, i > 0, anchor)),
});

/** Of a zone in metres; null where it is drawn on a camera's picture, which says nothing of where that is. */
export const zoneGeometry = (zone: Zone, anchor: Anchor | null): Geometry | null =>
  'polygon' in zone ? areaGeometry([zone.polygon], anchor) : null;

/** Of a gate in metres, from a to b: in is from its right-hand side to its left. */
export const gateGeometry = (gate: Gate, anchor: Anchor | null): Geometry | null =>
  'line' in gate ? { type: 'LineString', coordinates: gate.line.map(place(anchor)) } : null;
