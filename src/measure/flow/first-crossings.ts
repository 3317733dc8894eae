/**
 * N–t: how many people crossed a gate so far, each of them counted once.
 */
import { grown } from '../track-slots.ts';
import { createLineCrossings, type LineCrossings } from './line-crossing.ts';
import type { Steps } from './steps.ts';

/** What crossed one gate in one frame, people. Overwritten by the next frame. */
export interface GateIncrement {
  /** People who crossed for the first time, by direction. */
  in: number;
  out: number;
  /** People who had crossed before and did again, by direction. Net: in + againIn − out − againOut. */
  againIn: number;
  againOut: number;
  /** N, people who have crossed so far, in and out together. */
  cumulative: number;
  /** The first crossings themselves. */
  first: LineCrossings;
}

/**
 * The cumulative number of people over a line, N(t), of which flow is the slope.
 *
 * Each person counts once, in the direction of their first crossing; who turns back does not count again, and not
 * backwards. A person is a track as `StepTracker` remembers it: one who was forgotten counts as new. It has to be
 * given every frame.
 *
 * @see JPSreport's Flow_NT; PedPy `compute_n_t`
 */
export class FirstCrossings {
  /** 1 for rows whose track has crossed. */
  #hasCrossed = new Float64Array(0);
  readonly #increment: GateIncrement = {
    in: 0,
    out: 0,
    againIn: 0,
    againOut: 0,
    cumulative: 0,
    first: createLineCrossings(16),
  };

  /** Takes the next frame; what comes back is overwritten by the next call. */
  update(steps: Steps, crossings: LineCrossings): GateIncrement {
    this.#remember(steps);
    const increment = this.#increment;
    increment.in = 0;
    increment.out = 0;
    increment.againIn = 0;
    increment.againOut = 0;
    increment.first.count = 0;
    for (let k = 0; k < crossings.count; k++) {
      const slot = steps.slot[crossings.place[k]];
      const isIn = crossings.direction[k] > 0;
      if (this.#hasCrossed[slot] === 1) increment[isIn ? 'againIn' : 'againOut']++;
      else {
        this.#hasCrossed[slot] = 1;
        increment[isIn ? 'in' : 'out']++;
        copyCrossing(crossings, k, increment.first);
      }
    }
    increment.cumulative += increment.in + increment.out;
    return increment;
  }

  /** Makes room for everybody; new tracks have no past. */
  #remember({ born, bornCount, slotCapacity, positions }: Steps): void {
    if (this.#hasCrossed.length < slotCapacity) this.#hasCrossed = grown(this.#hasCrossed, slotCapacity);
    for (let k = 0; k < bornCount; k++) this.#hasCrossed[born[k]] = 0;
    if (this.#increment.first.place.length < positions.count)
      this.#increment.first = createLineCrossings(2 * positions.count);
  }
}

const copyCrossing = (from: LineCrossings, k: number, to: LineCrossings): void => {
  const at = to.count++;
  to.place[at] = from.place[k];
  to.direction[at] = from.direction[k];
  to.share[at] = from.share[k];
};
