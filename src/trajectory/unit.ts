/** Metres or centimetres: said, told, or found out; never guessed in silence. */
import { type HealthReason, StarlingError } from '../contract/index.ts';
import type { Unit } from './rows.ts';
import { medianSpeedMps } from './speed-check.ts';
import type { Timeline } from './timeline.ts';

/** The fastest man on Earth runs at this speed; in centimetres a stroll looks like ten times it. */
const FASTEST_MPS = 12;
/** A room of two metres seems larger than this when its centimetres are taken for metres. */
const SMALL_M = 50;
/** Above these the unit is in doubt, though it may be right: a jam in centimetres, a large place in metres. */
const FAST_MPS = 5;
const LARGE_M = 200;

/** How many of a file's units make a metre. */
export const perMetreOf = (unit: Unit | null): number => (unit === 'cm' ? 100 : 1);

const rounded = (value: number): number => Number(value.toPrecision(2));

const describe = (speedMps: number | null, extentM: number): string =>
  `people ${speedMps === null ? '' : `move at ${rounded(speedMps)} m/s `}in a place of ${rounded(extentM)} m`;

/**
 * Looks at positions that are in metres as far as anybody knows.
 *
 * @param unit what the file states or the caller says; null when neither does
 * @throws TRAJECTORY_UNIT_UNCLEAR when nobody says and it cannot be metres
 */
export const doubtsOfUnit = (
  path: string,
  timeline: Timeline,
  frameRate: number,
  unit: Unit | null,
): readonly HealthReason[] => {
  const { minXM, minYM, maxXM, maxYM } = timeline.bounds;
  const extentM = Math.max(maxXM - minXM, maxYM - minYM);
  const speedMps = medianSpeedMps(timeline, frameRate);
  const isImpossible = speedMps !== null && speedMps > FASTEST_MPS;
  if (unit !== null) {
    if (!isImpossible) return [];
    const message = `Half of the people move at more than ${rounded(speedMps)} m/s: is the unit, or the frame rate, right?`;
    return [{ code: 'SPEED_IMPLAUSIBLE', message }];
  }
  if (isImpossible && extentM > SMALL_M)
    throw new StarlingError('TRAJECTORY_UNIT_UNCLEAR', {
      path,
      reason: `in metres, ${describe(speedMps, extentM)}, which looks like centimetres`,
    });
  if ((speedMps ?? 0) <= FAST_MPS && extentM <= LARGE_M) return [];
  const message = `The file does not say its unit. In metres, ${describe(speedMps, extentM)}; if that is wrong, say --unit cm.`;
  return [{ code: 'UNIT_ASSUMED', message }];
};
