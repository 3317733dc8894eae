/**
 * Trajectories of laboratory experiments for tests and benchmarks: a small reader of lines `id frame x y …`, and speeds
 * by central difference over ±5 frames, single-sided at the ends.
 */
import { createPlanarPoints, frameNumber, type Point, type Positions } from '../../contract/index.ts';

/** The bottleneck of 2009 (AO 300): two rooms, the passage between them, and the zone in it that is measured, m. */
export const BOTTLENECK: { readonly walkable: readonly Point[]; readonly zone: readonly Point[] } = {
  walkable: [
    [4, 6.25],
    [4, 0.53],
    [2.4, 0.53],
    [2.4, -0.53],
    [4, -0.53],
    [4, -8.5],
    [-2.25, -8.5],
    [-2.25, -0.53],
    [-0.6, -0.53],
    [-0.6, 0.53],
    [-2.25, 0.53],
    [-2.25, 6.25],
  ],
  zone: [
    [2.4, 0.53],
    [2.4, -0.53],
    [-0.6, -0.53],
    [-0.6, 0.53],
  ],
};

/** One frame of an experiment. */
export interface ExperimentFrame {
  readonly positions: Positions;
  /** m/s, in the order of the positions. */
  readonly speedMps: Float64Array;
}

interface Step {
  readonly id: number;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
}

const SPEED_FRAMES = 5;

const stepsOf = (text: string): Step[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [id, frame, x, y] = line.trim().split(/\s+/).map(Number);
      return { id, frame, x, y };
    });

const speedsOf = (steps: readonly Step[], frameRate: number): number[] => {
  const known = new Map(steps.map((step) => [`${step.id} ${step.frame}`, step]));
  return steps.map((step) => {
    const before = known.get(`${step.id} ${step.frame - SPEED_FRAMES}`) ?? step;
    const after = known.get(`${step.id} ${step.frame + SPEED_FRAMES}`) ?? step;
    return (Math.hypot(after.x - before.x, after.y - before.y) * frameRate) / (after.frame - before.frame);
  });
};

/** Frames of an experiment, by their own numbers, in order. */
export const experimentFrames = (text: string, frameRate: number): Map<number, ExperimentFrame> => {
  const steps = stepsOf(text);
  const speeds = speedsOf(steps, frameRate);
  const byFrame = Map.groupBy(steps.keys(), (i) => steps[i].frame);
  const numbers = [...byFrame.keys()].sort((a, b) => a - b);
  return new Map(
    numbers.map((number) => {
      const rows = byFrame.get(number) ?? [];
      const positions = createPlanarPoints('ground', rows.length);
      positions.frame = frameNumber(number);
      positions.count = rows.length;
      positions.x.set(rows.map((i) => steps[i].x));
      positions.y.set(rows.map((i) => steps[i].y));
      return [number, { positions, speedMps: Float64Array.from(rows, (i) => speeds[i]) }];
    }),
  );
};
