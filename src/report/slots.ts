/** Figures over time in bounded memory: a fixed number of slots, each of which comes to stand for more and more time. */

/** Slots of a history: enough for a chart, few enough to keep many of them for ever. */
export const SLOTS = 2048;

/** Slots `from` to `to` (exclusive). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What can be made to stand for twice the time. */
export interface Halving {
  /** Puts slots 2i and 2i+1 together into slot i. */
  halve(): void;
}

/** A figure over a stretch of time; null where it is not known. */
export interface Figures {
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** Mean, least and most of one figure per slot: no peak is ever lost, only its exact moment. */
export class FigureSlots implements Halving {
  readonly #frames = new Float64Array(SLOTS);
  readonly #sum = new Float64Array(SLOTS);
  readonly #min = new Float64Array(SLOTS).fill(Number.POSITIVE_INFINITY);
  readonly #max = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

  /** Takes in the figure of a frame. */
  add(slot: number, value: number): void {
    this.#frames[slot] += 1;
    this.#sum[slot] += value;
    this.#min[slot] = Math.min(this.#min[slot], value);
    this.#max[slot] = Math.max(this.#max[slot], value);
  }

  halve(): void {
    for (let i = 0; i < SLOTS / 2; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      this.#frames[i] = this.#frames[a] + this.#frames[b];
      this.#sum[i] = this.#sum[a] + this.#sum[b];
      this.#min[i] = Math.min(this.#min[a], this.#min[b]);
      this.#max[i] = Math.max(this.#max[a], this.#max[b]);
    }
    this.#frames.fill(0, SLOTS / 2);
    this.#sum.fill(0, SLOTS / 2);
    this.#min.fill(Number.POSITIVE_INFINITY, SLOTS / 2);
    this.#max.fill(Number.NEGATIVE_INFINITY, SLOTS / 2);
  }

  /** Whether no frame fell into the slot. */
  isEmpty(slot: number): boolean {
    return this.#frames[slot] === 0;
  }

  /** Several slots as one. */
  over({ from, to }: Span): Figures {
    let [frames, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = from; i < to; i++) {
      frames += this.#frames[i];
      sum += this.#sum[i];
      min = Math.min(min, this.#min[i]);
      max = Math.max(max, this.#max[i]);
    }
    return frames === 0 ? { mean: null, min: null, max: null } : { mean: sum / frames, min, max };
  }
}

/** State of a stream of people over a stretch of time. */
export interface FlowState {
  readonly densityPerM2: number;
  /** Flow over density, as Edie has it, m/s. */
  readonly speedMps: number;
  /** Mean of density times speed, people/(m·s). */
  readonly flowPerMS: number;
}

/** Density and flow per slot, of the frames in which both density and speed are known. */
export class FlowSlots implements Halving {
  readonly #frames = new Float64Array(SLOTS);
  readonly #density = new Float64Array(SLOTS);
  readonly #flow = new Float64Array(SLOTS);

  /** Takes in the state of a frame. */
  add(slot: number, densityPerM2: number, speedMps: number): void {
    this.#frames[slot] += 1;
    this.#density[slot] += densityPerM2;
    this.#flow[slot] += densityPerM2 * speedMps;
  }

  halve(): void {
    for (const column of [this.#frames, this.#density, this.#flow]) {
      for (let i = 0; i < SLOTS / 2; i++) column[i] = column[2 * i] + column[2 * i + 1];
      column.fill(0, SLOTS / 2);
    }
  }

  /** Several slots as one; null when nobody was there. */
  over({ from, to }: Span): FlowState | null {
    let [frames, density, flow] = [0, 0, 0];
    for (let i = from; i < to; i++) {
      frames += this.#frames[i];
      density += this.#density[i];
      flow += this.#flow[i];
    }
    if (!(density > 0)) return null;
    return { densityPerM2: density / frames, speedMps: flow / density, flowPerMS: flow / frames };
  }
}
