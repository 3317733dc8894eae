/** What a comparison needs beyond the files that `measure` writes: profiles of single frames, people in view. */
import type { Site } from '../../src/contract/index.ts';
import {
  CentralVelocity,
  createProfiler,
  createTessellation,
  createVoronoiCells,
  profileGrid,
} from '../../src/measure/index.ts';
import { createWalkableArea } from '../../src/ground/index.ts';
import { openTrajectories } from '../../src/trajectory/index.ts';
import type { Results } from './compare.ts';

/** Profiles of one frame, row by row from the top. */
export interface FrameProfiles {
  readonly density: readonly (readonly number[])[];
  readonly speedVoronoi: readonly (readonly number[])[];
  readonly speedArithmetic: readonly (readonly number[])[];
}

/** Rows of a grid; where nobody knows, the reference has a 0. */
const rowsOf = (values: Float64Array, columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns), (value) => (Number.isNaN(value) ? 0 : value)),
  );

/**
 * Opens an experiment whose site has a walkable area, a zone and a gate.
 *
 * @param path the trajectory file
 */
export const openExperiment = async (path: string, site: Site): Promise<Omit<Results, 'folder'>> => {
  const file = await openTrajectories(path);
  const { walkable: rings, analysis, zones, gates } = site;
  const [zone] = zones;
  const line = gates.at(0);
  const entrance = gates.at(-1);
  if (!rings || !zone || !line || !entrance) throw new Error('The site file needs walkable:, a zone and a gate.');
  const walkable = createWalkableArea(rings);
  const grid = profileGrid(walkable, analysis.gridM);
  const computeProfiles = (frame: number): FrameProfiles => {
    const tessellation = createTessellation({ walkable });
    const cells = createVoronoiCells({ tessellation, ...(analysis.cutoff && { cutoff: analysis.cutoff }) });
    const profiler = createProfiler(grid);
    const velocity = new CentralVelocity(analysis.speedFrames * file.frameStep, (positions, motion) => {
      if (positions.frame !== frame) return;
      tessellation.locate(positions);
      cells.update();
      profiler.profile(cells, motion.speedMps);
    });
    for (const positions of file.positions()) velocity.push(positions);
    velocity.flush();
    const { densityPerM2, speedVoronoiMps, speedArithmeticMps } = profiler.profiles;
    return {
      density: rowsOf(densityPerM2, grid.columns),
      speedVoronoi: rowsOf(speedVoronoiMps, grid.columns),
      speedArithmetic: rowsOf(speedArithmeticMps, grid.columns),
    };
  };
  const known = new Map<number, FrameProfiles>();
  const profilesAt = (frame: number): FrameProfiles => {
    const profiles = known.get(frame) ?? computeProfiles(frame);
    known.set(frame, profiles);
    return profiles;
  };
  return {
    frameRate: file.frameRate,
    zone: zone.id,
    line: line.id,
    entrance: entrance.id,
    depthM: 'depthM' in entrance && entrance.depthM !== undefined ? entrance.depthM : analysis.passingDepthM,
    present: new Map(Array.from(file.positions(), ({ frame, count }) => [Number(frame), count])),
    profilesAt,
  };
};
