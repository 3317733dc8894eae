/**
 * Holds counted crossings of gates against true ones.
 */
import type { Direction } from './crossing.ts';

/** Somebody crossed a gate. */
export interface GateEvent {
  readonly gate: string;
  readonly direction: Direction;
  readonly timeMs: number;
}

/** One gate and direction, held against the truth. */
export interface GateComparison {
  readonly gate: string;
  readonly direction: Direction;
  readonly truth: number;
  readonly measured: number;
  /** Crossings with a partner in the truth. */
  readonly matched: number;
  /** True crossings that were not measured. */
  readonly missed: number;
  /** Measured crossings that did not happen. */
  readonly extra: number;
}

/** How many of two ascending lists of times can be paired within a tolerance: earliest first is as many as any way. */
const pairs = (truth: readonly number[], measured: readonly number[], toleranceMs: number): number => {
  let i = 0;
  let j = 0;
  let matched = 0;
  while (i < truth.length && j < measured.length) {
    if (Math.abs(truth[i] - measured[j]) <= toleranceMs) {
      matched++;
      i++;
      j++;
    } else if (truth[i] < measured[j]) i++;
    else j++;
  }
  return matched;
};

const timesOf = (events: readonly GateEvent[], gate: string, direction: Direction): number[] =>
  events
    .filter((event) => event.gate === gate && event.direction === direction)
    .map(({ timeMs }) => timeMs)
    .toSorted((a, b) => a - b);

/**
 * Pairs measured crossings with true ones of the same gate and direction that happened within a tolerance, as many
 * as can be. The rest of the truth was missed, the rest of the measured is extra.
 *
 * @param toleranceS greatest difference in time of a pair, s
 * @returns a row for each gate and direction that occurs in either list, in and out in turn
 */
export const compareCrossings = (
  truth: readonly GateEvent[],
  measured: readonly GateEvent[],
  toleranceS: number,
): GateComparison[] => {
  const gates = [...new Set([...truth, ...measured].map(({ gate }) => gate))];
  return gates.flatMap((gate) =>
    (['in', 'out'] as const).map((direction) => {
      const there = timesOf(truth, gate, direction);
      const found = timesOf(measured, gate, direction);
      const matched = pairs(there, found, 1000 * toleranceS);
      return {
        gate,
        direction,
        truth: there.length,
        measured: found.length,
        matched,
        missed: there.length - matched,
        extra: found.length - matched,
      };
    }),
  );
};
