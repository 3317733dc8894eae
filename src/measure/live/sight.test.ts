/** What a live meter tells depends on what it sees with: metres or none, a picture or none. */
import { describe, expect, it } from 'vitest';
import {
  box,
  EAST_DRAWN,
  gateOf,
  meanOf,
  MIDDLE,
  MIDDLE_DRAWN,
  namesOf,
  NOON,
  setUp,
  type Somebody,
  THREE,
  WEST,
  zoneOf,
} from './scene.fixture.ts';

describe('metres that are not believed', () => {
  const zones = [WEST, EAST_DRAWN];
  const gates = [MIDDLE, MIDDLE_DRAWN];
  const four: readonly Somebody[] = [...THREE, [4, 12, 4]];

  it('are not told, and counts on the picture are', () => {
    const { meter, show, second } = setUp({ zones, gates });
    meter.setMetres(false);
    for (let ms = 0; ms < 1000; ms += 200) show(ms, four);
    const told = second(0);
    expect(told.measuredS).toBe(1);
    expect(zoneOf(told, 'west')).toMatchObject({ seenShare: 1, areaM2: null, figures: {} });
    for (const [id, people] of [
      ['view', 4],
      ['east', 1],
    ] as const) {
      expect(namesOf(zoneOf(told, id).figures)).toEqual(['occupancy']);
      expect(meanOf(zoneOf(told, id).figures, 'occupancy')).toBeCloseTo(people, 9);
      expect(zoneOf(told, id).areaM2).toBeNull();
    }
    expect(gateOf(told, 'middle')).toMatchObject({ counts: null, widthM: null });
    expect(gateOf(told, 'drawn')).toMatchObject({ counts: {}, widthM: null });
    expect(told.field).toBeNull();
  });

  it('end and begin in the middle of a second', () => {
    const { meter, show, second } = setUp({ zones, gates });
    for (const ms of [0, 200]) show(ms, four);
    meter.setMetres(false);
    for (const ms of [400, 600]) show(ms, four);
    meter.setMetres(true);
    show(800, four);
    const told = second(0);
    expect(zoneOf(told, 'west').figures.occupancy?.weight).toBeCloseTo(0.6, 9);
    expect(zoneOf(told, 'view').figures.occupancy?.weight).toBeCloseTo(1, 9);
    expect(zoneOf(told, 'view').figures.densityPerM2?.weight).toBeCloseTo(0.6, 9);
    expect(zoneOf(told, 'west').areaM2).toBeCloseTo(72, 9);
    expect(gateOf(told, 'middle').counts).toEqual({});
    expect(told.field).not.toBeNull();
  });

  it('come back with everybody followed anew', () => {
    const { meter, show, second } = setUp({ zones });
    for (let ms = 0; ms < 2000; ms += 200) show(ms, THREE);
    meter.setMetres(false);
    meter.setMetres(true);
    for (let ms = 2000; ms < 2400; ms += 200) show(ms, THREE);
    second(0);
    second(1);
    expect(zoneOf(second(2), 'west').figures.speedMps).toBeUndefined();
  });
});

describe('a camera without calibration', () => {
  it('counts, on its picture', () => {
    const set = setUp({
      zones: [WEST, EAST_DRAWN],
      gates: [MIDDLE, MIDDLE_DRAWN],
      sight: { kind: 'camera', calibration: null, masks: [] },
    });
    set.show(0, THREE);
    const told = set.second(0);
    expect(told.zones).toMatchObject([
      { zone: 'view', areaM2: null, figures: { occupancy: { max: 3 } } },
      { zone: 'east', areaM2: null, figures: { occupancy: { max: 0 } } },
    ]);
    expect(told.zones.map(({ figures }) => namesOf(figures))).toEqual([['occupancy'], ['occupancy']]);
    expect(told.gates).toEqual([
      { gate: 'drawn', seenShare: 1, widthM: null, counts: {}, variance: 0, systematicError: 0 },
    ]);
    expect(told.field).toBeNull();
  });
});

describe('sight everywhere', () => {
  const everywhere = {
    sight: { kind: 'everywhere' },
    zones: [WEST, EAST_DRAWN],
    gates: [MIDDLE, MIDDLE_DRAWN],
    walkable: [box(0, 0, 16, 9)],
  } as const;

  it('knows zones in metres, and nothing on a picture that is not there', () => {
    const { meter, stage, second } = setUp(everywhere);
    stage.put(NOON, THREE);
    meter.see(null, stage.positions);
    meter.settle(null, stage.positions);
    const told = second(0);
    expect(zoneOf(told, 'view')).toMatchObject({ areaM2: 144, figures: { occupancy: { max: 3 } } });
    expect(zoneOf(told, 'west')).toMatchObject({ areaM2: 72, figures: { occupancy: { max: 3 } } });
    expect(zoneOf(told, 'east')).toEqual({ zone: 'east', seenShare: 0, areaM2: null, figures: {} });
    expect(gateOf(told, 'middle')).toMatchObject({ widthM: 9, counts: {} });
    expect(gateOf(told, 'drawn')).toMatchObject({ seenShare: 0, counts: null });
    expect(told.field).not.toBeNull();
  });

  it('does without a walkable area: the view has no density then', () => {
    const { meter, stage, second } = setUp({ ...everywhere, walkable: null });
    stage.put(NOON, THREE);
    meter.see(null, stage.positions);
    const told = second(0);
    expect(zoneOf(told, 'view')).toMatchObject({ areaM2: null, figures: { occupancy: { max: 3 } } });
    expect(zoneOf(told, 'west').figures.densityVoronoiPerM2).toBeDefined();
  });

  it('does without any place', () => {
    const { meter, stage, second } = setUp({ ...everywhere, walkable: null, zones: [], gates: [] });
    stage.put(NOON, THREE);
    meter.see(null, stage.positions);
    expect(second(0)).toMatchObject({ zones: [{ figures: { occupancy: { max: 3 } } }], field: null });
  });
});
