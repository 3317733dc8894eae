/** Point pairs that no calibration can be made of, and the words to say so. */
import { type Calibration, type Point, StarlingError } from '../contract/index.ts';
import { centred, centring, determinant, type Homography, weight } from './homography.ts';

/** Points thinner than this, as a share of their spread, count as lying on one line. */
const THINNEST = 0.01;

/** Points closer than this, as a share of their spread, are the same point. */
const SAME = 1e-9;

type Pair = Calibration['points'][number];

/** Root mean square distance from the best line, as a share of the spread along it. */
const thickness = (points: readonly Point[]): number => {
  const around = centred(centring(points), points);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [x, y] of around) {
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return Math.sqrt(Math.max(0, middle - spread) / (middle + spread));
};

/**
 * A homography needs four points of which no three lie on a line. They exist unless all points, or all but one, lie
 * on one line.
 */
const checkSpread = (points: readonly Point[], plane: string): void => {
  if (thickness(points) < THINNEST) throw new StarlingError('GROUND_COLLINEAR', { where: ` ${plane}` });
  for (const left of points.keys()) {
    const rest = points.filter((_, i) => i !== left);
    if (thickness(rest) < THINNEST) {
      throw new StarlingError('GROUND_COLLINEAR', { where: ` ${plane}, all but number ${left + 1}` });
    }
  }
};

const near = ([ax, ay]: Point, [bx, by]: Point, tolerance: number): boolean =>
  Math.hypot(ax - bx, ay - by) <= tolerance;

const degenerate = (reason: string): StarlingError => new StarlingError('GROUND_DEGENERATE', { reason });

const checkConflicts = (pairs: readonly Pair[]): void => {
  const onGround = SAME * centring(pairs.map(({ ground }) => ground)).scale;
  for (const [i, a] of pairs.entries()) {
    for (const [j, b] of pairs.entries()) {
      if (j <= i) continue;
      const sameImage = near(a.image, b.image, SAME);
      const sameGround = near(a.ground, b.ground, onGround);
      const names = `points ${i + 1} and ${j + 1}`;
      if (sameImage && sameGround) throw degenerate(`${names} are the same`);
      if (sameImage) throw degenerate(`${names} are one place on the picture and two on the ground`);
      if (sameGround) throw degenerate(`${names} are one place on the ground and two on the picture`);
    }
  }
};

/**
 * Refuses point pairs that cannot determine a homography.
 *
 * @throws GROUND_TOO_FEW_POINTS, GROUND_COLLINEAR, GROUND_DEGENERATE
 */
export const checkPairs = (pairs: readonly Pair[]): void => {
  if (pairs.length < 4) throw new StarlingError('GROUND_TOO_FEW_POINTS', { count: pairs.length });
  checkConflicts(pairs);
  checkSpread(
    pairs.map(({ image }) => image),
    'on the picture',
  );
  checkSpread(
    pairs.map(({ ground }) => ground),
    'on the ground',
  );
};

/**
 * Refuses a homography ground → picture that no camera above the ground can have: some of its points behind the
 * horizon (two pairs swapped, as a rule), or the ground seen from below (a mirror image: y down, or x to the left).
 *
 * @throws GROUND_DEGENERATE
 */
export const checkHomography = (h: Homography, ground: readonly Point[]): void => {
  const behind = ground.findIndex(([x, y]) => !(weight(h, x, y) > 0));
  if (behind >= 0) {
    const reason = `point ${behind + 1} would lie beyond the horizon of the others`;
    throw new StarlingError('GROUND_DEGENERATE', { reason });
  }
  // The picture's y runs down and the ground's up, so a view from above turns the sense of rotation round.
  if (!(determinant(h) < 0)) {
    const reason = 'picture and ground are mirror images; x runs right and y up on the plan';
    throw new StarlingError('GROUND_DEGENERATE', { reason });
  }
};
