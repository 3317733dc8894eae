/**
 * One gate and the people of a trajectory file: who crossed it first, how flow went, how passages were.
 */
import { type FlowWindow, type GateId, PERSON_CLASS_INDEX, type Passage, type Point } from '../../contract/index.ts';
import { FirstCrossings, type GateIncrement } from '../flow/first-crossings.ts';
import { FlowWindows } from '../flow/flow-windows.ts';
import { crossingTimeMs, LineCrossingFinder, type LineCrossings } from '../flow/line-crossing.ts';
import { PassingMeter } from '../flow/passing.ts';
import type { Steps } from '../flow/steps.ts';
import type { Motion } from '../speed/motion.ts';
import type { Ledger } from '../window/ledger.ts';

/** A gate, how it is measured, and who is told. */
export interface GateMeterOptions {
  readonly gate: GateId;
  readonly a: Point;
  readonly b: Point;
  /** Depth of the stretch behind it, m: to the left of a→b, to its right when negative. */
  readonly depthM: number;
  readonly flowFrames: number;
  readonly frameRate: number;
  readonly onPassage: (passage: Passage) => void;
  readonly onFlowWindow: (window: FlowWindow) => void;
}

/** Follows one gate. */
export class GateMeter {
  readonly gate: GateId;
  readonly #finder: LineCrossingFinder;
  readonly #first = new FirstCrossings();
  readonly #flow: FlowWindows;
  readonly #passing: PassingMeter;

  /** @throws MEASURE_BAD_WIDTH, MEASURE_BAD_AREA, MEASURE_BAD_WINDOW */
  constructor(options: GateMeterOptions) {
    const { gate, a, b, depthM, flowFrames, frameRate, onPassage, onFlowWindow } = options;
    this.gate = gate;
    this.#finder = new LineCrossingFinder(a, b);
    this.#flow = new FlowWindows({ gate, frames: flowFrames, frameRate, onWindow: onFlowWindow });
    this.#passing = new PassingMeter({ gate, a, b, depthM, onPassage });
  }

  /**
   * Takes one frame. First crossings are booked; who crosses again is not counted again.
   *
   * @param index of the gate in the ledger
   * @returns all crossings of the frame, first or not, and how many were first; the next frame overwrites both
   */
  measure(
    steps: Steps,
    { speedMps }: Motion,
    ledger: Ledger,
    index: number,
  ): { crossings: LineCrossings; increment: GateIncrement } {
    const crossings = this.#finder.update(steps);
    const increment = this.#first.update(steps, crossings);
    const { first } = increment;
    for (let k = 0; k < first.count; k++) {
      const direction = first.direction[k] > 0 ? 'in' : 'out';
      ledger.addCrossing(index, direction, PERSON_CLASS_INDEX, crossingTimeMs(steps, first, k));
    }
    this.#flow.update(steps.positions.frame, first, speedMps);
    this.#passing.update(steps);
    return { crossings, increment };
  }
}
