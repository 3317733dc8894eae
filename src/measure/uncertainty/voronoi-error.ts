/**
 * What uncertain positions do to the Voronoi density and speed of a zone.
 *
 * Exactly, every person would have to be moved a little and all cells built anew. Here each cell is a disc of its own
 * area, of which the zone holds a known share, and the faces of a square cell move half as far as either neighbour:
 * three numbers a person, one pass, nothing allocated. Held against Monte Carlo in `voronoi-error.test.ts`.
 */
import type { Estimate } from '../../contract/index.ts';
import type { ZoneArea } from '../density/classic.ts';
import { positionLooks, standardErrorOf } from './combine.ts';
import { countErrors, type DetectionError, independentLooks, totalVariance } from './detection-error.ts';
import type { SpeedErrors } from './speed-error.ts';

/** The people of one frame, as a zone sees their cells; columns are valid up to `count`. */
export interface ZoneCells {
  readonly count: number;
  /** Area of each person's cell, m²; 0 or NaN for who has none. */
  readonly cellAreaM2: Float64Array;
  /** Area of the cell that lies in the zone, m². */
  readonly coveredM2: Float64Array;
  /** Variances of each person's position, m². */
  readonly varianceXX: Float64Array;
  readonly varianceYY: Float64Array;
}

/** A border that cuts cells in random places moves with this part of its people's variance: (1 + ⅔)/4. */
const FACES = 5 / 12;

/** Where the error is as large as a cell, the zone's people are in or out as in a plain count: 5/12 · √π. */
const SATURATION = (5 * Math.sqrt(Math.PI)) / 12;

/** Variance of a person's position in either direction, m². */
const positionVariance = ({ varianceXX, varianceYY }: ZoneCells, i: number): number =>
  (varianceXX[i] + varianceYY[i]) / 2;

/**
 * Variance of the Voronoi density of a zone from uncertain positions.
 *
 *   ρ = Σ fᵢ / A,  fᵢ = covered/cell area,  sᵢ² = position variance/cell area,  gᵢ = covered/A
 *
 *   Var(fᵢ) = (5/12)·(4/π)·(4·fᵢ·(1 − fᵢ))^⅔ · sᵢ²/(1 + 0.74·sᵢ) · (1 − gᵢ)²  +  (fᵢ·gᵢ·sᵢ)²
 *
 * First the cells that the border cuts: the squared chord of a disc of the cell's area that leaves the share f on one
 * side, moved by its people. Cells wholly inside count one whatever their shape. Then, for a zone no larger than a
 * cell, the area of the cell itself. Within 30 % of the truth (as a standard error) for errors of 0.05 to 0.5 m, where
 * the zone holds three people or more who keep half a spacing apart; in a smaller zone too large, at most twofold.
 * Position errors of different people are taken to be independent: what a calibration shifts together is not in it.
 *
 * @param zoneAreaM2 A, m² (> 0)
 * @returns (people/m²)²; 0 for nobody
 * @see Steffen & Seyfried, Physica A 389 (2010) 1902, for the density
 */
export const voronoiDensityVariance = (cells: ZoneCells, zoneAreaM2: number): number => {
  let variance = 0;
  for (let i = 0; i < cells.count; i++) {
    const cell = cells.cellAreaM2[i];
    const covered = cells.coveredM2[i];
    const spread = positionVariance(cells, i) / cell;
    if (!(cell > 0 && covered > 0 && spread > 0)) continue;
    const f = Math.min(1, covered / cell);
    const g = Math.min(1, covered / zoneAreaM2);
    const chord = (4 / Math.PI) * Math.cbrt((4 * f * (1 - f)) ** 2);
    const border = (FACES * chord * spread) / (1 + SATURATION * Math.sqrt(spread));
    variance += border * (1 - g) ** 2 + f * f * g * g * spread;
  }
  return variance / zoneAreaM2 ** 2;
};

/**
 * Errors of the Voronoi speed of a zone, v = Σ vᵢ·cᵢ / Σ cᵢ with cᵢ what each cell covers of it. Whose speed is
 * unknown is left out, with the cell.
 *
 *   measured = Σ wᵢ²·SEᵢ² + Σ (vᵢ − v)²·σᵢ²·cᵢ / (Σ c)²,   wᵢ = cᵢ/Σ c
 *   sample   = s²·Σ wᵢ²,   s² = Σ wᵢ·(vᵢ − v)² / (1 − Σ wᵢ²)
 *
 * The second term: σ² is the variance of a position, and σ²·c is that of what a cell covers, by its neighbours' faces.
 * The error of the scale comes on top: a share of v that does not average out.
 *
 * @param speedMps         one speed each, m/s; NaN where unknown
 * @param standardErrorMps its standard error, m/s
 * @param out              where to write
 */
export const voronoiSpeedErrors = (
  cells: ZoneCells,
  speedMps: Float64Array,
  standardErrorMps: Float64Array,
  out: SpeedErrors,
): void => {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < cells.count; i++) {
    const c = cells.coveredM2[i];
    if (!(c > 0) || Number.isNaN(speedMps[i])) continue;
    total += c;
    sum += c * speedMps[i];
    squares += c * c;
  }
  const mean = sum / total;
  let measured = 0;
  let between = 0;
  for (let i = 0; i < cells.count; i++) {
    const c = cells.coveredM2[i];
    if (!(c > 0) || Number.isNaN(speedMps[i])) continue;
    const deviation = (speedMps[i] - mean) ** 2;
    measured += c * c * standardErrorMps[i] ** 2 + deviation * positionVariance(cells, i) * c;
    between += c * deviation;
  }
  const share = squares / total ** 2;
  out.meanMps = mean;
  out.measuredVariance = measured / total ** 2;
  out.sampleVariance = share < 1 - 1e-9 ? ((between / total) * share) / (1 - share) : Number.NaN;
};

/** What a window knows of the Voronoi density of a zone. */
export interface VoronoiDensityTally {
  /** Mean over the frames, people/m²; null for none. */
  readonly mean: number | null;
  /** Standard error of that mean by its swing from frame to frame (`BatchedMean`), people/m²; null where unknown. */
  readonly swing: number | null;
  /** Mean over the frames of {@link voronoiDensityVariance}. */
  readonly positionVariance: number;
  /** Time that the frames stand for, s. */
  readonly measuredS: number;
}

/**
 * Mean Voronoi density over a window with all of its errors: swing, positions, area and detector.
 *
 *   SE² = swing² + position variance ÷ seconds + (ρ·SE_A/A)² + Var(N)/A²,  N = ρ·A
 *
 * Whoever the detector misses in the middle of a zone lowers its Voronoi density by one person, as in a count: the
 * neighbours' cells grow to fill the place.
 */
export const voronoiDensityEstimate = (
  { mean, swing, positionVariance: variance, measuredS }: VoronoiDensityTally,
  area: ZoneArea,
  detection: DetectionError,
): Estimate => {
  if (mean === null) return { value: null, standardError: null };
  const missed = totalVariance(countErrors(detection, mean * area.value, independentLooks(measuredS)));
  const ofArea = ((mean * area.standardError) / area.value) ** 2;
  return {
    value: mean,
    standardError: standardErrorOf(swing, variance / positionLooks(measuredS) + ofArea + missed / area.value ** 2),
  };
};
