import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../contract/index.ts';
import { calibrate } from '../../ground/index.ts';
import { FULL_HD, LAMP_POST, pairsOf, SPREAD } from '../../ground/synthetic-camera.ts';
import { cameraFoot } from './camera-foot.ts';
import { cameraMaker, rectangle } from './facing-cameras.fixture.ts';
import { OwnerCache } from './owner-cache.ts';
import { NOBODY, Ownership } from './ownership.ts';

/** Two lamp-post cameras that face each other over 24 m: the seam is y = 12. */
const cameraAt = cameraMaker(pairsOf(LAMP_POST, SPREAD));
const CAMERA_A = cameraAt([0, 0], 0, 'a');
const CAMERA_B = cameraAt([0, 24], Math.PI, 'b');
const FACING = new Ownership({ cameras: [CAMERA_A, CAMERA_B] });
const [A, B] = [0, 1];

describe('cameraFoot', () => {
  it.each([
    ['at the origin', CAMERA_A, [0, 0]],
    ['opposite', CAMERA_B, [0, 24]],
    ['aside, turned', cameraAt([30, -7], 1, 'c'), [30, -7]],
    ['on a national grid', cameraAt([155_000, 463_000], -2, 'd'), [155_000, 463_000]],
  ] as const)('finds a camera %s', (_what, { calibration }, [x, y]) => {
    const [footX, footY] = cameraFoot(calibration);
    expect(Math.hypot(footX - x, footY - y)).toBeLessThan(1e-3);
  });

  it('finds a camera with a bent lens, and one that looks straight down', () => {
    const bent = { ...LAMP_POST, k1: -0.1 };
    expect(Math.hypot(...cameraFoot(calibrate(pairsOf(bent, SPREAD), FULL_HD)))).toBeLessThan(1e-3);
    const points = (
      [
        [0, 1],
        [1, 1],
        [1, 0],
        [0, 0],
      ] as const
    ).map(([u, v]) => ({
      image: [u, v] as [number, number],
      ground: [16 * u, 9 * (1 - v)] as [number, number],
    }));
    const [x, y] = cameraFoot(calibrate({ points }, FULL_HD));
    expect(Math.hypot(x - 8, y - 4.5)).toBeLessThan(1e-6);
  });
});

describe('ownership', () => {
  it.each([
    ['near A', [0, 8], A],
    ['just on A’s side', [1, 11.95], A],
    ['in the middle: equals go to the first', [0, 12], A],
    ['just on B’s side', [1, 12.05], B],
    ['near B', [0, 16], B],
    ['under A, seen by B alone', [0, 1], B],
    ['behind A, seen by B alone', [0, -2], B],
    ['far aside, seen by nobody', [40, 12], NOBODY],
    ['nowhere', [Number.NaN, 12], NOBODY],
  ] as const)('of a place %s', (_what, [x, y], owner) => {
    expect(FACING.ownerAt(x, y)).toBe(owner);
    expect(FACING.owns(A, x, y)).toBe(owner === A);
    expect(FACING.owns(B, x, y)).toBe(owner === B);
  });

  it('goes to the camera that knows a place best', () => {
    for (const y of [6, 9, 11, 13, 15, 18]) {
      const errors = [FACING.errorAt(A, 1, y), FACING.errorAt(B, 1, y)];
      expect(FACING.ownerAt(1, y)).toBe(errors[0] <= errors[1] ? A : B);
    }
    // As the lens sees it, an ordinary point 8 m away is known to about two decimetres.
    expect(FACING.errorAt(A, 0, 8)).toBeGreaterThan(0.05);
    expect(FACING.errorAt(A, 0, 8)).toBeLessThan(0.4);
    expect(FACING.errorAt(7, 0, 8)).toBeNaN();
  });

  it('ends where a point would be known worse than the limit', () => {
    const strict = new Ownership({ cameras: [CAMERA_A, CAMERA_B], maxErrorM: 0.15 });
    expect(strict.ownerAt(0, 8)).toBe(A);
    expect(strict.ownerAt(0, 12)).toBe(A);
    const stricter = new Ownership({ cameras: [CAMERA_A, CAMERA_B], maxErrorM: 0.12 });
    expect(stricter.ownerAt(0, 12)).toBe(NOBODY);
    expect(stricter.ownerAt(0, 8)).toBe(A);
  });

  it('leaves what is masked to the other', () => {
    // The lower half of A's picture: the ground near it.
    const masked = new Ownership({ cameras: [{ ...CAMERA_A, masks: [rectangle(0, 0.5, 1, 1)] }, CAMERA_B] });
    expect(masked.ownerAt(0, 8)).toBe(B);
    expect(masked.owns(A, 0, 8)).toBe(false);
    const masks = [rectangle(0, 0, 1, 1)];
    const blind = new Ownership({
      cameras: [
        { ...CAMERA_A, masks },
        { ...CAMERA_B, masks },
      ],
    });
    expect(blind.ownerAt(0, 8)).toBe(NOBODY);
  });

  it('leaves what is behind an obstacle to the other', () => {
    // A pillar one metre wide, at y = 8 to 9: its shadow for A is the cone beyond it.
    const pillar = rectangle(-0.5, 8, 0.5, 9);
    const shaded = new Ownership({ cameras: [CAMERA_A, CAMERA_B], obstacles: [pillar] });
    expect(shaded.ownerAt(0, 7)).toBe(A);
    expect(shaded.ownerAt(0, 10)).toBe(B);
    expect(shaded.ownerAt(2, 10)).toBe(A);
    // The edge of the shadow at y = 11 is at 11 · 0.5/8 = 0.6875, or for the far corners 11 · 0.5/9.
    expect(shaded.ownerAt(0.68, 11)).toBe(B);
    expect(shaded.ownerAt(0.7, 11)).toBe(A);
    // In the pillar, for all that a position may say.
    expect(shaded.ownerAt(0, 8.2)).toBe(A);
    const alone = new Ownership({ cameras: [CAMERA_A], obstacles: [pillar] });
    expect(alone.ownerAt(0, 10)).toBe(NOBODY);
  });

  it('knows walls without thickness, and an outline that sight leaves and enters again', () => {
    const wall: Point[] = [
      [-5, 10],
      [5, 10],
    ];
    expect(new Ownership({ cameras: [CAMERA_A], obstacles: [wall] }).ownerAt(0, 11)).toBe(NOBODY);
    expect(new Ownership({ cameras: [CAMERA_A], obstacles: [wall] }).ownerAt(0, 9)).toBe(A);
    // An L: from the origin over its inner corner into the arm that goes right.
    const ell: Point[] = [
      [-3, -1],
      [3, -1],
      [3, 12],
      [8, 12],
      [8, 16],
      [-3, 16],
    ];
    const inside = new Ownership({ cameras: [CAMERA_A], obstacles: [ell] });
    expect(inside.ownerAt(2, 13)).toBe(A);
    expect(inside.ownerAt(5, 12.5)).toBe(NOBODY);
    // A camera that hangs outside the outline looks in.
    const outside = new Ownership({ cameras: [CAMERA_A], obstacles: [rectangle(-4, 5, 4, 20)] });
    expect(outside.ownerAt(0, 8)).toBe(A);
  });

  it('takes the word of whoever says where a camera hangs', () => {
    // B's picture, but said to hang behind a wall.
    const wall: Point[] = [
      [-9, 20],
      [9, 20],
    ];
    const cameras = [{ ...CAMERA_B, positionM: [0, 19] as const }];
    expect(new Ownership({ cameras, obstacles: [wall] }).ownerAt(0, 16)).toBe(0);
    expect(new Ownership({ cameras: [CAMERA_B], obstacles: [wall] }).ownerAt(0, 16)).toBe(NOBODY);
  });

  const place = fc.tuple(fc.double({ min: -12, max: 12, noNaN: true }), fc.double({ min: -4, max: 28, noNaN: true }));
  const side = cameraAt([-9, 12], -Math.PI / 2, 'c');
  const three = [CAMERA_A, CAMERA_B, side];
  const obstacles = [rectangle(-1, 9, 1, 10), rectangle(3, 14, 4, 15)];

  it('is of one camera at most, and of one wherever any sees', () => {
    const plan = new Ownership({ cameras: three, obstacles });
    fc.assert(
      fc.property(place, ([x, y]) => {
        const owners = three.filter((_, camera) => plan.owns(camera, x, y)).length;
        const seers = three.filter((_, camera) => !Number.isNaN(plan.errorAt(camera, x, y))).length;
        expect(owners).toBe(seers > 0 ? 1 : 0);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('does not depend on the order of cameras, but for equals', () => {
    const forward = new Ownership({ cameras: three, obstacles });
    const backward = new Ownership({ cameras: three.toReversed(), obstacles });
    fc.assert(
      fc.property(place, ([x, y]) => {
        const [one, other] = [forward.ownerAt(x, y), backward.ownerAt(x, y)];
        const nearlyEqual = Math.abs(forward.errorAt(one, x, y) / backward.errorAt(other, x, y) - 1) < 1e-4;
        expect(forward.cameras[one] === backward.cameras[other] || nearlyEqual).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('is found again in the cache', () => {
    const plan = new Ownership({ cameras: three, obstacles });
    const cache = new OwnerCache(plan);
    let different = 0;
    fc.assert(
      fc.property(place, ([x, y]) => {
        if (cache.ownerAt(x, y) !== plan.ownerAt(x, y)) different++;
      }),
      { seed: 6, numRuns: 3000 },
    );
    expect(different).toBeLessThan(6);
    expect(cache.ownerAt(Number.NaN, 0)).toBe(NOBODY);
  });
});

describe('coverage', () => {
  it('of a zone over the seam is shared', () => {
    const { areaM2, seenShare, ownedShares } = FACING.coverage(rectangle(-2, 8, 2, 18));
    expect(areaM2).toBe(40);
    expect(seenShare).toBeCloseTo(1, 9);
    expect(ownedShares[A]).toBeCloseTo(0.4, 1);
    expect(ownedShares[B]).toBeCloseTo(0.6, 1);
  });

  it('adds up to what is seen', () => {
    const box = fc.tuple(
      fc.integer({ min: -12, max: 8 }),
      fc.integer({ min: -4, max: 24 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(box, ([left, bottom, width, height]) => {
        const { seenShare, ownedShares } = FACING.coverage(rectangle(left, bottom, left + width, bottom + height));
        expect(ownedShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(seenShare, 12);
        expect(seenShare).toBeLessThanOrEqual(1);
      }),
      { seed: 7, numRuns: 20 },
    );
  });

  it.each([
    ['out of view', rectangle(40, 0, 44, 4), 0],
    ['thin as a line', rectangle(-2, 11, 2, 11.001), 1],
    [
      'without area',
      [
        [0, 11],
        [1, 11],
        [2, 11],
      ] as Point[],
      1,
    ],
  ])('of a zone %s', (_what, zone, seenShare) => {
    expect(FACING.coverage(zone).seenShare).toBeCloseTo(seenShare, 6);
  });

  it('can be drawn', () => {
    const grid = FACING.grid(rectangle(-2, 8, 2, 16), 1);
    expect(grid).toMatchObject({ originXM: -2, originYM: 8, cellM: 1, columns: 4, rows: 8 });
    expect([...grid.owner]).toEqual(Array.from({ length: 32 }, (_, cell) => (cell < 16 ? A : B)));
    const far = FACING.grid(rectangle(-5000, -5000, 5000, 5000), 0.5);
    expect(far.columns * far.rows).toBeLessThan(41_000);
  });
});
