/** Zones of a live meter: hand-made scenes, of which every figure is known beforehand. */
import { describe, expect, it } from 'vitest';
import { relativeScaleError } from '../../ground/index.ts';
import { CEILING } from '../camera/ceiling.fixture.ts';
import { box, EAST_DRAWN, meanOf, namesOf, setUp, type Somebody, THREE, WEST, zoneOf } from './scene.fixture.ts';

describe('occupancy of a second', () => {
  it('is three for 0.6 s, and nobody for 0.4 s', () => {
    const { show, second } = setUp({ zones: [WEST] });
    for (const ms of [0, 200, 400]) show(ms, THREE);
    for (const ms of [600, 800]) show(ms, []);
    const { measuredS, zones } = second(0);
    expect(measuredS).toBe(1);
    expect(zones.map(({ zone }) => zone)).toEqual(['view', 'west']);
    const { occupancy, densityPerM2 } = zoneOf({ measuredS, zones, gates: [], field: null }, 'west').figures;
    expect(occupancy).toMatchObject({ min: 0, max: 3 });
    expect(occupancy?.sum).toBeCloseTo(1.8, 12);
    expect(occupancy?.weight).toBeCloseTo(1, 12);
    expect(densityPerM2?.sum).toBeCloseTo(1.8 / 72, 12);
  });

  it('is of the part that was measured: frames stopped at 0.4 s', () => {
    const { show, second } = setUp({ zones: [WEST] });
    for (const ms of [0, 200]) show(ms, THREE);
    const first = second(0); // 0.2 s and three periods
    expect(first.measuredS).toBeCloseTo(0.8, 12);
    expect(zoneOf(first, 'west').figures.occupancy?.sum).toBeCloseTo(2.4, 12);
    const next = second(1);
    expect(next.measuredS).toBe(0);
    expect(next.zones.map(({ figures }) => figures)).toEqual([{}, {}]);
    expect(next.field).toBeNull();
  });

  it('goes on from one second into the next, also with less than a frame a second', () => {
    const { show, second } = setUp({ zones: [WEST], framesPerS: 0.5 });
    show(500, THREE);
    show(2500, []);
    const seconds = [0, 1, 2].map(second);
    expect(seconds.map(({ measuredS }) => measuredS)).toEqual([0.5, 1, 1]);
    expect(seconds.map((told) => zoneOf(told, 'west').figures.occupancy?.sum)).toEqual([1.5, 3, 1.5]);
  });

  it('is of people only', () => {
    const { show, second } = setUp({ zones: [WEST] });
    show(0, [...THREE, [4, 3, 3, 2], [5, 5, 3, 1]]);
    expect(zoneOf(second(0), 'west').figures.occupancy?.max).toBe(3);
  });

  it('has the error of who stands near the border, and of the detector', () => {
    const border: Somebody[] = [[1, 8, 4]];
    const plain = setUp({ zones: [WEST] });
    plain.show(0, border);
    // Exactly on it: in or out with equal chance, for 0.6 s.
    expect(zoneOf(plain.second(0), 'west').figures.occupancy?.errorSum).toBeCloseTo(0.5 * 0.6, 2);
    const doubtful = setUp({ zones: [WEST], detection: { recall: 0.5, precision: 1, source: 'validated here' } });
    doubtful.show(0, border);
    expect(zoneOf(doubtful.second(0), 'west').figures.occupancy?.errorSum).toBeGreaterThan(0.6);
  });

  it('is unknown where the camera sees nothing of the zone, and not nobody', () => {
    const { show, second } = setUp({ zones: [{ id: 'far', polygon: box(50, 0, 60, 9) }] });
    show(0, THREE);
    expect(zoneOf(second(0), 'far')).toEqual({ zone: 'far', seenShare: 0, areaM2: null, figures: {} });
  });
});

/** Six people, in two files that pass each other at 1 m/s, and two who stand; ten times a second. */
const passing = (ms: number): Somebody[] => [
  ...[1, 2, 3].map((k): Somebody => [k, 3 + ms / 1000, 2 * k]),
  ...[4, 5, 6].map((k): Somebody => [k, 7 - ms / 1000, 2 * k - 5]),
  [7, 4, 8],
  [8, 6, 8],
];

/** The third second of it. */
const run = () => {
  const set = setUp({ zones: [WEST, EAST_DRAWN], framesPerS: 10 });
  for (let ms = 0; ms < 3000; ms += 100) set.show(ms, passing(ms));
  const [, , third] = [0, 1, 2].map(set.second);
  if (third === undefined) throw new Error('three seconds were closed');
  return third;
};

describe('figures of a second', () => {
  it('tell all that is known of a zone on the ground', () => {
    const { figures } = zoneOf(run(), 'west');
    expect(namesOf(figures)).toEqual([
      'counterflowIndex',
      'densityPeakPerM2',
      'densityPerM2',
      'densityVoronoiPerM2',
      'occupancy',
      'pressurePerS2',
      'speedMps',
      'standing',
    ]);
    expect(meanOf(figures, 'occupancy')).toBeCloseTo(8, 9);
    // As many one way as the other.
    expect(meanOf(figures, 'counterflowIndex')).toBeCloseTo(1, 6);
    expect(meanOf(figures, 'standing')).toBeCloseTo(2, 9);
    // Six at 1 m/s and two at rest; weighed by who was there.
    expect(meanOf(figures, 'speedMps')).toBeCloseTo(0.75, 3);
    expect(figures.speedMps?.weight).toBeCloseTo(8, 9);
    expect(figures.densityVoronoiPerM2?.errorSum).toBeGreaterThan(0);
    expect(figures.speedMps?.errorSum).toBeGreaterThan(0);
    expect(figures.densityPeakPerM2?.errorSum).toBeNull();
  });

  it('of the whole view add up to the people', () => {
    const { figures, areaM2 } = zoneOf(run(), 'view');
    expect(areaM2).toBeCloseTo(144, 6);
    expect(meanOf(figures, 'densityVoronoiPerM2') * 144).toBeCloseTo(8, 3);
  });

  it('have the error of the area in the density', () => {
    const set = setUp({ zones: [EAST_DRAWN] });
    set.show(0, [[1, 12, 4]]);
    const { densityPerM2, occupancy } = zoneOf(set.second(0), 'east').figures;
    expect(densityPerM2?.errorSum).toBeGreaterThan((occupancy?.errorSum ?? 0) / 72);
  });

  it('know no speed of somebody who has only just come, nor who stands', () => {
    const { show, second } = setUp({ zones: [WEST] });
    show(0, THREE);
    const { figures } = zoneOf(second(0), 'west');
    expect(figures.speedMps).toBeUndefined();
    expect(figures.standing).toBeUndefined();
    expect(figures.counterflowIndex).toBeUndefined();
  });

  it.each([1, 1.5, 2, 5])('know speeds at %d frames a second, which come late now and then', (framesPerS) => {
    const { show, second } = setUp({ zones: [WEST], framesPerS });
    for (let k = 0; k < 12 * framesPerS; k++) {
      const ms = (1000 * k + (k % 3) * 140) / framesPerS;
      show(ms, [[1, 1 + ms / 2000, 4]]);
    }
    const speeds = Array.from({ length: 12 }, (_, i) => meanOf(zoneOf(second(i), 'west').figures, 'speedMps'));
    for (const speed of speeds.slice(5)) expect(speed).toBeCloseTo(0.5, 6);
  });

  it('have the error of the scale in the speed, weighed as the speed is', () => {
    const { speedMps } = zoneOf(run(), 'west').figures;
    const scaleError = relativeScaleError(CEILING, box(0, 0, 8, 9)) ?? Number.NaN;
    expect(scaleError).toBeGreaterThan(0.001);
    expect((speedMps?.errorSum ?? 0) / (speedMps?.weight ?? 0)).toBeCloseTo(0.75 * scaleError, 5);
  });
});
