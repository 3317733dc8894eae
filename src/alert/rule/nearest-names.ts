/** Names are no longer; a longer word is nobody's misspelt name. */
const MOST_LETTERS = 64;
/** Nobody makes more slips in one name. */
const MOST_SLIPS = 4;
const FAR = MOST_SLIPS + 1;
const MOST_NAMES = 3;

/** Three rows of the table of distances, used again and again: nothing is made anew for each of a thousand names. */
let row = new Uint8Array(MOST_LETTERS + 1);
let rowBefore = new Uint8Array(MOST_LETTERS + 1);
let rowTwoBefore = new Uint8Array(MOST_LETTERS + 1);

/**
 * Letters to add, leave out, change, or swap with their neighbour to make one word of the other; where they are more
 * than four, any number above that. Only four from the diagonal of the table is worked out: all else is too far.
 *
 * @see Damerau 1964; each letter is touched once (optimal string alignment)
 */
const slipsBetween = (a: string, b: string): number => {
  for (let j = 0; j <= b.length; j++) row[j] = Math.min(j, FAR);
  for (let i = 1; i <= a.length; i++) {
    [rowTwoBefore, rowBefore, row] = [rowBefore, row, rowTwoBefore];
    row.fill(FAR);
    row[0] = Math.min(i, FAR);
    for (let j = Math.max(1, i - MOST_SLIPS); j <= Math.min(b.length, i + MOST_SLIPS); j++) {
      const change = rowBefore[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? rowTwoBefore[j - 2] + 1 : FAR;
      row[j] = Math.min(change, swap, row[j - 1] + 1, rowBefore[j] + 1, FAR);
    }
  }
  return row[b.length];
};

/**
 * Names that a mistyped one may have been meant for, the nearest first: at most a third of the letters are wrong, and no
 * more than four. A case that is wrong is no slip.
 */
export const nearestNames = (typed: string, names: readonly string[]): readonly string[] => {
  if (typed.length > MOST_LETTERS) return [];
  const wanted = typed.toLowerCase();
  const near: { readonly name: string; readonly slips: number }[] = [];
  for (const name of new Set(names)) {
    if (name.length > MOST_LETTERS) continue;
    const most = Math.min(MOST_SLIPS, Math.floor(Math.max(name.length, wanted.length) / 3));
    if (Math.abs(name.length - wanted.length) > most) continue;
    const slips = slipsBetween(wanted, name.toLowerCase());
    if (slips <= most) near.push({ name, slips });
  }
  return near
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
};
