/**
 * People in the part of each zone that is a camera's own.
 */
import { type Point, type Positions, VIEW_ZONE } from '../../contract/index.ts';
import { type FlatPolygon, flatPolygon } from '../../ground/index.ts';
import type { Occupancy } from '../density/occupancy.ts';
import { OwnedOccupancy } from '../ownership/owned-occupancy.ts';
import type { Ownership } from '../ownership/ownership.ts';
import type { PlannedZone } from '../places/planned.ts';

/** One camera of those that share a plan. */
export interface Owner {
  readonly ownership: Ownership;
  /** Its place in the list of cameras. */
  readonly camera: number;
}

/** Farther than any place of a site, m. */
const FAR_M = 1e8;

const EVERYWHERE = flatPolygon([
  [-FAR_M, -FAR_M],
  [FAR_M, -FAR_M],
  [FAR_M, FAR_M],
  [-FAR_M, FAR_M],
]);

/** Counts who is in a camera's part of each zone. */
export class OwnPart {
  readonly #owner: Owner;
  readonly #counter: OwnedOccupancy;
  /** Null for a zone of which nothing is the camera's own. */
  readonly #borders: readonly (FlatPolygon | null)[];
  readonly #count: Occupancy = { people: 0, borderVariance: 0 };

  constructor(owner: Owner, zones: readonly PlannedZone[]) {
    this.#owner = owner;
    this.#counter = new OwnedOccupancy(owner.ownership);
    this.#borders = zones.map((zone) => this.#borderOf(zone));
  }

  /** The whole view is all that is the camera's own; a zone drawn on its picture is shared with nobody. */
  #borderOf({ id, plane, ground, seenShare }: PlannedZone): FlatPolygon | null {
    if (seenShare === 0) return null;
    if (id === VIEW_ZONE) return EVERYWHERE;
    const corners: readonly Point[] | null = plane === 'ground' ? ground : null;
    if (corners === null || !this.#owner.ownership.ownsPartOf(this.#owner.camera, corners)) return null;
    return flatPolygon(corners);
  }

  /** People in the part; null where there is none. What comes back is overwritten by the next call. */
  count(zone: number, positions: Positions): Occupancy | null {
    const border = this.#borders[zone];
    if (border === null) return null;
    this.#counter.count(this.#owner.camera, border, positions, 0, this.#count);
    return this.#count;
  }
}
