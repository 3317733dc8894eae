/** Simulated crowds for tests, and what is looked at in them. */
import type { Gate, Point, Positions, Zone } from '../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../ground/index.ts';
import { parseSimulation } from './plan.ts';
import { createSimulation, type Simulation } from './simulation.ts';

/** Where a crowd is to be, if not in the scenario's own place, and what is counted. */
export interface Scene {
  readonly walkable?: readonly (readonly Point[])[];
  readonly zones?: readonly Zone[];
  readonly gates?: readonly Gate[];
  readonly framesPerS?: number;
}

/** A crowd by its address. */
export const crowdOf = (
  source: string,
  { walkable, zones = [], gates = [], framesPerS = 10 }: Scene = {},
): Simulation =>
  createSimulation({ plan: parseSimulation(source), walkable: walkable ?? null, zones, gates, framesPerS });

/** Corners of a rectangle. */
export const rectangle = (left: number, bottom: number, right: number, top: number): [number, number][] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** A gate on the ground. */
export const gateOf = (id: string, a: [number, number], b: [number, number]): Gate => ({ id, line: [a, b] });

/** How many people stand outside the walkable area. */
export const outsideOf = (walkable: Simulation['walkable']): ((positions: Positions) => number) => {
  const [outline, ...holes] = walkable.map(flatPolygon);
  return ({ count, x, y }) => {
    let outside = 0;
    for (let i = 0; i < count; i++)
      if (!pointInPolygon(outline, x[i], y[i]) || holes.some((hole) => pointInPolygon(hole, x[i], y[i]))) outside++;
    return outside;
  };
};

/** Distance between the two people who are nearest to each other, m; infinite for fewer than two. */
export const nearestM = ({ count, x, y }: Positions): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) least = Math.min(least, (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2);
  return Math.sqrt(least);
};

/** Notices who stays within half a metre; `longestS` is how long anybody did. */
export class Standstill {
  longestS = 0;
  readonly #since = new Map<number, readonly [x: number, y: number, timeMs: number]>();

  look({ count, id, x, y, timeMs }: Positions): void {
    for (let i = 0; i < count; i++) {
      const since = this.#since.get(id[i]);
      if (since && (since[0] - x[i]) ** 2 + (since[1] - y[i]) ** 2 < 0.25)
        this.longestS = Math.max(this.longestS, (timeMs - since[2]) / 1000);
      else this.#since.set(id[i], [x[i], y[i], timeMs]);
    }
  }
}
