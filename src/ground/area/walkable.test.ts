import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, type Point, StarlingError } from '../../contract/index.ts';
import { flatPolygon, pointInPolygon } from '../polygon.ts';
import { createWalkableArea, createZonePieces, type WalkableArea } from './walkable.ts';

const box = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** Two rooms and a corridor, whose corners lie on the rooms' walls produced. */
const BOTTLENECK: Point[] = [
  [4, 6.25],
  [4, 0.53],
  [2.4, 0.53],
  [2.4, -0.53],
  [4, -0.53],
  [4, -8.5],
  [-2.25, -8.5],
  [-2.25, -0.53],
  [-0.6, -0.53],
  [-0.6, 0.53],
  [-2.25, 0.53],
  [-2.25, 6.25],
];

const STAR: Point[] = Array.from({ length: 10 }, (_, i): Point => {
  const radius = i % 2 === 0 ? 5 : 2;
  return [radius * Math.cos((i * Math.PI) / 5), radius * Math.sin((i * Math.PI) / 5)];
});

const COMB: Point[] = [
  [0, 0],
  [9, 0],
  [9, 5],
  [8, 5],
  [8, 1],
  [7, 1],
  [7, 5],
  [6, 5],
  [6, 1],
  [5, 1],
  [5, 5],
  [4, 5],
  [4, 1],
  [3, 1],
  [3, 5],
  [2, 5],
  [2, 1],
  [1, 1],
  [1, 5],
  [0, 5],
];

const SHAPES: [name: string, rings: Point[][], areaM2: number][] = [
  ['a square', [box(0, 0, 2, 2)], 4],
  ['a square, clockwise', [box(0, 0, 2, 2).toReversed()], 4],
  [
    'a square with a corner on a side',
    [
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ],
    ],
    4,
  ],
  ['a square whose first corner is repeated', [[...box(0, 0, 2, 2), [0, 0]]], 4],
  ['two rooms and a corridor', [BOTTLENECK], 88.7425],
  ['a star', [STAR], 10 * 0.5 * 5 * 2 * Math.sin(Math.PI / 5)],
  ['a comb', [COMB], 29],
  ['a hole', [box(0, 0, 10, 10), box(4, 4, 6, 6)], 96],
  ['holes side by side', [box(0, 0, 10, 10), box(2, 4, 3, 6), box(5, 4, 6, 6), box(7, 4, 8, 6)], 94],
  ['holes that share a corner', [box(0, 0, 10, 10), box(2, 2, 4, 4), box(4, 4, 6, 6)], 92],
  [
    'a hole that touches the wall with a corner',
    [
      box(0, 0, 10, 10),
      [
        [5, 0],
        [7, 3],
        [3, 3],
      ],
    ],
    94,
  ],
  ['a hole as wide as a hair allows', [box(0, 0, 10, 10), box(0.001, 4, 9.999, 6)], 100 - 9.998 * 2],
];

/** Whether the pieces are convex, and each door leads to a piece from which one leads back. */
const expectWellFormed = (area: WalkableArea): void => {
  const { sideStart, a, b, c, cornerX, cornerY, portals } = area;
  for (let piece = 0; piece < area.count; piece++)
    for (let side = sideStart[piece]; side < sideStart[piece + 1]; side++)
      for (let corner = sideStart[piece]; corner < sideStart[piece + 1]; corner++)
        expect(a[side] * cornerX[corner] + b[side] * cornerY[corner] + c[side]).toBeGreaterThan(-1e-8);
  for (let piece = 0; piece < area.count; piece++)
    for (let i = portals.portalStart[piece]; i < portals.portalStart[piece + 1]; i++) {
      const [from, to] = [portals.portalStart[portals.leadsTo[i]], portals.portalStart[portals.leadsTo[i] + 1]];
      expect([...portals.leadsTo.subarray(from, to)]).toContain(piece);
    }
};

/** Pieces that can be reached from the first. */
const reachable = ({ portals }: WalkableArea): number => {
  const seen = new Set([0]);
  for (const piece of seen)
    for (let i = portals.portalStart[piece]; i < portals.portalStart[piece + 1]; i++) seen.add(portals.leadsTo[i]);
  return seen.size;
};

const codeOf = (action: () => unknown): ErrorCode | 'none' => {
  try {
    action();
    return 'none';
  } catch (error) {
    if (error instanceof StarlingError) return error.code;
    throw error;
  }
};

describe('createWalkableArea', () => {
  describe.each([
    ['as drawn', 0, 0],
    ['on a national grid', 1_234_567.89, -6_543_210.12],
  ])('%s', (_where, dx, dy) => {
    it.each(SHAPES)('cuts %s into convex pieces that hang together', (_name, rings, areaM2) => {
      const area = createWalkableArea(rings.map((ring) => ring.map(([x, y]): Point => [x + dx, y + dy])));
      expect(area.areaM2).toBeCloseTo(areaM2, 6);
      expectWellFormed(area);
      expect(reachable(area)).toBe(area.count);
    });
  });

  it('makes few pieces', () => {
    expect(createWalkableArea([box(0, 0, 2, 2)]).count).toBe(1);
    expect(createWalkableArea([BOTTLENECK]).count).toBe(3);
    expect(createWalkableArea([box(0, 0, 10, 10), box(4, 4, 6, 6)]).count).toBeLessThanOrEqual(4);
  });

  it.each<[problem: string, rings: Point[][], code: ErrorCode]>([
    ['nothing', [], 'GROUND_AREA_EMPTY'],
    ['no corners', [[]], 'GROUND_AREA_EMPTY'],
    [
      'a line',
      [
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      ],
      'GROUND_AREA_EMPTY',
    ],
    [
      'a point',
      [
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
      ],
      'GROUND_AREA_EMPTY',
    ],
    [
      'a hole of no area',
      [
        box(0, 0, 9, 9),
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      ],
      'GROUND_AREA_EMPTY',
    ],
    ['a hole as large as it', [box(0, 0, 9, 9), box(0, 0, 9, 9)], 'GROUND_AREA_EMPTY'],
    ['a hole that covers it', [box(0, 0, 9, 9), box(-1, -1, 10, 10)], 'GROUND_AREA_EMPTY'],
    ['holes that leave nothing', [box(0, 0, 4, 2), box(0, 0, 2, 2), box(2, 0, 4, 2)], 'GROUND_AREA_EMPTY'],
    [
      'a ring that crosses itself',
      [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 3],
        ],
      ],
      'GROUND_AREA_INVALID',
    ],
    ['a hole outside', [box(0, 0, 9, 9), box(10, 0, 11, 1)], 'GROUND_AREA_INVALID'],
    ['a hole that reaches out', [box(0, 0, 9, 9), box(8, 4, 10, 5)], 'GROUND_AREA_INVALID'],
    ['holes that overlap', [box(0, 0, 9, 9), box(1, 1, 4, 4), box(3, 3, 6, 6)], 'GROUND_AREA_INVALID'],
    ['a hole in a hole', [box(0, 0, 9, 9), box(1, 1, 6, 6), box(3, 3, 4, 4)], 'GROUND_AREA_INVALID'],
    ['the same hole twice', [box(0, 0, 9, 9), box(1, 1, 4, 4), box(1, 1, 4, 4)], 'GROUND_AREA_INVALID'],
    [
      'a corner that is not a number',
      [
        [
          [0, 0],
          [1, Number.NaN],
          [1, 1],
        ],
      ],
      'GROUND_AREA_INVALID',
    ],
  ])('refuses %s', (_problem, rings, code) => {
    expect(codeOf(() => createWalkableArea(rings))).toBe(code);
  });
});

describe('pieceAt', () => {
  const area = createWalkableArea([box(0, 0, 10, 10), box(4, 4, 6, 6)]);
  const isInside = (x: number, y: number): boolean => area.pieceAt(x - area.originX, y - area.originY) >= 0;

  it.each([
    ['inside', 1, 1, true],
    ['on a wall', 0, 5, true],
    ['in a corner', 10, 10, true],
    ['on the wall of a hole', 4, 5, true],
    ['in the corner of a hole', 4, 4, true],
    ['in a hole', 5, 5, false],
    ['a millimetre into a hole', 4.001, 5, false],
    ['outside', -1, 5, false],
    ['a millimetre outside', 10.001, 5, false],
    ['nowhere', Number.NaN, 5, false],
    ['nowhere either', 5, Number.NaN, false],
    ['infinitely far', Number.POSITIVE_INFINITY, 5, false],
  ] as const)('somebody %s', (_where, x, y, expected) => {
    expect(isInside(x, y)).toBe(expected);
  });

  it('says the same as the even-odd rule', () => {
    const hall = createWalkableArea([BOTTLENECK]);
    const flat = flatPolygon(BOTTLENECK);
    const coordinate = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        expect(hall.pieceAt(x - hall.originX, y - hall.originY) >= 0).toBe(pointInPolygon(flat, x, y));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('clearanceAt', () => {
  it('never promises more room than there is, and finds most of it', () => {
    const area = createWalkableArea([box(0, 0, 10, 10), box(4, 4, 6, 6)]);
    const coordinate = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const hole = Math.hypot(Math.max(4 - x, 0, x - 6), Math.max(4 - y, 0, y - 6));
        const room = Math.min(x, y, 10 - x, 10 - y, hole > 0 ? hole : 10);
        const clearance = area.clearanceAt(x - area.originX, y - area.originY);
        fc.pre(hole > 0);
        expect(clearance).toBeLessThanOrEqual(room + 1e-9);
        expect(clearance).toBeGreaterThan(room - 0.4);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe('createZonePieces', () => {
  it.each([
    ['a convex zone', box(0, 0, 2, 3), 6, 1],
    ['a zone with a bend', BOTTLENECK, 88.7425, 3],
  ] as const)('%s', (_name, polygon, areaM2, count) => {
    const zone = createZonePieces(polygon);
    expect(zone.areaM2).toBeCloseTo(areaM2, 9);
    expect(zone.count).toBe(count);
  });

  it('refuses a zone without area', () => {
    expect(
      codeOf(() =>
        createZonePieces([
          [0, 0],
          [1, 1],
          [2, 2],
        ]),
      ),
    ).toBe('GROUND_AREA_EMPTY');
  });
});
