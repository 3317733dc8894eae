import { describe, expect, it } from 'vitest';
import { createPlanarPoints, type Point, type Positions, utcMs } from '../../contract/index.ts';
import { LAMP_POST, pairsOf, SPREAD } from '../../ground/synthetic-camera.ts';
import { createRandom } from '../../../test/helpers/random.ts';
import { seededNormals } from '../seeded-normals.fixture.ts';
import { cameraMaker, rectangle } from './facing-cameras.fixture.ts';
import { Ownership } from './ownership.ts';
import { type CameraFrame, SiteTotals, type ZoneTotal } from './site-totals.ts';

/** Two lamp-post cameras that face each other over 24 m: the seam is y = 12. */
const cameraAt = cameraMaker(pairsOf(LAMP_POST, SPREAD));
const CAMERA_A = cameraAt([0, 0], 0, 'a');
const CAMERA_B = cameraAt([0, 24], Math.PI, 'b');

const NOW = utcMs(1_700_000_000_000);
const FACING = new Ownership({ cameras: [CAMERA_A, CAMERA_B] });
/** 4 m wide, 8 m deep, the seam at y = 12 in its middle. */
const SQUARE = { id: 'square', polygon: rectangle(-2, 8, 2, 16) };
const ACROSS = new SiteTotals({ ownership: FACING, zones: [SQUARE] });

/** What a camera says: people at places, with an error each way, m. */
const positionsOf = (people: readonly Point[], error = 0, noise: () => number = () => 0): Positions => {
  const positions = createPlanarPoints('ground', people.length + 1);
  positions.count = people.length;
  for (const [i, [x, y]] of people.entries()) {
    positions.id[i] = i + 1;
    positions.x[i] = x + error * noise();
    positions.y[i] = y + error * noise();
    positions.varianceXX[i] = error ** 2;
    positions.varianceYY[i] = error ** 2;
  }
  return positions;
};

const frame = (positions: Positions, ageMs = 0): CameraFrame => ({ positions, takenUtc: utcMs(NOW - ageMs) });

const totalOf = (totals: SiteTotals, frames: readonly (CameraFrame | null)[]): ZoneTotal => {
  const [total] = totals.measure(NOW, frames);
  if (total === undefined) throw new Error('no zone');
  return total;
};

describe('a total', () => {
  it('counts whoever walks over the seam once, in every frame', () => {
    for (let step = 0; step <= 400; step++) {
      // Ten people side by side who walk from A's part into B's, past y = 12 exactly.
      const people = Array.from({ length: 10 }, (_, i): Point => [-1.8 + 0.4 * i, 8.5 + (7 * step) / 400 + 0.01 * i]);
      const positions = positionsOf(people);
      const total = totalOf(ACROSS, [frame(positions), frame(positions)]);
      expect(total.occupancy).toEqual({ value: 10, standardError: 0 });
      expect(total.health).toEqual({ state: 'ok', reasons: [] });
    }
  });

  it('counts each part of what the cameras see', () => {
    // A sees the first two, B the last two; the one in the middle is B's, though both see it.
    const seenByA = positionsOf([
      [0, 9],
      [1, 10],
      [0, 13],
    ]);
    const seenByB = positionsOf([
      [0, 13],
      [1, 15],
      [1, 17],
    ]);
    const total = totalOf(ACROSS, [frame(seenByA), frame(seenByB)]);
    expect(total.occupancy.value).toBe(4);
    expect(total.densityPerM2.value).toBeCloseTo(4 / 32, 9);
  });

  it('is as far off as it says when places are known to half a metre', () => {
    const noise = seededNormals(11);
    const random = createRandom(12);
    let squares = 0;
    let variances = 0;
    let sum = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      // Forty people on the seam, in the zone and round it, everywhere alike.
      const people = Array.from({ length: 40 }, (): Point => [8 * random() - 4, 6 + 12 * random()]);
      const truth = people.filter(([x, y]) => Math.abs(x) < 2 && Math.abs(y - 12) < 4).length;
      const { occupancy } = totalOf(ACROSS, [
        frame(positionsOf(people, 0.5, noise)),
        frame(positionsOf(people, 0.5, noise)),
      ]);
      const error = (occupancy.value ?? 0) - truth;
      sum += error;
      squares += error ** 2;
      variances += (occupancy.standardError ?? 0) ** 2;
    }
    // 400 scenes tell a mean square to 7 %.
    expect(Math.abs(sum / runs)).toBeLessThan(0.3);
    expect(squares / variances).toBeGreaterThan(0.8);
    expect(squares / variances).toBeLessThan(1.2);
  });

  // p(1 − p) for each camera, from the standard normal table, at a straight seam far from every other border.
  it.each([
    ['on the seam', 12, 2 * 0.25],
    ['half an error beside it', 12.05, 2 * 0.3085 * 0.6915],
    ['two errors beside it', 12.2, 2 * 0.02275 * 0.97725],
    ['five errors beside it', 12.5, 0],
  ])('knows how sure it is of somebody %s', (_what, y, variance) => {
    const positions = positionsOf([[0.03, y]], 0.1);
    const { occupancy } = totalOf(ACROSS, [frame(positions), frame(positions)]);
    expect(Math.abs((occupancy.standardError ?? 0) ** 2 - variance)).toBeLessThan(0.035);
  });

  // The chance of being on the other side of the zone's border, well inside A's part.
  it.each([
    ['inside', 1.9, 0.3085],
    ['outside', 2.1, 0.3085],
    ['two errors outside', 2.4, 0.02275],
  ])('knows how sure it is of somebody at the border of the zone, %s', (_what, x, chance) => {
    const positions = positionsOf([[x, 10]], 0.2);
    const { occupancy } = totalOf(ACROSS, [frame(positions), frame(positions)]);
    expect(occupancy.value).toBe(x < 2 ? 1 : 0);
    expect(Math.abs((occupancy.standardError ?? 0) ** 2 - chance)).toBeLessThan(0.02);
  });

  it('is unknown where a camera is silent, and not zero', () => {
    const positions = positionsOf([
      [0, 9],
      [0, 15],
    ]);
    const late = totalOf(ACROSS, [frame(positions), frame(positions, 5000)]);
    expect(late.occupancy.value).toBe(1);
    expect(late.knownShare).toBeCloseTo(0.5, 1);
    expect(late.densityPerM2.value).toBeCloseTo(1 / (32 * late.knownShare), 9);
    expect(late.health).toMatchObject({ state: 'degraded', reasons: [{ code: 'CAMERA_SILENT' }] });
    const silent = totalOf(ACROSS, [null, frame(positions, -60_000)]);
    expect(silent.occupancy).toEqual({ value: null, standardError: null });
    expect(silent.densityPerM2.value).toBeNull();
    expect(silent.health.state).toBe('unknown');
    expect(totalOf(ACROSS, []).occupancy.value).toBeNull();
  });

  it('does not mind a silent camera that has no part in the zone', () => {
    const near = new SiteTotals({ ownership: FACING, zones: [{ id: 'near', polygon: rectangle(-1, 8, 1, 10) }] });
    const total = totalOf(near, [frame(positionsOf([[0, 9]])), null]);
    expect(total).toMatchObject({ occupancy: { value: 1 }, health: { state: 'ok' } });
  });

  it('grows less sure as frames grow old', () => {
    const positions = positionsOf([[0.03, 12.6]], 0.1);
    const error = (ageMs: number) =>
      totalOf(ACROSS, [frame(positions, ageMs), frame(positions, ageMs)]).occupancy.standardError ?? 0;
    expect(error(0)).toBe(0);
    expect(error(1000)).toBeGreaterThan(0.5);
  });

  it('says what no camera sees', () => {
    const wide = new SiteTotals({ ownership: FACING, zones: [{ id: 'wide', polygon: rectangle(-40, 8, 40, 16) }] });
    const total = totalOf(wide, [frame(positionsOf([])), frame(positionsOf([]))]);
    expect(total.occupancy).toEqual({ value: 0, standardError: 0 });
    expect(total.knownShare).toBeLessThan(0.5);
    expect(total.health).toMatchObject({ state: 'degraded', reasons: [{ code: 'PARTLY_OUT_OF_VIEW' }] });
    const away = new SiteTotals({ ownership: FACING, zones: [{ id: 'away', polygon: rectangle(50, 50, 60, 60) }] });
    expect(totalOf(away, [frame(positionsOf([])), frame(positionsOf([]))]).health.state).toBe('unknown');
  });

  it('leaves out what is no person and who is nowhere', () => {
    const positions = positionsOf(
      [
        [0, 9],
        [1, 9],
        [Number.NaN, 9],
      ],
      0.1,
    );
    positions.classIndex[1] = 2;
    expect(totalOf(ACROSS, [frame(positions), null]).occupancy).toMatchObject({
      value: 1,
      standardError: expect.closeTo(0, 9),
    });
  });

  it('is of the cameras that there are', () => {
    const none = new SiteTotals({ ownership: new Ownership({ cameras: [] }), zones: [SQUARE] });
    expect(totalOf(none, [])).toMatchObject({
      occupancy: { value: null },
      knownShare: 0,
      health: { state: 'unknown' },
    });
  });
});
