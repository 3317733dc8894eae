/**
 * Density and speed of each passage through the stretch behind a gate (method B).
 *
 * ```
 *     +-----------------+  the far line
 *     |     stretch     |  ^
 *     |                 |  | depth, to the left of a→b
 *     a ----- gate ---> b  |
 * ```
 */
import { type GateId, type Passage, type Point, StarlingError } from '../../contract/index.ts';
import { grown } from '../track-slots.ts';
import { GateLine } from './gate-line.ts';
import type { Steps } from './steps.ts';

/** A gate with the stretch behind it, and who is told. */
export interface PassingOptions {
  readonly gate: GateId;
  readonly a: Point;
  readonly b: Point;
  /** Depth of the stretch, m: to the left of a→b, to its right when negative. `stretchDepthM` finds it. */
  readonly depthM: number;
  /** Told of each passage when it is over. */
  readonly onPassage: (passage: Passage) => void;
}

/** How somebody came to be where they are. */
const OUTSIDE = 0;
const BY_GATE = 1;
const BY_FAR_LINE = 2;
const OTHERWISE = 3;

/**
 * Times everybody who walks through the stretch, from either end to the other:
 *
 *   speed = depth / (t_leave − t_enter),  density = mean over the frames inside of  N / A
 *
 * A passage is a run of frames, none missing, in which the person is strictly inside the stretch. It begins with a
 * step over one of its two lines and ends with a step over the other; t_enter is the first frame inside, t_leave the
 * first after it. Who turns back, comes in from the side, appears or disappears inside makes no passage. N counts
 * everybody strictly inside, A is the area of the stretch.
 *
 * Caveat: entering and leaving are known to a frame, so a speed v is known to v² / (depth · frame rate).
 *
 * It has to be given every frame. What it tells has no link to anybody.
 *
 * @throws MEASURE_BAD_WIDTH, MEASURE_BAD_AREA
 * @see JPSreport's method B (FDTinTout); PedPy `compute_passing_density`, `compute_passing_speed`
 */
export class PassingMeter {
  readonly #options: PassingOptions;
  readonly #gate: GateLine;
  readonly #farLine: GateLine;
  readonly #areaM2: number;
  /** Sum of the densities of all frames before this one, and their number. */
  #densitySum = 0;
  #frames = 0;
  /** By row: how the person came to be inside, when, and the two sums above as they were then. */
  #cameBy = new Float64Array(0);
  #enteredMs = new Float64Array(0);
  #sumBefore = new Float64Array(0);
  #framesBefore = new Float64Array(0);

  constructor(options: PassingOptions) {
    const { a, b, depthM } = options;
    this.#options = options;
    this.#gate = new GateLine(a, b);
    this.#areaM2 = this.#gate.lengthM * Math.abs(depthM);
    if (!(this.#areaM2 > 0)) throw new StarlingError('MEASURE_BAD_AREA', { areaM2: this.#areaM2 });
    this.#farLine = this.#gate.movedLeft(depthM);
  }

  /** Takes the steps of the next frame. */
  update(steps: Steps): void {
    this.#makeRoom(steps);
    const { positions, slot } = steps;
    let inside = 0;
    for (let i = 0; i < positions.count; i++) {
      if (slot[i] < 0) continue;
      const isInside = this.#holds(positions.x[i], positions.y[i]);
      if (isInside) inside++;
      this.#follow(steps, i, isInside);
    }
    this.#densitySum += inside / this.#areaM2;
    this.#frames++;
  }

  #holds(x: number, y: number): boolean {
    const { depthM } = this.#options;
    const along = this.#gate.alongM(x, y);
    const across = Math.sign(depthM) * this.#gate.acrossM(x, y);
    return along > 0 && along < this.#gate.lengthM && across > 0 && across < Math.abs(depthM);
  }

  #follow(steps: Steps, i: number, isInside: boolean): void {
    const slot = steps.slot[i];
    const wasInside = this.#cameBy[slot] !== OUTSIDE && steps.fromFrameBefore[i] === 1;
    if (isInside && !wasInside) this.#enter(steps, i);
    if (isInside) return;
    if (wasInside) this.#leave(steps, i);
    this.#cameBy[slot] = OUTSIDE;
  }

  #enter(steps: Steps, i: number): void {
    const slot = steps.slot[i];
    this.#cameBy[slot] = this.#lineCrossed(steps, i);
    this.#enteredMs[slot] = steps.positions.timeMs;
    this.#sumBefore[slot] = this.#densitySum;
    this.#framesBefore[slot] = this.#frames;
  }

  #leave(steps: Steps, i: number): void {
    const slot = steps.slot[i];
    const cameBy = this.#cameBy[slot];
    const wentBy = this.#lineCrossed(steps, i);
    if (!(cameBy === BY_GATE && wentBy === BY_FAR_LINE) && !(cameBy === BY_FAR_LINE && wentBy === BY_GATE)) return;
    const { gate, depthM, onPassage } = this.#options;
    const insideS = (steps.positions.timeMs - this.#enteredMs[slot]) / 1000;
    const frames = this.#frames - this.#framesBefore[slot];
    onPassage({
      gate,
      densityPerM2: (this.#densitySum - this.#sumBefore[slot]) / frames,
      speedMps: Math.abs(depthM) / insideS,
    });
  }

  /** Which of the two lines the step went over; one step in or out of the stretch goes over one at most. */
  #lineCrossed({ positions, fromX, fromY }: Steps, i: number): number {
    const { x, y } = positions;
    if (!Number.isNaN(this.#gate.crossedAt(fromX[i], fromY[i], x[i], y[i]))) return BY_GATE;
    if (!Number.isNaN(this.#farLine.crossedAt(fromX[i], fromY[i], x[i], y[i]))) return BY_FAR_LINE;
    return OTHERWISE;
  }

  /** Makes room for everybody. What a row held for another track is not read: no step leads from there. */
  #makeRoom({ slotCapacity }: Steps): void {
    if (this.#cameBy.length >= slotCapacity) return;
    this.#cameBy = grown(this.#cameBy, slotCapacity);
    this.#enteredMs = grown(this.#enteredMs, slotCapacity);
    this.#sumBefore = grown(this.#sumBefore, slotCapacity);
    this.#framesBefore = grown(this.#framesBefore, slotCapacity);
  }
}
