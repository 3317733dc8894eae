import { describe, expect, it } from 'vitest';
import { type FlowWindow, frameNumber, gateId, StarlingError } from '../../contract/index.ts';
import { FlowWindows } from './flow-windows.ts';
import { createLineCrossings } from './line-crossing.ts';

const GATE = gateId('door');

/** Windows of ten frames at 10 frames/s from the speeds of those who cross, by frame. */
const windowsOf = (speedsByFrame: Readonly<Record<number, readonly number[]>>, lastFrame: number): FlowWindow[] => {
  const windows: FlowWindow[] = [];
  const meter = new FlowWindows({
    gate: GATE,
    frames: 10,
    frameRate: 10,
    onWindow: (window) => windows.push(window),
  });
  const first = createLineCrossings(8);
  for (let frame = 0; frame <= lastFrame; frame++) {
    const speeds = speedsByFrame[frame] ?? [];
    first.count = speeds.length;
    for (let k = 0; k < first.count; k++) first.place[k] = k;
    meter.update(frameNumber(frame), first, Float64Array.from(speeds));
  }
  return windows;
};

const rowsOf = (windows: readonly FlowWindow[]) =>
  windows.map(({ firstFrame, lastFrame, people, flowPerS, speedMps }) => [
    firstFrame,
    lastFrame,
    people,
    flowPerS,
    speedMps,
  ]);

describe('FlowWindows', () => {
  it('counts people over the time since the last crossing before them', () => {
    // Frames 3…13: the one at 3 starts the clock. 14…23: from 12 to 22.
    const windows = windowsOf({ 3: [9], 7: [1, 2], 12: [3], 16: [1], 22: [2] }, 24);
    expect(rowsOf(windows)).toEqual([
      [3, 12, 3, 30 / 9, 2],
      [12, 22, 2, 2, 1.5],
    ]);
    expect(windows[0].gate).toBe(GATE);
  });

  it('is one over the headway of a steady stream, whatever the windows', () => {
    const steady = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [4 + 4 * i, [1]]));
    for (const { flowPerS } of windowsOf(steady, 120)) expect(flowPerS).toBeCloseTo(2.5, 12);
  });

  it('a crossing on the last frame of a window is in it, the next frame is in the next', () => {
    expect(rowsOf(windowsOf({ 0: [1], 10: [1], 11: [3] }, 21))).toEqual([
      [0, 10, 1, 1, 1],
      [10, 11, 1, 10, 3],
    ]);
  });

  it('leaves the time of an empty window to the next crossing', () => {
    expect(rowsOf(windowsOf({ 0: [1], 35: [1] }, 41))).toEqual([[0, 35, 1, 10 / 35, 1]]);
  });

  it('tells of a window that ends with the last frame', () => {
    expect(rowsOf(windowsOf({ 0: [1], 10: [1] }, 10))).toEqual([[0, 10, 1, 1, 1]]);
  });

  it.each<readonly [what: string, crossings: Record<number, number[]>, lastFrame: number]>([
    ['nobody', {}, 50],
    ['one person', { 5: [1] }, 50],
    ['a window that is not over', { 0: [1], 5: [1] }, 9],
    ['everybody at once', { 5: [1, 1, 1, 1] }, 50],
  ])('has nothing to tell of %s', (_what, crossings, lastFrame) => {
    expect(windowsOf(crossings, lastFrame)).toEqual([]);
  });

  it('leaves out speeds that nobody knows', () => {
    expect(rowsOf(windowsOf({ 0: [1], 4: [Number.NaN, 2], 15: [Number.NaN] }, 21))).toEqual([
      [0, 4, 2, 5, 2],
      [4, 15, 1, 10 / 11, null],
    ]);
  });

  it.each([
    [0, 10],
    [Number.NaN, 10],
    [10, 0],
    [10, Number.NaN],
  ])('refuses windows of %f frames at %f frames/s', (frames, frameRate) => {
    expect(() => new FlowWindows({ gate: GATE, frames, frameRate, onWindow: () => {} })).toThrow(StarlingError);
  });
});
