/**
 * Occupancy: people in a zone at one instant.
 */
import { PERSON_CLASS_INDEX, type PlanarPoints } from '../../contract/index.ts';
import { borderDistanceSquared, type FlatPolygon, pointStrictlyInPolygon } from '../../ground/index.ts';
import { normalTail } from '../statistics/series.ts';

/** People in a zone, and how sure that is. */
export interface Occupancy {
  /** People whose foot point is in the zone. */
  people: number;
  /** Variance of that number, from foot points so near the border that they may be on its other side, people². */
  borderVariance: number;
}

/** Beyond this many standard errors the other side of the border is out of the question (3·10⁻⁵). */
const OUT_OF_REACH = 4;

/** Variance of one person's being in or out: p·(1 − p), p the chance of being where the foot point is not. */
const sideVariance = (zone: FlatPolygon, points: PlanarPoints<'image' | 'ground'>, i: number): number => {
  const xx = points.varianceXX[i];
  const xy = points.varianceXY[i];
  const yy = points.varianceYY[i];
  if (!(xx * yy - xy * xy > 0)) return 0;
  const square = borderDistanceSquared(zone, points.x[i], points.y[i], xx, xy, yy);
  if (square > OUT_OF_REACH ** 2) return 0;
  const other = normalTail(Math.sqrt(square));
  return other * (1 - other);
};

/**
 * People in a zone: points of the class person strictly inside its polygon. Who stands exactly on the border is in no
 * zone, as in JPSreport and PedPy.
 *
 * The variance is Σ p·(1 − p) over the people near the border, with p = Φ(−d) the chance that somebody d standard
 * errors from the border is on its other side. That is exact for a straight border and close where a corner is
 * further away than the error.
 *
 * Caveat: people hidden from the camera are not in it.
 *
 * @param zone   on the same plane as the points
 * @param inside gets 1 for each point that is a person in the zone, else 0
 * @param out    where to write the result
 */
export const measureOccupancy = (
  zone: FlatPolygon,
  points: PlanarPoints<'image' | 'ground'>,
  inside: Uint8Array,
  out: Occupancy,
): void => {
  out.people = 0;
  out.borderVariance = 0;
  for (let i = 0; i < points.count; i++) {
    inside[i] = 0;
    if (points.classIndex[i] !== PERSON_CLASS_INDEX) continue;
    if (pointStrictlyInPolygon(zone, points.x[i], points.y[i])) {
      inside[i] = 1;
      out.people++;
    }
    out.borderVariance += sideVariance(zone, points, i);
  }
};

/** The same for the whole view, which has no border: every person that is seen. */
export const measureViewOccupancy = (
  points: PlanarPoints<'image' | 'ground'>,
  inside: Uint8Array,
  out: Occupancy,
): void => {
  out.people = 0;
  out.borderVariance = 0;
  for (let i = 0; i < points.count; i++) {
    inside[i] = points.classIndex[i] === PERSON_CLASS_INDEX ? 1 : 0;
    out.people += inside[i];
  }
};
