import { expect, test } from 'vitest';
import { cameraReason, type CameraReason, type Observation, observationSchema } from '../../contract/index.ts';
import type { LiveMeter } from '../../measure/index.ts';
import { Observer } from './observer.ts';

const T = 1_795_320_000_000;

/** A meter that says how often it was asked, and whether it may speak of metres. */
const scriptedMeter = () => {
  const metres: boolean[] = [];
  const meter: LiveMeter = {
    see: () => {},
    settle: () => {},
    interrupt: () => {},
    setMetres: (believed) => metres.push(believed),
    close: (startMs, endMs) => ({ measuredS: (endMs - startMs) / 1000, zones: [], gates: [], field: null }),
  };
  return { meter, metres };
};

const observe = (reasons: () => CameraReason[] = () => []) => {
  const told: Observation[] = [];
  const observer = new Observer({
    camera: 'a',
    report: async (_, make) => told.push(observationSchema.parse(make(told.length + 1))),
    takeFrames: () => ({ offered: 7, measured: 5, dropped: 0 }),
    reasons,
    nowMs: T + 400,
  });
  return { observer, told };
};

test('before the first picture a camera says that nothing is measured', () => {
  const { observer, told } = observe(() => [cameraReason('CONNECTING', {})]);
  observer.advance(T + 1000);
  expect(told).toMatchObject([
    { startMs: T + 400, endMs: T + 1000, measuredS: 0, zones: [], health: { state: 'connecting' } },
  ]);
});

test('a second is told once, whoever notices first that it is over', () => {
  const { observer, told } = observe();
  observer.use(scriptedMeter().meter);
  for (const now of [T + 900, T + 1100, T + 1100, T + 2000, T + 2999]) observer.advance(now);
  expect(told.map(({ sequence, startMs, measuredS }) => [sequence, startMs - T, measuredS])).toEqual([
    [1, 400, 0.6],
    [2, 1000, 1],
  ]);
});

test('metres are suspended from a meter’s first picture on, and come back with the one that does not', () => {
  let reasons = [cameraReason('VIEW_SHIFTED', {})];
  const { observer } = observe(() => reasons);
  const { meter, metres } = scriptedMeter();
  observer.use(meter);
  observer.advance(T + 1000);
  reasons = [];
  observer.advance(T + 2000);
  // At once, with the second that says so, and with the one that does not.
  expect(metres).toEqual([false, false, true]);
});

test('the end is told up to the last moment, and waited for', async () => {
  const { observer, told } = observe();
  observer.use(scriptedMeter().meter);
  await observer.finish(T + 1300);
  expect(told.map(({ endMs }) => endMs - T)).toEqual([1000, 1300]);
});
