/**
 * How fast Voronoi density and speed are, on the bottleneck experiment (349 people, when its data is here) and on crowds
 * of 100, 1,000 and 10,000; how the cost grows; and what the same would cost with d3-delaunay and polyclip-ts, which is
 * why cells are cut to walls by this repository's own code.
 *
 *   npm run bench -- voronoi
 *
 * PedPy 1.x needs 54 µs per person and frame for density and speed on the same experiment, 82 with a cut-off.
 */
import Delaunator from 'delaunator';
import { Delaunay } from 'd3-delaunay';
import * as polyclip from 'polyclip-ts';
import type { Point } from '../src/contract/index.ts';
import { createWalkableArea, createZonePieces } from '../src/ground/index.ts';
import type { ExperimentFrame } from '../src/measure/density/trajectories.fixture.ts';
import { createTessellation } from '../src/measure/density/voronoi.ts';
import { type Cutoff, createVoronoiCells, type VoronoiCells } from '../src/measure/density/voronoi-cells.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from '../src/measure/density/voronoi-density.ts';
import { createMeanProfile } from '../src/measure/profiles/mean-profile.ts';
import { median, print } from './figures.ts';
import { bottleneckScene, crowdScene, type Scene } from './voronoi-scenes.ts';

const CUTOFF: Cutoff = { radiusM: 0.8, segments: 3 };
const CROWDS = [
  { people: 100, frames: 400 },
  { people: 1000, frames: 60 },
  { people: 10_000, frames: 10 },
] as const;
const PASSES = 7;
const RIVAL_FRAMES = 5;

/** Something that is done to each frame. */
type Work = (frame: ExperimentFrame) => unknown;

/** Microseconds per person and frame, one figure a pass, after one pass to warm up. */
const measure = (frames: readonly ExperimentFrame[], work: Work, passes: number): number[] => {
  const people = frames.reduce((sum, { positions }) => sum + positions.count, 0);
  const pass = (): number => {
    const started = performance.now();
    for (const frame of frames) work(frame);
    return ((performance.now() - started) * 1000) / people;
  };
  pass();
  return Array.from({ length: passes }, pass);
};

/** The kinds of work that are compared on a scene. */
const worksOn = ({ rings, zones }: Scene): Record<string, Work> => {
  const walkable = createWalkableArea(rings);
  const pieces = zones.map(createZonePieces);
  const tessellation = createTessellation({ walkable });
  const whole = createVoronoiCells({ tessellation });
  const cut = createVoronoiCells({ tessellation, cutoff: CUTOFF });
  const profile = createMeanProfile({ walkable, cellM: 0.5 });
  const figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
  const covered = new Float64Array(20_000);
  const read = (cells: VoronoiCells, speedMps: Float64Array): void => {
    for (const zone of pieces) {
      coveredArea(cells, zone, covered);
      voronoiFigures(cells, covered, speedMps, zone.areaM2, figures);
    }
  };
  const works: Record<string, (speedMps: Float64Array) => void> = {
    'triangulation only': () => undefined,
    'all cells and zones': (speedMps) => {
      whole.update();
      read(whole, speedMps);
    },
    'all cells and zones, cut off': (speedMps) => {
      cut.update();
      read(cut, speedMps);
    },
    'zones, with the cells they need': (speedMps) => {
      whole.update(pieces);
      read(whole, speedMps);
    },
    'zones, with the cells they need, both ways': (speedMps) => {
      whole.update(pieces);
      read(whole, speedMps);
      cut.update(pieces);
      read(cut, speedMps);
    },
    'everything: all cells, both ways, zones and map': (speedMps) => {
      whole.update();
      read(whole, speedMps);
      cut.update();
      read(cut, speedMps);
      profile.add(whole, speedMps);
    },
  };
  return Object.fromEntries(
    Object.entries(works).map(([name, work]): [string, Work] => [
      name,
      ({ positions, speedMps }) => {
        tessellation.locate(positions);
        work(speedMps);
      },
    ]),
  );
};

/** The library on its own, with new columns for every frame as it comes. */
const delaunatorOnly: Work = ({ positions: { count, x, y } }) => {
  const coordinates = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    coordinates[2 * i] = x[i];
    coordinates[2 * i + 1] = y[i];
  }
  return new Delaunator(coordinates);
};

const openRing = (ring: readonly Point[]): [number, number][] => ring.map(([x, y]) => [x, y]);

/** The same cells and zones by d3-delaunay and polyclip-ts. */
const rivalWork = ({ rings, zones }: Scene): Work => {
  const walkable = rings.map(openRing);
  const areas = zones.map((zone) => [openRing(zone)]);
  const xs = rings[0].map(([x]) => x);
  const ys = rings[0].map(([, y]) => y);
  const box: [number, number, number, number] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return ({ positions: { count, x, y } }) => {
    const places = Array.from({ length: count }, (_, i): [number, number] => [x[i], y[i]]);
    const voronoi = Delaunay.from(places).voronoi(box);
    for (let i = 0; i < count; i++) {
      const cell = polyclip.intersection([voronoi.cellPolygon(i)], walkable);
      for (const area of areas) polyclip.intersection(cell, area);
    }
  };
};

const report = (scene: Scene, work: string, frames: readonly ExperimentFrame[], us: readonly number[]): number => {
  const people = frames.reduce((sum, { positions }) => sum + positions.count, 0) / frames.length;
  const usPerPerson = median(us);
  print({
    bench: 'voronoi',
    scene: scene.name,
    work,
    frames: frames.length,
    people,
    usPerPerson,
    leastUsPerPerson: Math.min(...us),
    framesPerS: 1e6 / (usPerPerson * people),
    passMs: (usPerPerson * people * frames.length) / 1000,
  });
  return usPerPerson;
};

/** Measures a scene; returns the cost of everything, µs per frame. */
const benchScene = (scene: Scene): number => {
  let usPerFrame = 0;
  report(scene, 'delaunator alone', scene.frames, measure(scene.frames, delaunatorOnly, PASSES));
  for (const [name, work] of Object.entries(worksOn(scene))) {
    const us = report(scene, name, scene.frames, measure(scene.frames, work, PASSES));
    usPerFrame = us * scene.frames[0].positions.count;
  }
  return usPerFrame;
};

const benchRival = (scene: Scene): void => {
  const every = Math.ceil(scene.frames.length / RIVAL_FRAMES);
  const frames = scene.frames.filter((_, i) => i % every === every - 1);
  report(scene, 'd3-delaunay and polyclip-ts', frames, measure(frames, rivalWork(scene), 1));
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope of log cost over log people: 1 where cost grows with their number, 2 with its square. */
const growth = (points: readonly { people: number; us: number }[]): number => {
  const logs = points.map(({ people, us }) => ({ x: Math.log(people), y: Math.log(us) }));
  const [x0, y0] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))];
  return mean(logs.map(({ x, y }) => (x - x0) * (y - y0))) / mean(logs.map(({ x }) => (x - x0) ** 2));
};

/** Runs the benchmark. It takes no arguments. */
export const runVoronoiBench = (): Promise<void> => {
  const bottleneck = bottleneckScene();
  if (bottleneck) {
    benchScene(bottleneck);
    benchRival(bottleneck);
  }
  const points = CROWDS.map(({ people, frames }) => {
    const scene = crowdScene(people, frames);
    const us = benchScene(scene);
    if (people <= 1000) benchRival(scene);
    return { people, us };
  });
  print({ bench: 'voronoi', growthExponent: growth(points) });
  return Promise.resolve();
};
