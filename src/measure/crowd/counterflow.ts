/**
 * Counterflow: whether the people of a zone walk one way or against each other.
 */
import type { Motion } from '../speed/motion.ts';

/** Who is slower stands, and goes no way, m/s. A choice: slower than people shuffle in a dense, moving crowd. */
const STANDING_MPS = 0.2;

/** The people of a zone who walk, at one frame. */
export interface Walkers {
  walking: number;
  /** Length of the sum of their directions, 0 to `walking`. */
  alike: number;
}

/**
 * Who walks in a zone, and how much alike.
 *
 * @param inside 1 for each person who is in the zone, in the order of `motion`
 * @param out    where to write the result
 */
export const measureWalkers = (motion: Motion, inside: Uint8Array, out: Walkers): void => {
  out.walking = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < motion.count; i++) {
    if (inside[i] !== 1) continue;
    const x = motion.velocityXMps[i];
    const y = motion.velocityYMps[i];
    const speed = Math.sqrt(x * x + y * y);
    // NaN is not faster either.
    if (!(speed >= STANDING_MPS && speed < Number.POSITIVE_INFINITY)) continue;
    out.walking++;
    sumX += x / speed;
    sumY += y / speed;
  }
  out.alike = Math.sqrt(sumX * sumX + sumY * sumY);
};

/** The index of so many; null when nobody walks. No sum of directions is longer than their number, rounding aside. */
export const counterflowOf = ({ walking, alike }: Walkers): number | null =>
  walking === 0 ? null : Math.max(0, 1 - alike / walking);

/**
 * Counterflow index of a zone over a window. With the direction û = v/|v| of each of the n people who walk at a frame:
 *
 *   I = 1 − Σ over frames |Σ û| ÷ Σ over frames n
 *
 * 0 when at every moment all go one way, whichever. When a share p goes the opposite way of the rest, I = 2p for
 * p ≤ 1/2: 1 when as many go one way as the other. It is 1 minus the polarisation of Vicsek, averaged over the people.
 * Directions are compared within a frame, so that a corridor walked one way now and the other way later has none.
 *
 * Streams that cross at a right angle have I = 1 − √2/2 = 0.29 when they are alike, less when they are not; people
 * who walk every way at once come near 1. Who stands (below 0.2 m/s) and whose velocity is unknown are left out; with
 * nobody who walks, it is unknown.
 *
 * Caveats: a single stream that turns round a corner within the zone reads as some counterflow; so draw zones along
 * straight ways. A handful of people who stroll about read high; it says nothing of how many they are.
 *
 * @see Vicsek, Czirók, Ben-Jacob, Cohen & Shochet, Phys. Rev. Lett. 75 (1995) 1226, equation 3 (polarisation)
 */
export class CounterflowIndex {
  readonly #sum: Walkers = { walking: 0, alike: 0 };
  readonly #frame: Walkers = { walking: 0, alike: 0 };

  /**
   * Takes one frame.
   *
   * @param inside 1 for each person who is in the zone, in the order of `motion`
   */
  add(motion: Motion, inside: Uint8Array): void {
    measureWalkers(motion, inside, this.#frame);
    this.#sum.walking += this.#frame.walking;
    this.#sum.alike += this.#frame.alike;
  }

  /** The index, 0 to 1; null when nobody walked. */
  get value(): number | null {
    return counterflowOf(this.#sum);
  }
}
