/**
 * Voronoi density and Voronoi speed of a zone.
 */
import { type ConvexPieces, ConvexPolygon } from '../../ground/index.ts';
import type { VoronoiCells } from './voronoi-cells.ts';

/** A zone's figures at one frame. */
export interface VoronoiFigures {
  /** People per m²; 0 where no cell reaches. */
  densityPerM2: number;
  /** m/s; null where no cell reaches, or nobody's speed is known whose cell does. */
  speedMps: number | null;
}

const part = new ConvexPolygon();

/** Whether a row's cell may reach into a zone; (px, py) is the person from the zone's origin. */
const mayReach = (cells: VoronoiCells, row: number, { box }: ConvexPieces, px: number, py: number): boolean => {
  const dx = px < box.left ? box.left - px : px > box.right ? px - box.right : 0;
  const dy = py < box.bottom ? box.bottom - py : py > box.top ? py - box.top : 0;
  return dx * dx + dy * dy < cells.reachSquaredM2[row];
};

/** Area of a row's fragments within a zone. */
const coveredByRow = (cells: VoronoiCells, row: number, zone: ConvexPieces, px: number, py: number): number => {
  const { sideStart, a, b, c } = zone;
  const { fragmentEnd, cornerBegin, cornerX, cornerY } = cells;
  let area = 0;
  for (let fragment = cells.fragmentBegin[row]; fragment < fragmentEnd[row]; fragment++) {
    for (let piece = 0; piece < zone.count; piece++) {
      part.load(cornerX, cornerY, cornerBegin[fragment], cornerBegin[fragment + 1], px, py);
      for (let side = sideStart[piece]; side < sideStart[piece + 1] && part.count > 0; side++)
        part.clip(a[side], b[side], c[side]);
      area += part.area;
    }
  }
  return area;
};

/**
 * Area of each person's cell within a zone, m².
 *
 * @param coveredM2 at least as long as the cells have rows; gets the area for each, 0 for a row without a cell
 */
export const coveredArea = (cells: VoronoiCells, zone: ConvexPieces, coveredM2: Float64Array): void => {
  const toZoneX = cells.walkable.originX - zone.originX;
  const toZoneY = cells.walkable.originY - zone.originY;
  for (let row = 0; row < cells.rows; row++) {
    coveredM2[row] = 0;
    // NaN for a row without a cell.
    if (!(cells.areaM2[row] > 0)) continue;
    const px = cells.x[row] + toZoneX;
    const py = cells.y[row] + toZoneY;
    if (mayReach(cells, row, zone, px, py))
      coveredM2[row] = coveredByRow(cells, row, zone, px, py) * cells.portion[row];
  }
};

/**
 * Voronoi density and Voronoi speed of a zone M:
 *
 *   ρ = Σ (|cell ∩ M| ÷ |cell|) ÷ |M|
 *   v = Σ |cell ∩ M| · speed ÷ |M|
 *
 * Ground that no cell covers adds nothing to either. So the speed reads low in a zone that cells cover in part, as with
 * a cut-off; that is the definition. Cells of people whose speed is unknown are left out of the speed with the ground
 * that they cover: it is then Σ |cell ∩ M| · speed ÷ (|M| − ground covered by them), as if they were not in M.
 *
 * @param coveredM2 |cell ∩ M| by row, from {@link coveredArea}, m²
 * @param speedMps  by row, NaN where unknown
 * @param areaM2    |M|, m² (> 0)
 * @param out       where to write the result
 * @see Steffen & Seyfried, Physica A 389 (2010) 1902, eq. 8 and 9; as in JPSreport and PedPy
 */
export const voronoiFigures = (
  cells: VoronoiCells,
  coveredM2: Float64Array,
  speedMps: Float64Array,
  areaM2: number,
  out: VoronoiFigures,
): void => {
  let people = 0;
  let swept = 0;
  let known = 0;
  let unknown = 0;
  for (let row = 0; row < cells.rows; row++) {
    const covered = coveredM2[row];
    if (!(covered > 0)) continue;
    people += covered / cells.areaM2[row];
    if (Number.isNaN(speedMps[row])) unknown += covered;
    else {
      known += covered;
      swept += covered * speedMps[row];
    }
  }
  out.densityPerM2 = people / areaM2;
  // At least what is known to be covered: rounding may leave less than that of the zone.
  out.speedMps = known > 0 ? swept / Math.max(known, areaM2 - unknown) : null;
};
