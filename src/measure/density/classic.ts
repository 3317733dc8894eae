/**
 * Classic density: people per square metre of a zone.
 */
import { type Estimate, StarlingError } from '../../contract/index.ts';

/** A zone's area and the standard error that the calibration gives it, m². */
export interface ZoneArea {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Classic density of a zone:
 *
 *   ρ = N / A
 *
 * Caveat: in a small zone it jumps by 1/A as people step in and out; the Voronoi density does not.
 *
 * @param people N, people in the zone
 * @param areaM2 A, its area, m² (> 0)
 * @returns people per m²
 * @throws MEASURE_BAD_AREA
 * @see Steffen & Seyfried, Physica A 389 (2010) 1902, section 2
 */
export const classicDensity = (people: number, areaM2: number): number => {
  if (!(areaM2 > 0)) throw new StarlingError('MEASURE_BAD_AREA', { areaM2 });
  return people / areaM2;
};

/**
 * Mean classic density from a mean occupancy, with the errors of both:
 *
 *   (SE_ρ / ρ)² = (SE_N / N)² + (SE_A / A)²
 *
 * written so that it holds for N = 0 too.
 *
 * @throws MEASURE_BAD_AREA
 */
export const meanDensity = (occupancy: Estimate, area: ZoneArea): Estimate => {
  if (occupancy.value === null) return occupancy;
  const value = classicDensity(occupancy.value, area.value);
  if (occupancy.standardError === null) return { value, standardError: null };
  const fromArea = (value * area.standardError) / area.value;
  return { value, standardError: Math.hypot(occupancy.standardError / area.value, fromArea) };
};
