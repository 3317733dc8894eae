/** A point of the picture (fractions) or of the ground (metres). */
export type Point = readonly [x: number, y: number];

const orientation = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const within = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);

const onSegment = (p: Point, a: Point, b: Point): boolean =>
  orientation(a, b, p) === 0 && within(p[0], a[0], b[0]) && within(p[1], a[1], b[1]);

/** Whether the segments ab and cd touch or cross. */
export const segmentsMeet = (a: Point, b: Point, c: Point, d: Point): boolean =>
  (orientation(a, b, c) !== orientation(a, b, d) && orientation(c, d, a) !== orientation(c, d, b)) ||
  onSegment(c, a, b) ||
  onSegment(d, a, b) ||
  onSegment(a, c, d) ||
  onSegment(b, c, d);

/** Area of a polygon, positive when its corners run counter-clockwise with y up. */
export const signedArea = (polygon: readonly Point[]): number => {
  // From the first corner, so that far-away coordinates, those of a national grid say, lose no digits.
  const [ox, oy] = polygon[0] ?? [0, 0];
  let twice = 0;
  let px = 0;
  let py = 0;
  for (const [cornerX, cornerY] of polygon) {
    const x = cornerX - ox;
    const y = cornerY - oy;
    twice += px * y - x * py;
    px = x;
    py = y;
  }
  return twice / 2;
};

/** Whether no side of the polygon meets another, neighbours at their common corner aside. */
export const isSimplePolygon = (polygon: readonly Point[]): boolean => {
  const sides = polygon.map((a, i) => [a, polygon[(i + 1) % polygon.length] ?? a] as const);
  return sides.every(([a, b], i) =>
    sides.every(([c, d], j) => {
      if (j <= i) return true;
      if (j === i + 1) return !onSegment(d, a, b) && !onSegment(a, c, d);
      if (i === 0 && j === sides.length - 1) return !onSegment(c, a, b) && !onSegment(b, c, d);
      return !segmentsMeet(a, b, c, d);
    }),
  );
};
