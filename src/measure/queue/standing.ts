/**
 * Standing: people who stand or creep.
 */
import type { Positions } from '../../contract/index.ts';

/**
 * Slower than this is standing or creeping, m/s. A choice and not a finding: Weidmann's diagram gives it at
 * 2.7 people/m², denser than where Fruin's last walkway level begins, so nobody who can walk is so slow.
 */
export const CREEPING_MPS = 0.4;

/** Who stands in a zone at one frame. */
export interface Standing {
  /** People who stand or creep; null when there are people in the zone and nobody's speed is known. */
  people: number | null;
  /** People in the zone whose speed is not known, who are not counted. */
  unknown: number;
}

/**
 * People in a zone who are slower than a limit.
 *
 * Caveats: people who stand about and talk are slow too; a person whose speed is not known yet, about the first second
 * of a track, is not counted.
 *
 * @param inside      1 for each of the positions that is a person in the zone, as `measureOccupancy` says
 * @param speedMps    in the order of the positions, NaN where unknown
 * @param maxSpeedMps who is slower stands or creeps, m/s
 * @param out         where to write the result
 */
export const countStanding = (
  positions: Positions,
  inside: Uint8Array,
  speedMps: Float64Array,
  maxSpeedMps: number,
  out: Standing,
): void => {
  let slow = 0;
  let known = 0;
  let people = 0;
  for (let i = 0; i < positions.count; i++) {
    if (inside[i] === 0 || Number.isNaN(positions.x[i]) || Number.isNaN(positions.y[i])) continue;
    people++;
    if (Number.isNaN(speedMps[i])) continue;
    known++;
    if (speedMps[i] < maxSpeedMps) slow++;
  }
  out.unknown = people - known;
  out.people = people > 0 && known === 0 ? null : slow;
};
