/** Letters to add, leave out or change to make one word of the other (Levenshtein 1966). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (a[i] === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
};

/** Of some names the one that a mistyped one is nearest to; of equals the first. */
export const nearestName = (typed: string, names: readonly string[]): string => {
  const distances = names.map((name) => editDistance(typed.toLowerCase().slice(0, 40), name));
  return names[distances.indexOf(Math.min(...distances))];
};
