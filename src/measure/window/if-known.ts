/** Nothing for an unknown figure: in the summary it has no key. */
export const ifKnown = <Part extends object>(
  value: number | null | undefined,
  part: (value: number) => Part,
): Partial<Part> => (value === null || value === undefined ? {} : part(value));
