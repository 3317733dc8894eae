/** A stretch of time, ms. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** Observations whose ends meet to within this have no gap, ms. */
export const MEETS_MS = 1;

/** Of a row of which only the length of its observations is known, what is missing counts when it is longer, ms. */
export const LEAST_MISSING_MS = 1000;

/** Takes stretches in the order in which they begin, and keeps the gaps between them. */
export class Cover {
  /** Where the first begins; NaN when there was none. */
  firstMs = Number.NaN;
  /** Up to where all is covered, but for the gaps. */
  untilMs = Number.NEGATIVE_INFINITY;
  readonly gaps: Stretch[] = [];

  add({ startMs, endMs }: Stretch): void {
    if (Number.isNaN(this.firstMs)) this.firstMs = startMs;
    else if (startMs > this.untilMs + MEETS_MS) this.gaps.push({ startMs: this.untilMs, endMs: startMs });
    this.untilMs = Math.max(this.untilMs, endMs);
  }
}

/**
 * Where the observations of a row are taken to lie when only their length is known: on from what is covered before the
 * row, or with a gap just before it at its end, so that two gaps in neighbouring rows are one.
 *
 * What is covered before may reach into the row: an observation that begins in one may end in the next.
 *
 * @param untilMs   up to where all is covered before the row
 * @param coveredMs how long the row's observations are together
 */
export const stretchIn = ({ startMs, endMs }: Stretch, untilMs: number, coveredMs: number): Stretch => {
  const isWhole = (fromMs: number): boolean => fromMs + coveredMs >= endMs - LEAST_MISSING_MS;
  if (untilMs < startMs - LEAST_MISSING_MS)
    return { startMs: isWhole(startMs) ? startMs : endMs - coveredMs, endMs: Math.max(endMs, startMs + coveredMs) };
  const fromMs = Math.max(startMs, untilMs);
  const untilInMs = fromMs + coveredMs;
  return { startMs: Math.min(startMs, untilMs), endMs: isWhole(fromMs) ? Math.max(endMs, untilInMs) : untilInMs };
};
