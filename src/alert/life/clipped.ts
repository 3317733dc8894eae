/** The longest texts that `contract/` lets through. */
export const TEXT_LIMITS = { message: 1000, event: 2000, note: 2000, by: 100 } as const;

/** A text that is not too long; what is left out shows. */
export const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
