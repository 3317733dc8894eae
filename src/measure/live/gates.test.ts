/** Gates of a live meter: a crossing is booked once, in the second in which it is sure. */
import { describe, expect, it } from 'vitest';
import { detectionErrorOf } from '../uncertainty/detection-error.ts';
import { GateTally } from '../window/gate-tally.ts';
import type { SecondMeasurement } from './meter.ts';
import { gateOf, MIDDLE, MIDDLE_DRAWN, NOON, setUp, type Somebody, Stage, THREE, WEST } from './scene.fixture.ts';

const gates = [MIDDLE, MIDDLE_DRAWN];
const DETECTION = { recall: 0.9, precision: 0.95, source: 'validated here' } as const;

/** Three who walk to the left over the middle, one of them on a bicycle, and one who walks to the right. */
const walkers = (ms: number): Somebody[] => [
  [1, 9 - ms / 1000, 2],
  [2, 9.2 - ms / 1000, 4],
  [3, 9.4 - ms / 1000, 6, 1],
  [4, 7 + ms / 1000, 8],
];

const counts = (told: readonly SecondMeasurement[], gate: string) => told.map((second) => gateOf(second, gate).counts);

describe('gates of a second', () => {
  it('have counts by class and direction, each crossing once', () => {
    const { show, second } = setUp({ gates });
    const told: SecondMeasurement[] = [];
    for (let s = 0; s < 4; s++) {
      for (let ms = 0; ms < 1000; ms += 200) show(1000 * s + ms, walkers(1000 * s + ms));
      told.push(second(s));
    }
    const expected = [{}, { person: { in: 2, out: 1 }, bicycle: { in: 1, out: 0 } }, {}, {}];
    expect(counts(told, 'middle')).toEqual(expected);
    expect(counts(told, 'drawn')).toEqual(expected);
    expect(gateOf(told[0] ?? second(9), 'middle')).toMatchObject({ seenShare: 1, widthM: 9 });
  });

  it('are counted from what is settled, and not from what is seen', () => {
    const { meter, stage, second } = setUp({ gates });
    const late = new Stage();
    const told: SecondMeasurement[] = [];
    for (let s = 0; s < 5; s++) {
      for (let ms = 1000 * s; ms < 1000 * (s + 1); ms += 200) {
        stage.put(NOON + ms, walkers(ms));
        meter.see(stage.feet, stage.positions);
        if (ms < 1000) continue;
        late.put(NOON + ms - 1000, walkers(ms - 1000));
        meter.settle(late.feet, late.positions);
      }
      told.push(second(s));
    }
    const people = counts(told, 'middle').map((count) => count?.person?.in ?? 0);
    expect(people).toEqual([0, 0, 2, 0, 0]);
  });

  it('tell of a crossing that is sure only when the camera is blind already', () => {
    const { meter, stage, second } = setUp({ gates });
    for (let ms = 0; ms < 1000; ms += 200) {
      stage.put(NOON + ms, walkers(ms));
      meter.see(stage.feet, stage.positions);
    }
    second(0);
    second(1);
    expect(gateOf(second(2), 'drawn')).toMatchObject({ counts: null, variance: 0 });
    for (let ms = 0; ms < 2000; ms += 200) {
      stage.put(NOON + ms, walkers(ms));
      meter.settle(stage.feet, stage.positions);
    }
    const told = second(3);
    expect(told.measuredS).toBe(0);
    expect(gateOf(told, 'drawn').counts?.person).toEqual({ in: 2, out: 1 });
    expect(gateOf(second(4), 'drawn').counts).toBeNull();
  });

  it('are unknown where the camera sees nothing of them', () => {
    const { show, second } = setUp({
      gates: [
        {
          id: 'far',
          line: [
            [50, 0],
            [50, 9],
          ],
        },
      ],
    });
    show(0, THREE);
    expect(gateOf(second(0), 'far')).toEqual({
      gate: 'far',
      seenShare: 0,
      widthM: null,
      counts: null,
      variance: 0,
      systematicError: 0,
    });
  });

  it('count nobody over an interruption', () => {
    const { meter, show, second } = setUp({ gates });
    for (let ms = 0; ms < 1000; ms += 200) show(ms, walkers(ms));
    const told = [second(0)];
    meter.interrupt();
    for (let ms = 1600; ms < 2000; ms += 200) show(ms, walkers(ms));
    told.push(second(1));
    for (let ms = 2000; ms < 3000; ms += 200) show(ms, walkers(ms));
    told.push(second(2));
    expect(counts(told, 'middle')).toEqual([{}, {}, {}]);
  });

  it('count nobody on the ground while metres are not believed, nor over that time', () => {
    const { meter, show, second } = setUp({ gates });
    const told: SecondMeasurement[] = [];
    for (let s = 0; s < 3; s++) {
      meter.setMetres(s !== 1);
      for (let ms = 1000 * s; ms < 1000 * (s + 1); ms += 200) show(ms, walkers(ms));
      told.push(second(s));
    }
    expect(counts(told, 'middle')).toEqual([{}, null, {}]);
    expect(counts(told, 'drawn')[1]?.person).toEqual({ in: 2, out: 1 });
  });

  it('leave what is settled of the time before metres were believed out of gates on the ground', () => {
    const { meter, stage, show, second } = setUp({ gates });
    meter.setMetres(false);
    for (let ms = 0; ms < 2000; ms += 200) {
      stage.put(NOON + ms, walkers(ms));
      meter.see(stage.feet, stage.positions);
    }
    meter.setMetres(true);
    for (let ms = 0; ms < 2000; ms += 200) {
      stage.put(NOON + ms, walkers(ms));
      meter.settle(stage.feet, stage.positions);
    }
    show(2000, walkers(2000));
    expect(second(0).gates.map(({ counts: told }) => told)).toMatchObject([null, { person: { in: 2, out: 1 } }]);
    expect(counts([second(2)], 'middle')).toEqual([{}]);
  });
});

describe('the errors of a count', () => {
  const detection = detectionErrorOf(DETECTION);

  it('add up over a minute to those of the whole minute', () => {
    const { show, second } = setUp({ gates: [MIDDLE], detection: DETECTION });
    const whole = new GateTally();
    for (const direction of ['in', 'in', 'out'] as const) whole.add(direction, 0);
    let variance = 0;
    let systematicError = 0;
    for (let s = 0; s < 60; s++) {
      for (let ms = 0; ms < 1000; ms += 200) show(1000 * s + ms, walkers(1000 * s + ms).slice(0, s < 6 ? 4 : 0));
      const told = gateOf(second(s), 'middle');
      variance += told.variance;
      systematicError += told.systematicError;
    }
    expect(variance + systematicError ** 2).toBeCloseTo(whole.peopleVariance(detection), 12);
    expect(systematicError).toBeCloseTo(3 * detection.systematicShare, 12);
    // The next minute: nobody was seen, and somebody may have been missed.
    show(60_000, []);
    expect(gateOf(second(60), 'middle').variance).toBeCloseTo(detection.varianceOfNobody, 12);
    expect(gateOf(second(61), 'middle').variance).toBe(0);
  });

  it('hold a track that ends on the line', () => {
    const { meter, show, second } = setUp({ gates: [MIDDLE] });
    for (let ms = 0; ms <= 1000; ms += 200) show(ms, [[1, 9 - ms / 1001, 4]]);
    second(0);
    meter.interrupt();
    expect(gateOf(second(1), 'middle')).toMatchObject({ counts: {}, variance: 0.25 });
  });

  it('are 0 for positions that are taken at their word', () => {
    const { meter, stage, second } = setUp({ gates: [MIDDLE], zones: [WEST], sight: { kind: 'everywhere' } });
    for (let ms = 0; ms < 2000; ms += 200) {
      stage.put(NOON + ms, walkers(ms));
      meter.see(null, stage.positions);
      meter.settle(null, stage.positions);
    }
    expect(gateOf(second(0), 'middle')).toMatchObject({ counts: { person: { in: 2, out: 1 } }, variance: 0 });
  });
});
