/**
 * Ground-plane ownership: every place of the plan belongs to the camera that sees it best, and a person is counted by
 * the camera that owns the place where the person stands. So nobody in overlapping views is counted twice, nobody has
 * to be recognised, and a zone may span cameras.
 *
 * ```
 *        A  \  sees .......... sees  /  B
 *            \    A owns : B owns   /
 *             o      x   :   x     o
 * ```
 */
import { type Point, signedArea } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../../ground/index.ts';
import { cellCentre, cellCount, type FieldGrid, fieldGrid } from '../space/field-grid.ts';
import { CameraView, type PlanCamera } from './camera-view.ts';

/** Cameras that share a plan, and what stands in their way. */
export interface OwnershipOptions {
  readonly cameras: readonly PlanCamera[];
  /** Walls and buildings, and the outline of the walkable area where it is walled, m. Default none. */
  readonly obstacles?: readonly (readonly Point[])[];
  /**
   * A place at which an ordinary foot point is known worse than this belongs to nobody, m. Default 5, where foot
   * points are no longer placed.
   */
  readonly maxErrorM?: number;
}

/** Nobody's. */
export const NOBODY = -1;

/** Which part of a zone who owns. */
export interface ZoneCoverage {
  /** Area of the zone, m². */
  readonly areaM2: number;
  /** Share of it that any camera sees, 0 to 1: the sum of the next. */
  readonly seenShare: number;
  /** Share that each camera owns, in the order of the cameras. */
  readonly ownedShares: readonly number[];
}

/** Owners on a grid, for drawing. */
export interface OwnershipGrid extends FieldGrid {
  /** Index of the camera that owns a cell's centre, row by row from the lower left; −1 for nobody. */
  readonly owner: Int16Array;
}

/** A camera must see this much better than one before it in the list to have the place: equals go to the first. */
const BETTER = 1 - 1e-6;

const DEFAULT_MAX_ERROR_M = 5;
const DEFAULT_CELL_M = 0.5;
/** Samples in a zone, and at most so many tried. */
const SAMPLES = 4096;
const MOST_TRIED = 1_000_000;

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

const boxOf = (polygon: readonly Point[]): Box => {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { left, bottom, width: Math.max(...xs) - left, height: Math.max(...ys) - bottom };
};

/** Points spread evenly over a polygon; its corners when it is too thin for a grid to meet it. */
const samplesOf = (polygon: readonly Point[]): readonly Point[] => {
  const { left, bottom, width, height } = boxOf(polygon);
  const areaM2 = Math.abs(signedArea(polygon));
  const step = Math.sqrt(Math.max(areaM2 / SAMPLES, (width * height) / MOST_TRIED));
  if (!(step > 0)) return polygon;
  const flat = flatPolygon(polygon);
  const points: Point[] = [];
  for (let y = bottom + step / 2; y < bottom + height; y += step) {
    for (let x = left + step / 2; x < left + width; x += step) if (pointInPolygon(flat, x, y)) points.push([x, y]);
  }
  return points.length > 0 ? points : polygon;
};

/** Who owns which place of a plan. */
export class Ownership {
  /** Names of the cameras; everywhere else a camera is its index in this list. */
  readonly cameras: readonly string[];
  readonly #views: readonly CameraView[];

  constructor({ cameras, obstacles = [], maxErrorM = DEFAULT_MAX_ERROR_M }: OwnershipOptions) {
    this.cameras = cameras.map(({ id }) => id);
    this.#views = cameras.map((camera) => new CameraView(camera, obstacles, maxErrorM));
  }

  /** Index of the camera that sees a place best, equals by their order; −1 when none does, and for no place (NaN). */
  ownerAt(x: number, y: number): number {
    let owner = NOBODY;
    let least = Number.POSITIVE_INFINITY;
    for (let camera = 0; camera < this.#views.length; camera++) {
      const error = this.errorAt(camera, x, y);
      if (!(error < least * BETTER)) continue;
      owner = camera;
      least = error;
    }
    return owner;
  }

  /** Whether a camera owns a place. */
  owns(camera: number, x: number, y: number): boolean {
    return !Number.isNaN(this.errorAt(camera, x, y)) && this.ownerAt(x, y) === camera;
  }

  /** Whether a camera owns any part of a zone that is large enough to be met by its samples. */
  ownsPartOf(camera: number, zone: readonly Point[]): boolean {
    return samplesOf(zone).some(([x, y]) => this.owns(camera, x, y));
  }

  /** Standard error of an ordinary foot point that a camera sees there, m; NaN where it does not see it. */
  errorAt(camera: number, x: number, y: number): number {
    return this.#views[camera]?.errorAt(x, y) ?? Number.NaN;
  }

  /** Who owns which share of a zone, by samples, to about a hundredth. */
  coverage(zone: readonly Point[]): ZoneCoverage {
    const points = samplesOf(zone);
    const owned = new Float64Array(this.cameras.length);
    let seen = 0;
    for (const [x, y] of points) {
      const owner = this.ownerAt(x, y);
      if (owner === NOBODY) continue;
      owned[owner]++;
      seen++;
    }
    return {
      areaM2: Math.abs(signedArea(zone)),
      seenShare: seen / points.length,
      ownedShares: Array.from(owned, (count) => count / points.length),
    };
  }

  /**
   * Owners on a grid over the box of a polygon, for drawing on the plan.
   *
   * @param cellM side of a cell. Default 0.5; cells grow where there would be more than 40,000
   */
  grid(polygon: readonly Point[], cellM: number = DEFAULT_CELL_M): OwnershipGrid {
    const { left, bottom, width, height } = boxOf(polygon);
    const grid = fieldGrid({ left, bottom, right: left + width, top: bottom + height }, cellM);
    const owner = Int16Array.from({ length: cellCount(grid) }, (_, cell) => this.ownerAt(...cellCentre(grid, cell)));
    return { ...grid, owner };
  }
}
