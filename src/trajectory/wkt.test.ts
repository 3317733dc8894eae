import { describe, expect, it } from 'vitest';
import { parsePolygons } from './wkt.ts';

const TRIANGLE = [
  [0, 0],
  [4, 0],
  [0, 3],
];
const HOLE = [
  [1, 1],
  [1.5, 1],
  [1, 1.5],
];

describe('parsePolygons', () => {
  const cases: readonly [name: string, wkt: string, expected: unknown][] = [
    ['a polygon, its first point repeated', 'POLYGON ((0 0, 4 0, 0 3, 0 0))', [[TRIANGLE]]],
    ['open', 'POLYGON ((0 0, 4 0, 0 3))', [[TRIANGLE]]],
    ['with a hole', 'POLYGON ((0 0, 4 0, 0 3, 0 0), (1 1, 1.5 1, 1 1.5, 1 1))', [[TRIANGLE, HOLE]]],
    ['as JuPedSim writes it', 'GEOMETRYCOLLECTION (POLYGON ((0 0, 4 0, 0 3, 0 0)))', [[TRIANGLE]]],
    ['without blanks, in small letters', 'polygon((0 0,4 0,0 3,0 0))', [[TRIANGLE]]],
    [
      'with exponents and signs',
      'POLYGON ((0e0 -0.0, +4.0 0, 0 30E-1, 0 0))',
      [
        [
          [
            [0, -0],
            [4, 0],
            [0, 3],
          ],
        ],
      ],
    ],
    ['with heights', 'POLYGON Z ((0 0 7, 4 0 7, 0 3 7, 0 0 7))', [[TRIANGLE]]],
    ['several', 'MULTIPOLYGON (((0 0, 4 0, 0 3, 0 0)), ((1 1, 1.5 1, 1 1.5, 1 1)))', [[TRIANGLE], [HOLE]]],
    ['nested', 'GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POLYGON ((0 0, 4 0, 0 3, 0 0))))', [[TRIANGLE]]],
    ['empty', 'POLYGON EMPTY', []],
    ['a line', 'LINESTRING (0 0, 1 1)', null],
    ['cut off', 'POLYGON ((0 0, 4 0, 0 3', null],
    ['one coordinate', 'POLYGON ((0, 4 0, 0 3))', null],
    ['more than a geometry', 'POLYGON ((0 0, 4 0, 0 3)) POINT (0 0)', null],
    ['words', 'the square', null],
    ['nothing', '', null],
  ];
  it.each(cases)('%s', (_, wkt, expected) => {
    expect(parsePolygons(wkt)).toEqual(expected);
  });
});
