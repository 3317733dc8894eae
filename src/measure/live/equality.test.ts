/** A live meter and the meter of recordings, shown the same people. */
import { describe, expect, it } from 'vitest';
import type { Figures, GateWindow, ZoneQuantity, ZoneWindow } from '../../contract/index.ts';
import { calibrate, placeOnGround } from '../../ground/index.ts';
import { createMeter } from '../camera/meter.ts';
import { Ownership } from '../ownership/ownership.ts';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { createLiveMeter, type SecondMeasurement } from './meter.ts';
import {
  box,
  CEILING_OPTIONS,
  EAST_DRAWN,
  MIDDLE,
  MIDDLE_DRAWN,
  NOON,
  setUp,
  type Somebody,
  Stage,
  WEST,
  zoneOf,
} from './scene.fixture.ts';

const PERIOD_MS = 200;
const MINUTES = 2;
const FRAMES = (MINUTES * 60_000) / PERIOD_MS;

/** Frame by frame, people who stroll about, now faster, now slower, some on bicycles; every 20 s somebody is new. */
const stroll = (): Somebody[][] => {
  const gauss = seededNormals(7);
  const walkers = Array.from({ length: 14 }, (_, k) => ({
    id: k + 1,
    x: 8 + 4 * gauss(),
    y: 4.5 + 2 * gauss(),
    angle: gauss() * 3,
    speed: Math.abs(0.7 + 0.5 * gauss()),
    classIndex: k % 7 === 6 ? 1 : 0,
  }));
  return Array.from({ length: FRAMES }, (_, frame) => {
    for (const walker of walkers) {
      if ((frame + walker.id * 7) % 100 === 0) walker.id += 100;
      walker.angle += 0.1 * gauss();
      walker.x += (walker.speed * Math.cos(walker.angle) * PERIOD_MS) / 1000;
      walker.y += (walker.speed * Math.sin(walker.angle) * PERIOD_MS) / 1000;
      const inside = walker.x > 0.5 && walker.x < 15.5 && walker.y > 0.5 && walker.y < 8.5;
      if (!inside) walker.angle = Math.atan2(4.5 - walker.y, 8 - walker.x);
    }
    return walkers.map(
      ({ id, x, y, classIndex }): Somebody => [id, x + 0.03 * gauss(), y + 0.03 * gauss(), classIndex],
    );
  });
};

const PLACES = { zones: [WEST, EAST_DRAWN], gates: [MIDDLE, MIDDLE_DRAWN] };
const SCENE = stroll();

const recorded = (() => {
  const zones: ZoneWindow[] = [];
  const gates: GateWindow[] = [];
  const { sight, camera, framesPerS } = CEILING_OPTIONS;
  const meter = createMeter({
    ...PLACES,
    camera,
    calibration: sight.kind === 'camera' ? sight.calibration : null,
    frameRate: framesPerS,
    onZoneWindow: (window) => zones.push(window),
    onGateWindow: (window) => gates.push(window),
  });
  const stage = new Stage(0.03);
  for (const [frame, people] of SCENE.entries()) {
    stage.put(frame * PERIOD_MS, people);
    meter.measure(stage.feet, stage.positions);
  }
  meter.finish();
  return { zones, gates };
})();

/** @param lateFrames so many frames later people are settled */
const live = (lateFrames: number): SecondMeasurement[] => {
  const { meter, stage, second } = setUp(PLACES, new Stage(0.03));
  const settled = new Stage(0.03);
  const seconds: SecondMeasurement[] = [];
  for (let frame = 0; frame < FRAMES + lateFrames; frame++) {
    const people = SCENE[frame];
    if (people) {
      stage.put(NOON + frame * PERIOD_MS, people);
      meter.see(stage.feet, stage.positions);
    }
    const before = SCENE[frame - lateFrames];
    if (before) {
      settled.put(NOON + (frame - lateFrames) * PERIOD_MS, before);
      meter.settle(settled.feet, settled.positions);
    }
    if ((frame + 1) % 5 === 0) seconds.push(second((frame + 1) / 5 - 1));
  }
  return seconds;
};

const SECONDS = live(0);

const minuteOf = <T>(list: readonly T[], minute: number): T[] => list.slice(60 * minute, 60 * (minute + 1));

const meanOver = (seconds: readonly SecondMeasurement[], zone: string, name: ZoneQuantity): number => {
  const aggregates = seconds.flatMap((second) => {
    const figures: Figures = zoneOf(second, zone).figures;
    return figures[name] ? [figures[name]] : [];
  });
  const total = (of: (aggregate: (typeof aggregates)[number]) => number): number =>
    aggregates.reduce((sum, aggregate) => sum + of(aggregate), 0);
  return total(({ sum }) => sum) / total(({ weight }) => weight);
};

const crossed = (seconds: readonly SecondMeasurement[], gate: string, direction: 'in' | 'out'): number =>
  seconds
    .flatMap(({ gates }) => gates.filter((told) => told.gate === gate))
    .flatMap(({ counts }) => Object.values(counts ?? {}))
    .reduce((sum, count) => sum + count[direction], 0);

describe('a live meter and one of recordings', () => {
  it('count the same crossings, minute by minute', () => {
    expect(recorded.gates).toHaveLength(2 * MINUTES);
    for (const [i, window] of recorded.gates.entries()) {
      const seconds = minuteOf(SECONDS, i >> 1);
      expect(crossed(seconds, window.gate, 'in')).toBe(window.in.value);
      expect(crossed(seconds, window.gate, 'out')).toBe(window.out.value);
    }
    expect(crossed(SECONDS, 'middle', 'in')).toBeGreaterThan(20);
  });

  it('count the same crossings when they are settled later', () => {
    const late = live(10);
    for (const gate of ['middle', 'drawn']) {
      for (const direction of ['in', 'out'] as const) {
        expect(crossed(late, gate, direction)).toBe(crossed(SECONDS, gate, direction));
      }
    }
  });

  it.each(['view', 'west', 'east'])('have the same means of the zone %s', (zone) => {
    const windows = recorded.zones.filter((window) => window.zone === zone);
    expect(windows).toHaveLength(MINUTES);
    for (const [minute, { crowd, occupancyMean, densityPerM2, speedMps }] of windows.entries()) {
      const seconds = minuteOf(SECONDS, minute);
      const pairs: readonly [ZoneQuantity, number | null | undefined][] = [
        ['occupancy', occupancyMean.value],
        ['densityPerM2', densityPerM2.value],
        ['speedMps', speedMps.value],
        ['densityVoronoiPerM2', crowd?.densityVoronoiPerM2.value],
        ['pressurePerS2', crowd?.pressurePerS2.value],
        ['standing', crowd?.queueLength.value],
      ];
      for (const [name, value] of pairs) expect(meanOver(seconds, zone, name)).toBeCloseTo(value ?? Number.NaN, 7);
      const peaks = seconds.map((second) => zoneOf(second, zone).figures.densityPeakPerM2?.max ?? 0);
      expect(Math.max(...peaks)).toBeCloseTo(crowd?.densityPeakPerM2 ?? Number.NaN, 7);
    }
  });

  it('measure the whole time', () => {
    expect(SECONDS.map(({ measuredS }) => measuredS)).toEqual(Array.from({ length: 60 * MINUTES }, () => 1));
  });
});

/** A ceiling camera that sees 16 m × 9 m from so far to the right. */
const ceilingAt = (left: number) =>
  calibrate(
    {
      points: [
        { image: [0, 1], ground: [left, 0] },
        { image: [1, 1], ground: [left + 16, 0] },
        { image: [1, 0], ground: [left + 16, 9] },
        { image: [0, 0], ground: [left, 9] },
      ],
    },
    { widthPx: 1600, heightPx: 900 },
  );

describe('two cameras that see a zone together', () => {
  const cameras = [
    { id: 'left', left: 0, calibration: ceilingAt(0) },
    { id: 'right', left: 10, calibration: ceilingAt(10) },
  ];
  const ownership = new Ownership({ cameras });
  const zones = [
    { id: 'hall', polygon: box(0, 0, 26, 9) },
    { id: 'west', polygon: box(0, 0, 8, 9) },
    { id: 'seen-twice', polygon: box(11, 0, 12.5, 9) },
  ];
  /** Three are seen by the left camera, two by both, four by the right one. */
  const hall: readonly Somebody[] = [2, 4, 6, 12, 14, 17, 19, 21, 23].map((x, i) => [i + 1, x, 1 + (i % 7)]);

  const told = cameras.map(({ id, left, calibration }, camera) => {
    const meter = createLiveMeter({
      ...CEILING_OPTIONS,
      camera: id,
      zones,
      sight: { kind: 'camera', calibration, masks: [] },
      ownership: { ownership, camera },
    });
    const stage = new Stage();
    stage.put(
      NOON,
      hall.filter(([, x]) => x > left && x < left + 16).map(([person, x, y]) => [person, x - left, y] as const),
    );
    placeOnGround(calibration, stage.feet, stage.positions);
    meter.see(stage.feet, stage.positions);
    return meter.close(NOON, NOON + 1000);
  });
  const most = (zone: string, name: ZoneQuantity): (number | undefined)[] =>
    told.map((second) => zoneOf(second, zone).figures[name]?.max);

  it('count each person once', () => {
    expect(most('hall', 'occupancy')).toEqual([5, 6]);
    const own = most('hall', 'ownOccupancy');
    expect((own[0] ?? 0) + (own[1] ?? 0)).toBe(9);
    expect(most('view', 'ownOccupancy')).toEqual(own);
  });

  it('say nothing of a zone of which nothing is their own', () => {
    expect(most('west', 'ownOccupancy')).toEqual([3, undefined]);
    // A picture is known best at its corners, where the calibration's points are: the seam is at 13 m.
    expect(most('seen-twice', 'occupancy')).toEqual([1, 1]);
    expect(most('seen-twice', 'ownOccupancy')).toEqual([undefined, 1]);
  });
});
