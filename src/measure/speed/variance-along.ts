/**
 * Variance of a position or a displacement along a direction, from its covariance, m²; in the direction in which it
 * is known worst where (dx, dy) is no direction.
 */
export const varianceAlong = (dx: number, dy: number, xx: number, xy: number, yy: number): number => {
  const square = dx * dx + dy * dy;
  if (square > 0) return Math.max(0, (dx * dx * xx + 2 * dx * dy * xy + dy * dy * yy) / square);
  const half = (xx - yy) / 2;
  return (xx + yy) / 2 + Math.sqrt(half * half + xy * xy);
};
