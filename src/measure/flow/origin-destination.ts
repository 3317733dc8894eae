/**
 * Origin–destination counts between the gates of one view: how many people went from which gate to which.
 *
 * It counts, and that is all. Of a track it knows which gate it crossed last, for as long as the track lives in this
 * view; no time, no way, no chain of gates. What comes out are numbers of people by pair of gates. A pair that few
 * people took is for the caller to leave out.
 */
import type { GateId } from '../../contract/index.ts';
import { grown } from '../track-slots.ts';
import type { LineCrossings } from './line-crossing.ts';
import type { Steps } from './steps.ts';

/** How many people crossed one gate and then, next, another. */
export interface OriginDestinationCount {
  readonly from: GateId;
  readonly to: GateId;
  readonly people: number;
}

const NO_GATE = -1;

/**
 * Counts who crossed gate A and then, as the next different gate, gate B, either way over each.
 *
 *   A A B C  counts  A→B, B→C
 *
 * Who crosses the same gate again goes nowhere. It has to be given every frame. A track that is lost and found again
 * under another number counts as two people, neither of whom went anywhere.
 */
export class OriginDestination {
  readonly #gates: readonly GateId[];
  readonly #people: Float64Array;
  /** Index of the gate that was crossed last, by row. */
  #lastGate = new Float64Array(0);
  /** Crossings of this frame, in the order in which they happened. */
  #eventSlot = new Float64Array(16);
  #eventGate = new Float64Array(16);
  #eventMs = new Float64Array(16);
  #events = 0;

  constructor(gates: readonly GateId[]) {
    this.#gates = gates;
    this.#people = new Float64Array(gates.length ** 2);
  }

  /**
   * Takes the next frame.
   *
   * @param crossings of every gate, in the order of the gates
   */
  update(steps: Steps, crossings: readonly LineCrossings[]): void {
    this.follow(steps);
    this.#events = 0;
    for (const [gate, found] of crossings.entries()) {
      for (let k = 0; k < found.count; k++) {
        const place = found.place[k];
        this.#queue(steps.slot[place], gate, (found.share[k] - 1) * steps.durationMs[place]);
      }
    }
    for (let k = 0; k < this.#events; k++) this.cross(this.#eventSlot[k], this.#eventGate[k]);
  }

  /** Puts a crossing where it belongs in time: one step may go over two gates. */
  #queue(slot: number, gate: number, atMs: number): void {
    if (this.#events === this.#eventMs.length) {
      this.#eventSlot = grown(this.#eventSlot, 2 * this.#events);
      this.#eventGate = grown(this.#eventGate, 2 * this.#events);
      this.#eventMs = grown(this.#eventMs, 2 * this.#events);
    }
    let k = this.#events++;
    for (; k > 0 && this.#eventMs[k - 1] > atMs; k--) {
      this.#eventSlot[k] = this.#eventSlot[k - 1];
      this.#eventGate[k] = this.#eventGate[k - 1];
      this.#eventMs[k] = this.#eventMs[k - 1];
    }
    this.#eventSlot[k] = slot;
    this.#eventGate[k] = gate;
    this.#eventMs[k] = atMs;
  }

  /** Takes the next frame, of which the crossings are told one by one with {@link cross}. */
  follow({ slotCapacity, born, bornCount }: Steps): void {
    if (this.#lastGate.length < slotCapacity) this.#lastGate = grown(this.#lastGate, slotCapacity);
    for (let k = 0; k < bornCount; k++) this.#lastGate[born[k]] = NO_GATE;
  }

  /** Takes one crossing: the row of the person's track, and the gate by its place in the order of the gates. */
  cross(slot: number, gate: number): void {
    const from = this.#lastGate[slot];
    if (from !== NO_GATE && from !== gate) this.#people[from * this.#gates.length + gate]++;
    this.#lastGate[slot] = gate;
  }

  /** People so far by pair of gates, in the order of the gates; pairs that nobody took are left out. */
  counts(): OriginDestinationCount[] {
    return this.#gates.flatMap((from, i) =>
      this.#gates.flatMap((to, j) => {
        const people = this.#people[i * this.#gates.length + j];
        return people > 0 ? [{ from, to, people }] : [];
      }),
    );
  }
}
