/**
 * How the people of one frame move. Every method that needs speeds takes them in this shape, whoever measured them:
 * a camera's trembling tracks (`FittedVelocity`) or a laboratory's trajectories (`CentralVelocity`).
 */

/** Motion of one frame's objects, in the order of its positions; NaN where unknown. */
export interface Motion {
  count: number;
  /** Speed, m/s, ≥ 0. */
  speedMps: Float64Array;
  /** Standard error of the speed, m/s. */
  standardErrorMps: Float64Array;
  /** Velocity, m/s. */
  velocityXMps: Float64Array;
  velocityYMps: Float64Array;
}

/** Motion of nobody, with room for `capacity`. */
export const createMotion = (capacity: number): Motion => ({
  count: 0,
  speedMps: new Float64Array(capacity),
  standardErrorMps: new Float64Array(capacity),
  velocityXMps: new Float64Array(capacity),
  velocityYMps: new Float64Array(capacity),
});
