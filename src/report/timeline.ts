import { type FigureSlots, type Figures, type Halving, SLOTS, type Span } from './slots.ts';

const FIRST_SLOT_MS = 10;

/** Frames a gap must lack before it shows as one: a single dropped frame is not a gap. */
const GAP_FRAMES = 4;

/** A stretch of time; its figures are null where nothing is known. */
export interface Stretch extends Figures {
  readonly startMs: number;
  readonly endMs: number;
}

/** The slots into which a recording's time falls. When they are full each pair becomes one. */
export class Timeline {
  #slotMs = FIRST_SLOT_MS;
  #firstMs: number | null = null;
  #lastMs = 0;
  #frames = 0;
  readonly #kept: Halving[] = [];

  /** Keeps a record in step with the slots. */
  keep<Record extends Halving>(record: Record): Record {
    this.#kept.push(record);
    return record;
  }

  /** The slot of the next frame. Frames come in order of time; one that does not falls into the first slot at the earliest. */
  advance(timeMs: number): number {
    this.#firstMs ??= timeMs;
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    this.#frames++;
    while (timeMs - this.#firstMs >= this.#slotMs * SLOTS) this.#coarsen();
    return Math.max(0, Math.floor((timeMs - this.#firstMs) / this.#slotMs));
  }

  /** Mean time between measured frames, ms; null with fewer than two. Pauses count in. */
  get frameMs(): number | null {
    return this.#frames < 2 ? null : (this.#lastMs - (this.#firstMs ?? 0)) / (this.#frames - 1);
  }

  /**
   * Equal parts of the time so far.
   *
   * @param atMost  most parts that are wanted
   * @param leastMs shortest part that is wanted
   */
  parts(atMost: number, leastMs = 0): Span[] {
    const used = this.#used;
    const step = Math.max(
      1,
      Math.ceil(used / atMost),
      Math.ceil((this.frameMs ?? this.#slotMs) / this.#slotMs),
      Math.ceil(leastMs / this.#slotMs),
    );
    return Array.from({ length: Math.ceil(used / step) }, (_, i) => ({
      from: i * step,
      to: Math.min((i + 1) * step, used),
    }));
  }

  /** How long a span is, ms. */
  lengthMs({ from, to }: Span): number {
    return (to - from) * this.#slotMs;
  }

  /** A figure in at most so many equal stretches. Pauses longer than some frames are left unknown. */
  stretches(figures: FigureSlots, atMost: number): Stretch[] {
    const firstMs = this.#firstMs ?? 0;
    const gaps = this.#gaps(figures);
    const parts = this.parts(atMost);
    const stretches = parts.map((part) => ({
      startMs: firstMs + part.from * this.#slotMs,
      endMs: firstMs + part.to * this.#slotMs,
      ...figures.over(part),
    }));
    return bridge(stretches, (i) => gaps[parts[i].from] === 1);
  }

  get #used(): number {
    return this.#frames === 0 ? 0 : Math.floor((this.#lastMs - (this.#firstMs ?? 0)) / this.#slotMs) + 1;
  }

  /** Empty slots between frames are no gap; longer runs of them are. Returns 1 for each slot within a gap. */
  #gaps(figures: FigureSlots): Uint8Array {
    const longestPause = (GAP_FRAMES * (this.frameMs ?? this.#slotMs)) / this.#slotMs;
    const gaps = new Uint8Array(this.#used);
    for (let start = 0; start < gaps.length; ) {
      let end = start;
      while (end < gaps.length && figures.isEmpty(end)) end++;
      if (end - start > longestPause) gaps.fill(1, start, end);
      start = Math.max(end, start + 1);
    }
    return gaps;
  }

  #coarsen(): void {
    for (const record of this.#kept) record.halve();
    this.#slotMs *= 2;
  }
}

/** Gives an empty stretch outside any gap the figures of the one before it: between two frames a figure stands. */
const bridge = (stretches: Stretch[], isGap: (i: number) => boolean): Stretch[] => {
  for (let i = 1; i < stretches.length; i++) {
    if (stretches[i].mean !== null || isGap(i)) continue;
    stretches[i] = { ...stretches[i - 1], startMs: stretches[i].startMs, endMs: stretches[i].endMs };
  }
  return stretches;
};

/** Several stretches as one; what is known of less than half of them is not known. */
const joinStretches = (stretches: readonly Stretch[]): Stretch => {
  const [startMs, endMs] = [stretches[0]?.startMs ?? 0, stretches.at(-1)?.endMs ?? 0];
  let [known, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const stretch of stretches) {
    if (stretch.mean === null || stretch.min === null || stretch.max === null) continue;
    known++;
    sum += stretch.mean;
    min = Math.min(min, stretch.min);
    max = Math.max(max, stretch.max);
  }
  if (known === 0 || known < stretches.length / 2) return { startMs, endMs, mean: null, min: null, max: null };
  return { startMs, endMs, mean: sum / known, min, max };
};

/** The same time in at most so many stretches. */
export const coarser = (stretches: readonly Stretch[], atMost: number): Stretch[] => {
  const each = Math.max(1, Math.ceil(stretches.length / atMost));
  return Array.from({ length: Math.ceil(stretches.length / each) }, (_, i) =>
    joinStretches(stretches.slice(i * each, (i + 1) * each)),
  );
};
