/** Crowds to measure Voronoi density on: the bottleneck experiment when its data is here, and made-up ones. */
import { existsSync, readFileSync } from 'node:fs';
import { createPlanarPoints, type Point } from '../src/contract/index.ts';
import { BOTTLENECK, type ExperimentFrame, experimentFrames } from '../src/measure/density/trajectories.fixture.ts';

/** Who stood where in an area, frame by frame, and a zone in it. */
export interface Scene {
  readonly name: string;
  /** Outer ring, then holes, m. */
  readonly rings: readonly (readonly Point[])[];
  readonly zones: readonly (readonly Point[])[];
  readonly frames: readonly ExperimentFrame[];
}

const TRAJECTORIES = '../shared/data/pedpy-bottleneck/traj.txt';

const rectangle = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** 349 people through a bottleneck, 960 frames; null where the data is absent. */
export const bottleneckScene = (): Scene | null => {
  if (!existsSync(TRAJECTORIES)) return null;
  const frames = [...experimentFrames(readFileSync(TRAJECTORIES, 'utf8'), 16).values()];
  return { name: 'bottleneck', rings: [BOTTLENECK.walkable], zones: [BOTTLENECK.zone], frames };
};

const PEOPLE_PER_M2 = 2;
/** One pillar of a metre a side for so much ground, m². */
const GROUND_PER_PILLAR_M2 = 100;

/** Fractional part of multiples of a number that no fraction is near: spreads evenly, without a pattern. */
const spread = (i: number, step: number): number => (i * step) % 1;

const pillars = (side: number): Point[][] => {
  const across = Math.max(1, Math.round(side / Math.sqrt(GROUND_PER_PILLAR_M2)));
  const apart = side / across;
  return Array.from({ length: across ** 2 }, (_, i): Point[] => {
    const [x, y] = [((i % across) + 0.5) * apart, (Math.floor(i / across) + 0.5) * apart];
    return rectangle(x - 0.5, y - 0.5, x + 0.5, y + 0.5);
  });
};

/** A square full of people who sway, 2 people/m², with pillars and ten zones of 4 m². */
export const crowdScene = (people: number, frames: number): Scene => {
  const side = Math.sqrt(people / PEOPLE_PER_M2);
  const zones = Array.from({ length: 10 }, (_, i): Point[] => {
    const [x, y] = [spread(i + 1, 0.618_034) * (side - 2), spread(i + 1, 0.754_878) * (side - 2)];
    return rectangle(x, y, x + 2, y + 2);
  });
  const rings = [rectangle(0, 0, side, side), ...pillars(side)];
  return {
    name: `crowd of ${people}`,
    rings,
    zones,
    frames: Array.from({ length: frames }, (_, frame): ExperimentFrame => {
      const positions = createPlanarPoints('ground', people);
      positions.count = people;
      for (let i = 0; i < people; i++) {
        positions.x[i] = spread(i + 0.5, 0.754_877_666) * side + 0.2 * Math.sin(0.1 * frame + i);
        positions.y[i] = spread(i + 0.5, 0.569_840_291) * side + 0.2 * Math.cos(0.13 * frame + 2 * i);
      }
      return { positions, speedMps: new Float64Array(people).fill(1) };
    }),
  };
};
