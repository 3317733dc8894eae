const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time as people write it, to the second, in its two greatest units. @example '12 h', '1 min 30 s', '0 s' */
export const durationInWords = (durationMs: number): string => {
  if (durationMs === Number.POSITIVE_INFINITY) return 'ever';
  let leftS = Math.round(durationMs / 1000);
  const parts = UNITS.flatMap(([unit, unitMs]) => {
    const amount = Math.floor((leftS * 1000) / unitMs);
    leftS -= (amount * unitMs) / 1000;
    return amount > 0 ? [`${amount} ${unit}`] : [];
  });
  return parts.slice(0, 2).join(' ') || '0 s';
};
