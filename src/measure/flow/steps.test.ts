import { describe, expect, it } from 'vitest';
import { mediaTimeMs } from '../../contract/index.ts';
import { frameOf, type Somebody, walkThrough } from './crowd.fixture.ts';
import { StepTracker, type StepOptions } from './steps.ts';

/** Steps of person 1, one text a frame: `from→to in ms`, `*` from the frame before, `–` no step, `new` on a new row. */
const stepsOf = (frames: readonly (readonly Somebody[] | null)[], options?: StepOptions): string[] => {
  const told: string[] = [];
  walkThrough(
    frames,
    ({ positions, fromX, durationMs, fromFrameBefore, slot, born, bornCount }) => {
      const i = positions.id.indexOf(1);
      if (i < 0) return;
      const step = `${fromX[i]}→${positions.x[i]} in ${durationMs[i]}${fromFrameBefore[i] === 1 ? '*' : ''}`;
      const isNew = born.subarray(0, bornCount).includes(slot[i]);
      told.push((durationMs[i] === 0 ? '–' : step) + (slot[i] < 0 ? ' nobody' : isNew ? ' new' : ''));
    },
    options,
  );
  return told;
};

const at = (x: number): Somebody[] => [[1, x, 0]];
const none = (frames: number): Somebody[][] => Array.from({ length: frames }, () => []);

describe('StepTracker', () => {
  it.each<readonly [what: string, frames: (readonly Somebody[] | null)[], told: string[], options: StepOptions]>([
    ['two frames', [at(0), at(1)], ['– new', '0→1 in 100*'], {}],
    ['a person missing for a frame', [at(0), [], at(2)], ['– new', '0→2 in 200'], {}],
    ['a missing frame', [at(0), null, at(2)], ['– new', '0→2 in 200*'], {}],
    ['a hole of just one second', [at(0), ...none(9), at(2)], ['– new', '0→2 in 1000'], {}],
    ['a longer one', [at(0), ...none(10), at(2), at(3)], ['– new', '–', '2→3 in 100*'], {}],
    ['a shorter patience', [at(0), [], at(2)], ['– new', '–'], { maxGapMs: 100 }],
    ['a whole life unseen', [at(0), ...none(160), at(2)], ['– new', '– new'], {}],
    ['a life as long as the file', [at(0), ...none(160), at(2)], ['– new', '–'], { lifeMs: Number.POSITIVE_INFINITY }],
    ['somebody nowhere for a frame', [at(0), at(Number.NaN), at(2)], ['– new', '– nobody', '0→2 in 200'], {}],
    ['somebody twice in a frame', [at(0), [...at(1), ...at(5)], at(6)], ['– new', '0→1 in 100*', '5→6 in 100*'], {}],
  ])('%s', (_what, frames, told, options) => {
    expect(stepsOf(frames, options)).toEqual(told);
  });

  it('leaves out what is not a person', () => {
    const car = frameOf(0, at(0));
    car.classIndex[0] = 2;
    expect(new StepTracker().update(car).slot[0]).toBe(-1);
  });

  it('begins anew when time runs backwards', () => {
    const tracker = new StepTracker();
    const times = [1000, 1100, 500, 600];
    const durations = times.map((timeMs) => {
      const { durationMs, elapsedMs } = tracker.update(
        Object.assign(frameOf(0, at(0)), { timeMs: mediaTimeMs(timeMs) }),
      );
      return [durationMs[0], elapsedMs];
    });
    expect(durations).toEqual([
      [0, 0],
      [100, 100],
      [0, 0],
      [100, 100],
    ]);
  });

  it('knows how long nobody looked', () => {
    const elapsed: number[] = [];
    walkThrough([[], at(0), null, [], ...Array.from({ length: 15 }, () => null), []], ({ elapsedMs }) =>
      elapsed.push(elapsedMs),
    );
    expect(elapsed).toEqual([0, 100, 200, 0]);
  });

  it('gives rows of the forgotten to others, who start anew', () => {
    const tracker = new StepTracker({ lifeMs: 1000 });
    let rows = 0;
    for (let frame = 0; frame < 2000; frame++) {
      const steps = tracker.update(frameOf(frame, [[frame, 0, 0]]));
      expect(steps.born[0]).toBe(steps.slot[0]);
      expect(steps.durationMs[0]).toBe(0);
      rows = steps.slotCapacity;
    }
    expect(rows).toBeLessThan(64);
  });
});
