/** Small crowds with known places and velocities, for tests. */
import { createPlanarPoints, mediaTimeMs, type Positions } from '../../contract/index.ts';
import { createMotion, type Motion } from '../speed/motion.ts';

/** One person. */
export interface Walker {
  readonly x: number;
  readonly y: number;
  readonly vx?: number;
  readonly vy?: number;
  readonly id?: number;
  readonly classIndex?: number;
}

/** One frame of a crowd. */
export interface Scene {
  readonly positions: Positions;
  readonly motion: Motion;
}

/** A frame with these people; a velocity that is not given is unknown. */
export const sceneOf = (walkers: readonly Walker[], timeMs = 0): Scene => {
  const positions = createPlanarPoints('ground', walkers.length);
  const motion = createMotion(walkers.length);
  positions.count = walkers.length;
  positions.timeMs = mediaTimeMs(timeMs);
  motion.count = walkers.length;
  for (const [i, { x, y, vx = Number.NaN, vy = 0, id = i + 1, classIndex = 0 }] of walkers.entries()) {
    positions.x[i] = x;
    positions.y[i] = y;
    positions.id[i] = id;
    positions.classIndex[i] = classIndex;
    motion.velocityXMps[i] = vx;
    motion.velocityYMps[i] = vy;
    motion.speedMps[i] = Math.sqrt(vx * vx + vy * vy);
  }
  return { positions, motion };
};

/** People on a square lattice, one to each place from `from` up to below `to`, moving as asked. */
export const lattice = (
  from: number,
  to: number,
  spacingM: number,
  velocity: (x: number, y: number) => readonly [vx: number, vy: number],
): Walker[] => {
  const walkers: Walker[] = [];
  for (let y = from; y < to; y += spacingM) {
    for (let x = from; x < to; x += spacingM) {
      const [vx, vy] = velocity(x, y);
      walkers.push({ x, y, vx, vy });
    }
  }
  return walkers;
};
