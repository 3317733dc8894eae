/**
 * Held against JPSreport's results for a laboratory experiment, 349 people through a bottleneck, which PedPy tests
 * itself with too. `../shared/data/README.md` says how they are defined and where the reference itself is at fault.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWalkableArea, createZonePieces } from '../../ground/index.ts';
import { createProfiler } from '../profiles/profile.ts';
import { profileGrid } from '../profiles/profile-grid.ts';
import { BOTTLENECK, type ExperimentFrame, experimentFrames } from './trajectories.fixture.ts';
import { createTessellation } from './voronoi.ts';
import { type Cutoff, createVoronoiCells } from './voronoi-cells.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from './voronoi-density.ts';

const DATA = '../shared/data/pedpy-bottleneck';
/** What PedPy asks of itself. */
const TOLERANCE = 0.01;
const FRAME_RATE = 16;
const CUTOFF: Cutoff = { radiusM: 0.8, segments: 3 };
/** Rows from here on are a known fault of the reference with helper points. */
const FIRST_FAULTY_ROW = 930;

const numbersOf = (file: string): number[][] =>
  readFileSync(`${DATA}/expected/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));

const isHere = existsSync(DATA);
if (!isHere) process.stdout.write(`${DATA} is absent: tests that need it are skipped\n`);

describe.skipIf(!isHere)('the bottleneck experiment', () => {
  const frames = isHere
    ? experimentFrames(readFileSync(`${DATA}/traj.txt`, 'utf8'), FRAME_RATE)
    : new Map<number, ExperimentFrame>();
  const walkable = createWalkableArea([BOTTLENECK.walkable]);
  const zone = createZonePieces(BOTTLENECK.zone);
  const tessellation = createTessellation({ walkable });

  const frameAt = (number: number): ExperimentFrame => {
    const frame = frames.get(number);
    if (!frame) throw new Error(`There is no frame ${number}.`);
    return frame;
  };

  /** Greatest differences in density and speed from some rows of a reference file. */
  const differences = (rows: readonly number[][], cutoff: Cutoff | undefined): { density: number; speed: number } => {
    const cells = createVoronoiCells({ tessellation, cutoff });
    const figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
    const covered = new Float64Array(1000);
    let [density, speed] = [0, 0];
    for (const [number, referenceDensity, referenceSpeed] of rows) {
      const { positions, speedMps } = frameAt(number);
      tessellation.locate(positions);
      cells.update([zone]);
      coveredArea(cells, zone, covered);
      voronoiFigures(cells, covered, speedMps, zone.areaM2, figures);
      density = Math.max(density, Math.abs(figures.densityPerM2 - referenceDensity));
      // The reference writes 0 where nobody's cell reaches.
      speed = Math.max(speed, Math.abs((figures.speedMps ?? 0) - referenceSpeed));
    }
    return { density, speed };
  };

  it('agrees without helper points', () => {
    const rows = numbersOf('rho_v_Voronoi_Voronoi_traj.txt_id_1.dat');
    expect(rows.length).toBe(931);
    const { density, speed } = differences(rows, undefined);
    expect(density).toBeLessThan(TOLERANCE);
    expect(speed).toBeLessThan(TOLERANCE);
  });

  it.each([
    ['with helper points', 'rho_v_Voronoi_Voronoi_traj.txt_id_1_blind_points.dat', undefined],
    ['with a cut-off', 'rho_v_Voronoi_Voronoi_traj.txt_id_1_blind_points_cut_off.dat', CUTOFF],
  ])('agrees %s', (_what, file, cutoff) => {
    const rows = numbersOf(file);
    expect(rows.length).toBe(959);
    const { density, speed } = differences(rows.slice(0, FIRST_FAULTY_ROW), cutoff);
    expect(density).toBeLessThan(TOLERANCE);
    expect(speed).toBeLessThan(TOLERANCE);
  });

  it.each([
    ['density', 'Profile_rho_Voronoi_traj.txt_00110.dat', 'densityPerM2'],
    ['Voronoi speed', 'Profile_v_Voronoi_traj.txt_00110.dat', 'speedVoronoiMps'],
    ['arithmetic speed', 'Profile_v_Arithmetic_traj.txt_00110.dat', 'speedArithmeticMps'],
  ] as const)('agrees on the profile of %s', (_what, file, column) => {
    const expected = numbersOf(`profiles/${file}`);
    const grid = profileGrid(walkable, 0.2);
    expect([grid.rows, grid.columns]).toEqual([expected.length, expected[0].length]);
    const cells = createVoronoiCells({ tessellation, cutoff: CUTOFF });
    const { positions, speedMps } = frameAt(110);
    tessellation.locate(positions);
    cells.update();
    const values = createProfiler(grid).profile(cells, speedMps)[column];
    const worst = Math.max(...expected.flat().map((value, i) => Math.abs((values[i] || 0) - value)));
    expect(worst).toBeLessThan(TOLERANCE);
  });
});
