/**
 * People in the part of a zone that one camera owns.
 */
import { PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { type FlatPolygon, pointStrictlyInPolygon } from '../../ground/index.ts';
import type { Occupancy } from '../density/occupancy.ts';
import { OwnerCache } from './owner-cache.ts';
import { NOBODY, type Ownership } from './ownership.ts';

/** Points that stand for a normal distribution: spread as evenly as the seeds of a sunflower, at its own radii. */
const SEEDS = 64;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const seedX = new Float64Array(SEEDS);
const seedY = new Float64Array(SEEDS);
for (let k = 0; k < SEEDS; k++) {
  const radius = Math.sqrt(-2 * Math.log(1 - (k + 0.5) / SEEDS));
  seedX[k] = radius * Math.cos(k * GOLDEN_ANGLE);
  seedY[k] = radius * Math.sin(k * GOLDEN_ANGLE);
}

/** Looked at first: so many points round the person, so many standard errors away. */
const RING = 8;
const RING_SIGMAS = 2.5;

/** Counts who is in a camera's part of a zone. */
export class OwnedOccupancy {
  readonly #cache: OwnerCache;
  /** Cholesky factor of the position at hand. */
  #l11 = 0;
  #l21 = 0;
  #l22 = 0;

  constructor(ownership: Ownership) {
    this.#cache = new OwnerCache(ownership);
  }

  /**
   * People whose place is in the zone and belongs to the camera, and the mean square error of that number. Of what may
   * be somebody's true place, the share u is in the camera's part of the zone, w in another's, v outside:
   *
   *   counted here: v + u·w,  counted by another: u·w,  counted by nobody: u
   *
   * At the border of the zone that is the chance of having counted wrongly. At a seam both cameras see the person and
   * count each by its own position: twice, or neither, may happen, with the variance u·w of each of them; so the
   * errors of all parts add up. On average too much and too little cancel out.
   *
   * @param camera    index of the camera that the positions are from
   * @param zone      in metres
   * @param movedM2   variance, each way, by which people have moved since, m²
   * @param out       where to write the result
   */
  count(camera: number, zone: FlatPolygon, positions: Positions, movedM2: number, out: Occupancy): void {
    out.people = 0;
    out.borderVariance = 0;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      const x = positions.x[i];
      const y = positions.y[i];
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      if (pointStrictlyInPolygon(zone, x, y) && this.#cache.ownerAt(x, y) === camera) out.people++;
      if (this.#spread(positions, i, movedM2)) out.borderVariance += this.#errorOf(camera, zone, x, y);
    }
  }

  /** Takes the error of a position; false when it has none. */
  #spread(positions: Positions, i: number, movedM2: number): boolean {
    const xx = positions.varianceXX[i] + movedM2;
    const yy = positions.varianceYY[i] + movedM2;
    const xy = positions.varianceXY[i];
    if (!(xx > 0 && xx * yy - xy * xy > 0)) return false;
    this.#l11 = Math.sqrt(xx);
    this.#l21 = xy / this.#l11;
    this.#l22 = Math.sqrt(yy - this.#l21 ** 2);
    return true;
  }

  #errorOf(camera: number, zone: FlatPolygon, x: number, y: number): number {
    if (!this.#isNearBorder(camera, zone, x, y)) return 0;
    let here = 0;
    let another = 0;
    for (let k = 0; k < SEEDS; k++) {
      const owner = this.#countedBy(zone, x, y, seedX[k], seedY[k]);
      if (owner === camera) here++;
      else if (owner !== NOBODY) another++;
    }
    const seam = (here * another) / SEEDS ** 2;
    const counted = this.#countedBy(zone, x, y, 0, 0);
    if (counted === camera) return seam + 1 - (here + another) / SEEDS;
    return counted === NOBODY ? here / SEEDS : seam;
  }

  #isNearBorder(camera: number, zone: FlatPolygon, x: number, y: number): boolean {
    const here = this.#countedBy(zone, x, y, 0, 0) === camera;
    for (let k = 0; k < RING; k++) {
      const angle = (2 * Math.PI * k) / RING;
      const [u, v] = [RING_SIGMAS * Math.cos(angle), RING_SIGMAS * Math.sin(angle)];
      if ((this.#countedBy(zone, x, y, u, v) === camera) !== here) return true;
    }
    return false;
  }

  /** Who counts a person whose true place is so many standard errors away. */
  #countedBy(zone: FlatPolygon, x: number, y: number, u: number, v: number): number {
    const px = x + this.#l11 * u;
    const py = y + this.#l21 * u + this.#l22 * v;
    return pointStrictlyInPolygon(zone, px, py) ? this.#cache.ownerAt(px, py) : NOBODY;
  }
}
