/**
 * Max-min fair rates: everybody has what they ask for or the same level, whichever is less, and the level is as high
 * as the capacity allows. Nobody has more than another who asked for as much, and nobody has more than the level
 * before all others have it.
 *
 *   Σ min(askedᵢ, level) = capacity
 *
 * @param askedPerS  what each asks for, 1/s (> 0)
 * @param capacityPerS what there is for all, 1/s
 * @returns the level, 1/s; infinite when all can have what they ask for
 * @see Bertsekas and Gallager, Data Networks, 2nd ed., section 6.5.2 (max-min flow control)
 */
export const fairLevel = (askedPerS: readonly number[], capacityPerS: number): number => {
  const asked = askedPerS.toSorted((a, b) => a - b);
  let left = Math.max(0, capacityPerS);
  for (const [i, rate] of asked.entries()) {
    const share = left / (asked.length - i);
    if (rate > share) return share;
    left -= rate;
  }
  return Number.POSITIVE_INFINITY;
};
