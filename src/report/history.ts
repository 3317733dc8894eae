import type { FrameMeasurement, ZoneId } from '../contract/index.ts';

/** Slots of a history: enough for a chart, few enough to keep one per zone for ever. */
const SLOTS = 2048;
const FIRST_SLOT_MS = 10;

/** Frames a gap must lack before it shows as one: a single dropped frame is not a gap. */
const GAP_FRAMES = 4;

/** A stretch of time; null where nothing was measured. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** How many people were in one zone, over time. */
export interface OccupancyHistory {
  readonly zone: ZoneId;
  readonly stretches: readonly Stretch[];
}

interface Slots {
  readonly frames: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

const createSlots = (): Slots => ({
  frames: new Float64Array(SLOTS),
  sum: new Float64Array(SLOTS),
  min: new Float64Array(SLOTS).fill(Number.POSITIVE_INFINITY),
  max: new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY),
});

const addTo = (slots: Slots, i: number, value: number): void => {
  slots.frames[i] += 1;
  slots.sum[i] += value;
  slots.min[i] = Math.min(slots.min[i], value);
  slots.max[i] = Math.max(slots.max[i], value);
};

/** Puts slots 2i and 2i+1 together into slot i, so that each stands for twice the time. */
const halve = ({ frames, sum, min, max }: Slots): void => {
  for (let i = 0; i < SLOTS / 2; i++) {
    frames[i] = frames[2 * i] + frames[2 * i + 1];
    sum[i] = sum[2 * i] + sum[2 * i + 1];
    min[i] = Math.min(min[2 * i], min[2 * i + 1]);
    max[i] = Math.max(max[2 * i], max[2 * i + 1]);
  }
  frames.fill(0, SLOTS / 2);
  sum.fill(0, SLOTS / 2);
  min.fill(Number.POSITIVE_INFINITY, SLOTS / 2);
  max.fill(Number.NEGATIVE_INFINITY, SLOTS / 2);
};

/** Empty slots between frames are no gap; longer runs of them are. Returns 1 for each slot within a gap. */
const findGaps = ({ frames }: Slots, used: number, longestPause: number): Uint8Array => {
  const gaps = new Uint8Array(used);
  for (let start = 0; start < used; ) {
    let end = start;
    while (end < used && frames[end] === 0) end++;
    if (end - start > longestPause) gaps.fill(1, start, end);
    start = Math.max(end, start + 1);
  }
  return gaps;
};

interface Range {
  readonly from: number;
  readonly to: number;
}

const stretchOf = (slots: Slots, { from, to }: Range): Omit<Stretch, 'startMs' | 'endMs'> => {
  let [frames, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = from; i < to; i++) {
    frames += slots.frames[i];
    sum += slots.sum[i];
    min = Math.min(min, slots.min[i]);
    max = Math.max(max, slots.max[i]);
  }
  return frames === 0 ? { mean: null, min: null, max: null } : { mean: sum / frames, min, max };
};

/**
 * Remembers how many people were in each zone, in bounded memory however long the recording: mean, least and most per
 * slot of time. When the slots are full each pair becomes one, so no peak is ever lost, only its exact moment.
 */
export class HistoryRecorder {
  #slotMs = FIRST_SLOT_MS;
  #firstMs: number | null = null;
  #lastMs = 0;
  #frames = 0;
  readonly #zones = new Map<ZoneId, Slots>();

  /** Takes in a frame; keeps nothing of the object. Frames come in order of time. */
  add({ timeMs, zones }: FrameMeasurement): void {
    this.#firstMs ??= timeMs;
    this.#lastMs = timeMs;
    this.#frames++;
    while (timeMs - this.#firstMs >= this.#slotMs * SLOTS) this.#coarsen();
    const slot = Math.max(0, Math.floor((timeMs - this.#firstMs) / this.#slotMs));
    for (const { zone, occupancy } of zones) if (occupancy !== null) addTo(this.#slotsOf(zone), slot, occupancy);
  }

  /** Mean time between measured frames, ms; null with fewer than two. Pauses count in. */
  get frameMs(): number | null {
    return this.#frames < 2 ? null : (this.#lastMs - (this.#firstMs ?? 0)) / (this.#frames - 1);
  }

  /**
   * What was remembered, in stretches of equal length.
   *
   * @param atMost most stretches that are wanted per zone
   */
  histories(atMost: number): OccupancyHistory[] {
    return [...this.#zones].map(([zone, slots]) => ({ zone, stretches: this.#stretches(slots, atMost) }));
  }

  #stretches(slots: Slots, atMost: number): Stretch[] {
    const firstMs = this.#firstMs ?? 0;
    const frameMs = this.frameMs ?? this.#slotMs;
    const used = Math.floor((this.#lastMs - firstMs) / this.#slotMs) + 1;
    const gaps = findGaps(slots, used, (GAP_FRAMES * frameMs) / this.#slotMs);
    const step = Math.max(Math.ceil(used / atMost), Math.ceil(frameMs / this.#slotMs));
    const stretches: Stretch[] = [];
    for (let from = 0; from < used; from += step) {
      const to = Math.min(from + step, used);
      const startMs = firstMs + from * this.#slotMs;
      stretches.push({ startMs, endMs: firstMs + to * this.#slotMs, ...stretchOf(slots, { from, to }) });
    }
    return bridge(stretches, gaps, step);
  }

  #slotsOf(zone: ZoneId): Slots {
    const slots = this.#zones.get(zone) ?? createSlots();
    this.#zones.set(zone, slots);
    return slots;
  }

  #coarsen(): void {
    for (const slots of this.#zones.values()) halve(slots);
    this.#slotMs *= 2;
  }
}

/** Gives an empty stretch outside any gap the figures of the one before it: between two frames the count stands. */
const bridge = (stretches: Stretch[], gaps: Uint8Array, step: number): Stretch[] => {
  for (let i = 1; i < stretches.length; i++) {
    if (stretches[i].mean !== null || gaps[i * step] === 1) continue;
    stretches[i] = { ...stretches[i - 1], startMs: stretches[i].startMs, endMs: stretches[i].endMs };
  }
  return stretches;
};
