/** The scenarios' own places, for sites that do not say what is walkable. Metres, from (0, 0). */
import type { Point } from '../../contract/index.ts';

type Rings = Point[][];

const rectangle = (left: number, bottom: number, right: number, top: number): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

/** Thickness of a wall with a door in it, m. */
const WALL_M = 0.6;

/** A square with a fountain left of its middle and a kiosk right of it. */
export const plaza = (lengthM: number, widthM: number): Rings => [
  rectangle(0, 0, lengthM, widthM),
  rectangle(0.3 * lengthM - 1.5, 0.5 * widthM - 1.5, 0.3 * lengthM + 1.5, 0.5 * widthM + 1.5),
  rectangle(0.7 * lengthM - 1, 0.4 * widthM - 0.75, 0.7 * lengthM + 1, 0.4 * widthM + 0.75),
];

/** An open rectangle. */
export const hall = (lengthM: number, widthM: number): Rings => [rectangle(0, 0, lengthM, widthM)];

/** Two squares, 8 m long and as wide as they must be, and a passage between them. */
export const passage = (lengthM: number, widthM: number): Rings => {
  const outside = Math.max(10, widthM + 4);
  const low = (outside - widthM) / 2;
  const end = 8 + lengthM;
  return [
    [
      [0, 0],
      [8, 0],
      [8, low],
      [end, low],
      [end, 0],
      [end + 8, 0],
      [end + 8, outside],
      [end, outside],
      [end, low + widthM],
      [8, low + widthM],
      [8, outside],
      [0, outside],
    ],
  ];
};

/** A room of 16 m × 12 m, a door in the middle of its right wall, and 8 m beyond it. */
export const roomWithDoor = (doorM: number): Rings => {
  const low = 6 - doorM / 2;
  const high = 6 + doorM / 2;
  const out = 16 + WALL_M;
  return [
    [
      [0, 0],
      [16, 0],
      [16, low],
      [out, low],
      [out, 0],
      [out + 8, 0],
      [out + 8, 12],
      [out, 12],
      [out, high],
      [16, high],
      [16, 12],
      [0, 12],
    ],
  ];
};

/** A platform with two kiosks on its middle line. */
export const platform = (lengthM: number, widthM: number): Rings => [
  rectangle(0, 0, lengthM, widthM),
  ...(widthM < 5 || lengthM < 30
    ? []
    : [0.3, 0.7].map((share) =>
        rectangle(share * lengthM - 1.5, widthM / 2 - 0.5, share * lengthM + 1.5, widthM / 2 + 0.5),
      )),
];

/** A stand of 40 m × 14 m above a gangway of 40 m × 5 m, and three doors in the wall between them. */
export const stand = (doorM: number): Rings => {
  const [half, top] = [doorM / 2, 5 + WALL_M];
  return [
    [
      [0, 0],
      [40, 0],
      [40, 5],
      [32 + half, 5],
      [32 + half, top],
      [40, top],
      [40, top + 14],
      [0, top + 14],
      [0, top],
      [8 - half, top],
      [8 - half, 5],
      [0, 5],
    ],
    rectangle(8 + half, 5, 20 - half, top),
    rectangle(20 + half, 5, 32 - half, top),
  ];
};

/** Cosine and sine of 15 degrees. */
const COS_15 = 0.9659258262890683;
const SIN_15 = 0.25881904510252074;

/** Corners of a half circle, 15 degrees apart, turning left from a first radius. */
const halfCircle = (x: number, y: number, radiusX: number, radiusY: number): Point[] => {
  const corners: Point[] = [];
  let [dx, dy] = [radiusX, radiusY];
  for (let i = 0; i <= 12; i++) {
    corners.push([x + dx, y + dy]);
    [dx, dy] = [dx * COS_15 - dy * SIN_15, dx * SIN_15 + dy * COS_15];
  }
  return corners;
};

/** Radius of the inner side of a loop's bends, m. */
const BEND_M = 3;

/** The middles of a loop's two bends, from which its straights run. */
export const bendsOf = (straightM: number, widthM: number): { leftX: number; rightX: number; y: number } => {
  const radius = BEND_M + widthM;
  return { leftX: radius, rightX: radius + straightM, y: radius };
};

/** A loop: two straights, and two half circles that join them. */
export const loop = (straightM: number, widthM: number): Rings => {
  const { leftX, rightX, y } = bendsOf(straightM, widthM);
  const ringAt = (radius: number): Point[] => [
    ...halfCircle(rightX, y, 0, -radius),
    ...halfCircle(leftX, y, 0, radius),
  ];
  return [ringAt(BEND_M + widthM), ringAt(BEND_M)];
};
