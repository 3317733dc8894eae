/** Motion and flow on the laboratory bottleneck of 2009, held against JPSreport's results as PedPy's tests use them. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FlowWindow, gateId, type Passage, type Point, type Positions } from '../../contract/index.ts';
import { CentralVelocity } from '../speed/central-velocity.ts';
import { frameOf, type Somebody } from './crowd.fixture.ts';
import { EdieTally } from './edie.ts';
import { FirstCrossings } from './first-crossings.ts';
import { FlowWindows } from './flow-windows.ts';
import { LineCrossingFinder } from './line-crossing.ts';
import { PassingMeter } from './passing.ts';
import { StepTracker } from './steps.ts';
import { stretchDepthM } from './stretch-depth.ts';

const FOLDER = new URL('../../../../shared/data/pedpy-bottleneck/', import.meta.url);
const TRAJECTORIES = new URL('traj.txt', FOLDER);

const truthIsThere = existsSync(TRAJECTORIES);
if (!truthIsThere) process.stdout.write('../shared/data/pedpy-bottleneck is absent: tests that need it are skipped\n');

const FRAME_RATE = 16;
/** What the reference's numbers are known to. */
const TOLERANCE = 0.01;
const LINE: readonly [Point, Point] = [
  [-2.25, 0.5],
  [4, 0.5],
];
const ENTRANCE: readonly [Point, Point] = [
  [-0.6, -0.53],
  [2.4, -0.53],
];
const AREA: readonly Point[] = [
  [2.4, 0.53],
  [2.4, -0.53],
  [-0.6, -0.53],
  [-0.6, 0.53],
];

const rowsOf = (url: URL): number[][] =>
  readFileSync(url, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));

const expected = (name: string): number[][] => rowsOf(new URL(`expected/${name}`, FOLDER));

const readFrames = (): Somebody[][] => {
  const frames: Somebody[][] = [];
  for (const [id = 0, frame = 0, x = 0, y = 0] of rowsOf(TRAJECTORIES)) (frames[frame] ??= []).push([id, x, y]);
  return Array.from(frames, (people) => people ?? []);
};

interface Results {
  cumulative: number[];
  windows: FlowWindow[];
  passages: Passage[];
  edieDensity: number;
  /** Mean speed in the measurement area, by frame; 0 without anybody, as the reference has it. */
  areaSpeeds: number[];
}

const isIn = ([, x, y]: Somebody): boolean => x > -0.6 && x < 2.4 && y > -0.53 && y < 0.53;

const meanSpeedIn = ({ count, x, y }: Positions, speedMps: Float64Array): number => {
  let sum = 0;
  let people = 0;
  for (let i = 0; i < count; i++) {
    if (!isIn([0, x[i], y[i]])) continue;
    sum += speedMps[i];
    people++;
  }
  return people > 0 ? sum / people : 0;
};

const measure = (frames: readonly Somebody[][]): Results => {
  const results: Results = { cumulative: [], windows: [], passages: [], edieDensity: 0, areaSpeeds: [] };
  const tracker = new StepTracker();
  const line = new LineCrossingFinder(...LINE);
  const first = new FirstCrossings();
  const gate = gateId('gate');
  const windows = new FlowWindows({
    gate,
    frames: 150,
    frameRate: FRAME_RATE,
    onWindow: (window) => results.windows.push(window),
  });
  const depthM = stretchDepthM(...ENTRANCE, undefined, [AREA], 1);
  const passing = new PassingMeter({
    gate,
    a: ENTRANCE[0],
    b: ENTRANCE[1],
    depthM,
    onPassage: (passage) => results.passages.push(passage),
  });
  const edie = new EdieTally(AREA);
  const speeds = new CentralVelocity(5, (positions, motion) => {
    const steps = tracker.update(positions);
    const { cumulative, first: newcomers } = first.update(steps, line.update(steps));
    results.cumulative.push(cumulative);
    windows.update(positions.frame, newcomers, motion.speedMps);
    passing.update(steps);
    edie.add(steps);
    results.areaSpeeds.push(meanSpeedIn(positions, motion.speedMps));
  });
  for (const [frame, people] of frames.entries()) speeds.push(frameOf(frame, people, FRAME_RATE));
  speeds.flush();
  results.edieDensity = edie.figures().densityPerM2.value ?? Number.NaN;
  return results;
};

/** Everybody who was inside, in the order in which they left: that of the passages, which carry no ids. */
const idsByLeaving = (frames: readonly Somebody[][]): number[] => {
  const lastInside = new Map<number, number>();
  for (const [frame, people] of frames.entries())
    for (const somebody of people) if (isIn(somebody)) lastInside.set(somebody[0], frame);
  return [...lastInside].toSorted(([a, atA], [b, atB]) => atA - atB || a - b).map(([id]) => id);
};

describe.skipIf(!truthIsThere)('the bottleneck, as JPSreport measured it', () => {
  const frames = truthIsThere ? readFrames() : [];
  const results = measure(frames);

  it('mean individual speed in the area, in every frame', () => {
    const theirs = expected('rho_v_Classic_traj.txt_id_1.dat');
    expect(theirs.length).toBeGreaterThan(900);
    for (const [frame = 0, , speed = 0] of theirs)
      expect(Math.abs(results.areaSpeeds[frame] - speed)).toBeLessThan(TOLERANCE);
  });

  it('N–t: the same number in every frame', () => {
    const theirs = expected('Flow_NT_traj_AO_300.txt_id_4.dat').map(([, , people]) => people);
    expect(results.cumulative.slice(0, theirs.length)).toEqual(theirs);
  });

  it('flow and speed of every window', () => {
    const theirs = expected('FDFlowVelocity_traj_AO_300.txt_id_4.dat');
    expect(results.windows).toHaveLength(theirs.length);
    for (const [i, [flowPerS = 0, speedMps = 0]] of theirs.entries()) {
      expect(Math.abs(results.windows[i].flowPerS - flowPerS)).toBeLessThan(TOLERANCE);
      expect(Math.abs((results.windows[i].speedMps ?? Number.NaN) - speedMps)).toBeLessThan(TOLERANCE);
    }
  });

  it('density and speed of every passage', () => {
    const theirs = new Map(
      expected('FDTinTout_traj_AO_300.txt_id_1.dat').map(([id = 0, density = 0, speed = 0]) => [id, [density, speed]]),
    );
    const ids = idsByLeaving(frames).filter((id) => theirs.has(id));
    expect(results.passages).toHaveLength(ids.length);
    let greatest = 0;
    for (const [i, { densityPerM2, speedMps }] of results.passages.entries()) {
      const [density = Number.NaN, speed = Number.NaN] = theirs.get(ids[i]) ?? [];
      greatest = Math.max(greatest, Math.abs(densityPerM2 - density), Math.abs(speedMps - speed));
    }

    expect(greatest).toBeLessThan(TOLERANCE);
  });

  it("Edie's density is the mean classic one, but for the first and the last half frame", () => {
    const classic = frames.map((people) => people.filter(isIn).length / (3 * 1.06));
    const mean = classic.reduce((sum, density) => sum + density, 0) / classic.length;
    expect(Math.abs(results.edieDensity / mean - 1)).toBeLessThan(0.005);
  });
});
