/**
 * Texts of a site with a `${NAME}` in them. Whoever changes a site over the API may keep or drop one, and not write a new one:
 * it would send whatever stands behind the name, from the secrets file or the environment, wherever they like.
 */

const textsWithBlanks = (written: unknown): string[] => {
  if (typeof written === 'string') return written.includes('${') ? [written] : [];
  if (typeof written !== 'object' || written === null) return [];
  return Object.values(written).flatMap(textsWithBlanks);
};

/** The first text with a `${NAME}` that was not there before; null when there is none. */
export const newBlank = (before: unknown, after: unknown): string | null => {
  const known = new Set(textsWithBlanks(before));
  return textsWithBlanks(after).find((text) => !known.has(text)) ?? null;
};
