import type { Point } from '../contract/index.ts';

/** A closed interval of x. */
export type Interval = readonly [from: number, to: number];

type Side = readonly [from: Point, to: Point];

const sidesOf = (polygon: readonly Point[]): Side[] =>
  polygon.map((from, i) => [from, polygon[(i + 1) % polygon.length] ?? from]);

const xAt = ([[ax, ay], [bx, by]]: Side, y: number): number => ax + ((y - ay) / (by - ay)) * (bx - ax);

/** The part of a side between two heights, as an interval of x; none when it lies outside. */
const sideWithin = (side: Side, top: number, bottom: number): Interval[] => {
  const [[ax, ay], [bx, by]] = side;
  if (Math.max(ay, by) < top || Math.min(ay, by) > bottom) return [];
  if (ay === by) return [[Math.min(ax, bx), Math.max(ax, bx)]];
  const x1 = xAt(side, Math.min(bottom, Math.max(top, ay)));
  const x2 = xAt(side, Math.min(bottom, Math.max(top, by)));
  return [[Math.min(x1, x2), Math.max(x1, x2)]];
};

interface Crossing {
  readonly x: number;
  readonly turn: 1 | -1;
}

const crossingsAt = (sides: readonly Side[], y: number): Crossing[] =>
  sides
    .flatMap((side): Crossing[] => {
      const [[, ay], [, by]] = side;
      if (ay <= y && by > y) return [{ x: xAt(side, y), turn: 1 }];
      if (by <= y && ay > y) return [{ x: xAt(side, y), turn: -1 }];
      return [];
    })
    .toSorted((a, b) => a.x - b.x);

/** Where a horizontal line runs inside the polygon. Parts that are wound about twice count as inside too. */
const insideAt = (sides: readonly Side[], y: number): Interval[] => {
  const intervals: Interval[] = [];
  let winding = 0;
  let from = 0;
  for (const { x, turn } of crossingsAt(sides, y)) {
    if (winding === 0) from = x;
    winding += turn;
    if (winding === 0) intervals.push([from, x]);
  }
  return intervals;
};

/**
 * The x of every point of a polygon between two heights.
 *
 * ```
 *        ______
 *       /      \          ---- top      Seen from below, what the band cuts out of the polygon is bounded by pieces
 *      /        \                       of its sides and of the band's own lower edge; their shadows on the x axis
 *     /   /\     \        ---- bottom   together are the shadow of the whole.
 *    /___/  \_____\
 * ```
 *
 * @param polygon corners, in any order and orientation
 * @returns intervals, which may overlap
 */
export const shadowBetween = (polygon: readonly Point[], top: number, bottom: number): Interval[] => {
  const sides = sidesOf(polygon);
  return [...sides.flatMap((side) => sideWithin(side, top, bottom)), ...insideAt(sides, bottom)];
};

/** Joins intervals that touch or overlap, in order of x. */
export const joinIntervals = (intervals: readonly Interval[]): Interval[] => {
  const joined: [number, number][] = [];
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
};
