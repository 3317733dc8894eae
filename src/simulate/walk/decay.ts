/**
 * e^x for x ≤ 0, within 0.4 % of one: (1 + x/256 + x²/(2·256²))^256, by squaring. The language does not say how its own
 * `Math.exp` rounds; this is the same on every machine.
 */
export const decay = (x: number): number => {
  if (x < -12) return 0;
  const step = x / 256;
  let power = 1 + step + (step * step) / 2;
  for (let i = 0; i < 8; i++) power *= power;
  return power;
};
