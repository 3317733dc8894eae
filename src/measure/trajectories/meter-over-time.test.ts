import { describe, expect, it } from 'vitest';
import { SITE_DEFAULTS } from '../../contract/index.ts';
import { type Frame, FRAME_RATE, measure, middle, numbers, type Somebody } from './hall.fixture.ts';
import type { TrajectoryMeterOptions } from './meter.ts';

/** Walks along the hall at y = 2, `speed` m/s, from x = 1. */
const walker = (id: number, frame: number, speed = 1): Somebody => [id, 1 + (speed * frame) / FRAME_RATE, 2];

/** Six people abreast of each other along the hall, each with a speed of its own. */
const rowOfSix = (frame: number, speed: (i: number) => number): Somebody[] =>
  numbers(6).map((i): Somebody => [i, 3 + 0.5 * i + (speed(i) * frame) / FRAME_RATE, 2]);

describe('createTrajectoryMeter, over time', () => {
  it('measures somebody who walks through: speed, crossing, passage', () => {
    const told = measure(numbers(80).map((frame) => [frame, [walker(1, frame)]]));
    expect(told.frames.map(({ frame }) => Number(frame))).toEqual(numbers(80));
    for (const { speedMps } of middle(told).filter(({ occupancy }) => occupancy === 1))
      expect(speedMps).toBeCloseTo(1, 9);
    // At 4 m in frame 30, on the line; beyond it in frame 31. Left of the arrow a→b, y up, is where x is smaller.
    expect(told.frames[30]?.gates).toMatchObject([{ in: 0, out: 0, cumulative: 0 }]);
    expect(told.frames[31]?.gates).toMatchObject([{ in: 0, out: 1, cumulative: 1 }]);
    expect(told.summary.gates['line']).toMatchObject({ in: 0, out: 1 });
  });

  it('times a passage through the stretch behind a gate', () => {
    // To the left of the arrow b→a is where x is larger.
    const gates: TrajectoryMeterOptions['gates'] = [
      {
        id: 'line',
        line: [
          [4, 4],
          [4, 0],
        ],
        depthM: 2,
      },
    ];
    const walk = numbers(80).map((frame): Frame => [frame, [[1, 1.03 + frame / FRAME_RATE, 2]]]);
    const { passages } = measure(walk, { gates });
    // Inside from frame 30 to 49, out in 50: 2 s for 2 m. One person on 8 m².
    expect(passages).toHaveLength(1);
    expect(passages[0]?.densityPerM2).toBeCloseTo(1 / 8, 12);
    expect(passages[0]?.speedMps).toBeCloseTo(1, 12);
  });

  it('counts somebody once who crosses again, and by an id that comes back', () => {
    const back: Frame[] = numbers(50).map((frame) => [50 + frame, [[1, 6 - frame / FRAME_RATE, 2]]]);
    const told = measure([...numbers(50).map((frame): Frame => [frame, [walker(1, frame)]]), ...back]);
    expect(told.summary.gates['line']).toMatchObject({ in: 0, out: 1 });
    const after: Frame[] = [
      ...numbers(50).map((frame): Frame => [frame, [walker(1, frame)]]),
      ...numbers(300).map((frame): Frame => [50 + frame, []]),
      ...numbers(50).map((frame): Frame => [350 + frame, [walker(1, frame)]]),
    ];
    expect(measure(after).summary.gates['line']).toMatchObject({ in: 0, out: 1 });
  });

  it('bridges frames in which somebody is missing', () => {
    const holes = numbers(80).map((frame): Frame => [frame, frame % 7 === 3 ? [] : [walker(1, frame)]]);
    const told = measure(holes);
    expect(told.summary.gates['line']).toMatchObject({ in: 0, out: 1 });
    const speeds = middle(told).flatMap(({ speedMps }) => speedMps ?? []);
    expect(speeds.length).toBeGreaterThan(10);
    for (const speedMps of speeds) expect(speedMps).toBeCloseTo(1, 9);
  });

  it('counts somebody who is found again on the other side of the gate, however late', () => {
    const before: Frame[] = numbers(25).map((frame) => [frame, [walker(1, frame)]]);
    const away: Frame[] = numbers(400).map((frame) => [25 + frame, []]);
    const after: Frame[] = numbers(10).map((frame) => [425 + frame, [[1, 7 + frame / FRAME_RATE, 2]]]);
    const told = measure([...before, ...away, ...after]);
    expect(told.summary.gates['line']).toMatchObject({ in: 0, out: 1 });
    // Nobody knows where they were in the meantime: not in the zone, as far as the figures go.
    expect(told.zoneWindows.find(({ zone }) => zone === 'middle')?.crowd?.edieFlowPerMS.value).toBeLessThan(0.01);
  });

  it('measures a file that has every fifth frame only as one that has them all', () => {
    const sparse = numbers(40).map((i): Frame => [5 * i, [walker(1, 5 * i)]]);
    const analysis = { ...SITE_DEFAULTS.analysis, speedFrames: 2, flowFrames: 2 };
    const told = measure(sparse, { frameStep: 5, windowS: 10, analysis });
    const speeds = middle(told).flatMap(({ speedMps }) => speedMps ?? []);
    expect(speeds.length).toBeGreaterThan(2);
    for (const speedMps of speeds) expect(speedMps).toBeCloseTo(1, 9);
    expect(told.zoneWindows.map(({ coverage }) => coverage)).toEqual(told.zoneWindows.map(() => 1));
    // The first crosses in frame 35, the others in 40 and 45: within one window of two recorded frames.
    const three = sparse.map(
      ([frame, people]): Frame => [frame, [...people, [2, 0.5 + frame / FRAME_RATE, 1], [3, frame / FRAME_RATE, 3]]],
    );
    expect(measure(three, { frameStep: 5, analysis }).flowWindows).toMatchObject([{ people: 2, flowPerS: 2 }]);
  });

  it('takes positions at their word: a count of crossings has no error', () => {
    const [window] = measure(numbers(80).map((frame) => [frame, [walker(1, frame)]])).gateWindows;
    expect(window?.out).toEqual({ value: 1, standardError: 0 });
  });

  it.each([
    [1, [{ from: 'line', to: 'second', people: 2 }]],
    [3, []],
  ])('counts ways from gate to gate that at least %d people took', (minimumCount, expected) => {
    const second: [[number, number], [number, number]] = [
      [7, 0],
      [7, 4],
    ];
    const first: [[number, number], [number, number]] = [
      [4, 0],
      [4, 4],
    ];
    const gates = [
      { id: 'line', line: first },
      { id: 'second', line: second },
    ];
    const two = numbers(80).map((frame): Frame => [frame, [walker(1, frame), [2, 1 + frame / FRAME_RATE, 3]]]);
    expect(measure(two, { gates, minimumCount }).summary.originDestination).toEqual(expected);
  });

  it('tells how long people stayed once enough of them did, and when a zone will be empty', () => {
    // Four people at 1 m/s, half a second apart; three have left the zone when the file ends.
    const file = numbers(72).map(
      (frame): Frame => [frame, numbers(4).map((i): Somebody => [i, 3.9 - 0.5 * i + frame / FRAME_RATE, 2])],
    );
    const crowdOf = (minimumCount: number, frames = file) =>
      measure(frames, { minimumCount }).zoneWindows.find(({ zone }) => zone === 'middle')?.crowd;
    // Known to a frame: in and out lie half-way between two sights.
    expect(crowdOf(4)?.dwellS.value).toBeGreaterThan(1.8);
    expect(crowdOf(4)?.dwellS.value).toBeLessThan(2.1);
    expect(crowdOf(5)?.dwellS.value).toBeNull();
    // In the zone from the beginning, two leave for good in six seconds, one stays.
    const leaving = numbers(60).map(
      (frame): Frame => [
        frame,
        [
          [1, 5, 2],
          [2, 4.2 + frame / FRAME_RATE, 2.5],
          [3, 4.2 + frame / FRAME_RATE, 1.5],
        ],
      ],
    );
    expect(crowdOf(1, leaving)?.timeToClearS).toBeCloseTo((1 * 6) / 2, 6);
  });

  it('knows congestion of a file that is shorter than its averaging', () => {
    // Nine rows of twenty; the upper ones go one way, the lower ones the other.
    const lanes = numbers(60).map(
      (frame): Frame => [
        frame,
        numbers(180).map((i): Somebody => {
          const [x, row] = [0.6 + 0.45 * (i % 20), Math.floor(i / 20)];
          return [i, x + ((row < 5 ? 1 : -1) * frame) / 100, 1.1 + 0.25 * row];
        }),
      ],
    );
    const told = measure(lanes, {
      analysis: { ...SITE_DEFAULTS.analysis, speedFrames: 2, gridM: 0.25, kernelM: 0.4, pressureRadiusM: 0.5 },
    });
    const window = told.zoneWindows.find(({ zone }) => zone === 'middle');
    expect(window?.crowd?.congestionNumber).toBeGreaterThan(0.02);
  });

  it('refuses time that runs backwards', () => {
    expect(() =>
      measure([
        [1, []],
        [0, []],
      ]),
    ).toThrow(expect.objectContaining({ code: 'MEASURE_TIME_BACKWARDS' }));
  });

  it('has no pressure where all walk as one, and some where they do not', () => {
    const plug = measure(numbers(10).map((frame) => [frame, rowOfSix(frame, () => 1)]));
    for (const { pressurePerS2 } of middle(plug)) expect(pressurePerS2).toBeCloseTo(0, 12);
    const unlike = measure(numbers(10).map((frame) => [frame, rowOfSix(frame, (i) => (i % 2 === 0 ? 0.5 : -0.5))]));
    for (const { pressurePerS2 } of middle(unlike)) expect(pressurePerS2).toBeGreaterThan(0.1);
  });

  it('tells windows of all that a crowd is', () => {
    // Eight people at all times on 8 m of way; who comes to its end makes room for somebody new at its beginning.
    const stream = numbers(1200).map(
      (frame): Frame => [
        frame,
        numbers(8).map((i) => {
          const walked = frame + 10 * i;
          return walker(i + 8 * Math.floor(walked / 80), walked % 80);
        }),
      ],
    );
    const windows = measure(stream).zoneWindows.filter(({ zone }) => zone === 'middle');
    expect(windows).toHaveLength(2);
    for (const { crowd } of windows) {
      // One person on each metre at 1 m/s, of which the zone has two on 4 m².
      expect(crowd?.edieFlowPerMS.value).toBeCloseTo(0.5, 1);
      expect(crowd?.counterflowIndex).toBeCloseTo(0, 6);
      expect(crowd?.stopAndGoShare).toBe(0);
      // In at 4 m, out at 6 m.
      expect(crowd?.dwellS.value).toBeCloseTo(2, 0);
      expect(Object.values(crowd?.timeInLevelsS ?? {}).reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(60, 0);
    }
  });
});
