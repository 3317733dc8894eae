/** Which sensor runs which camera. */

/** A camera, and how much of a core it takes, in any unit. */
export interface SharedCamera {
  readonly id: string;
  /** Greater than 0. */
  readonly cost: number;
}

/** Names of the cameras of each sensor. */
export type Shares = readonly (readonly string[])[];

interface Share {
  readonly cameras: SharedCamera[];
  load: number;
}

/** A camera moves only when that makes the fullest share smaller by more than this part of the mean load. */
const WORTH_MOVING = 0.1;

const put = (share: Share, camera: SharedCamera): void => {
  share.cameras.push(camera);
  share.load += camera.cost;
};

/** Those who stay where they are. */
const kept = (cameras: readonly SharedCamera[], sensors: number, before: Shares): Share[] => {
  const homeOf = new Map(before.flatMap((ids, sensor) => ids.map((id) => [id, sensor] as const)));
  const shares = Array.from({ length: sensors }, (): Share => ({ cameras: [], load: 0 }));
  for (const camera of cameras) {
    const home = homeOf.get(camera.id);
    if (home !== undefined && home < sensors) put(shares[home], camera);
  }
  return shares;
};

const lightest = (shares: readonly Share[]): Share => shares.reduce((a, b) => (b.load < a.load ? b : a));
const heaviest = (shares: readonly Share[]): Share => shares.reduce((a, b) => (b.load > a.load ? b : a));

const heaviestFirst = (a: SharedCamera, b: SharedCamera): number => b.cost - a.cost || (a.id < b.id ? -1 : 1);

/** Moves one camera from the fullest share to the emptiest; whether that was worth it. */
const moveOne = (shares: readonly Share[], leastGain: number): boolean => {
  const from = heaviest(shares);
  const to = lightest(shares);
  const loadAfter = ({ cost }: SharedCamera): number => Math.max(from.load - cost, to.load + cost);
  const best = from.cameras.toSorted((a, b) => loadAfter(a) - loadAfter(b) || heaviestFirst(a, b)).at(0);
  if (!best || from.load - loadAfter(best) <= leastGain) return false;
  from.cameras.splice(from.cameras.indexOf(best), 1);
  from.load -= best.cost;
  put(to, best);
  return true;
};

/**
 * Shares cameras out evenly among sensors: the costliest first, each to the sensor that has least (Graham's rule: the
 * fullest has at most 4/3 − 1/(3n) of what the best sharing would give it). Given how they were shared before, those
 * that are still there stay, and move only where that is worth it: one that is added moves nobody, mostly.
 *
 * The same input always gives the same shares, in whatever order the cameras come.
 *
 * @param sensors how many there are (at least 1)
 * @param before  the shares so far, by sensor
 * @see Graham, Bounds on multiprocessing timing anomalies, SIAM J. Appl. Math. 17 (1969) 416
 */
export const shareOut = (cameras: readonly SharedCamera[], sensors: number, before: Shares = []): Shares => {
  const sorted = cameras.toSorted(heaviestFirst);
  const shares = kept(sorted, Math.max(1, sensors), before);
  const placed = new Set(shares.flatMap((share) => share.cameras.map(({ id }) => id)));
  for (const camera of sorted) if (!placed.has(camera.id)) put(lightest(shares), camera);
  const mean = sorted.reduce((sum, { cost }) => sum + cost, 0) / shares.length;
  for (let moves = 0; moves < sorted.length; moves++) if (!moveOne(shares, WORTH_MOVING * mean)) break;
  return shares.map((share) => share.cameras.map(({ id }) => id));
};
