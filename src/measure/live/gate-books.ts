/**
 * Crossings of every gate, booked in the second in which each became sure.
 */
import {
  type FootPoints,
  type GateObservation,
  OBJECT_CLASSES,
  type ObjectClass,
  type Positions,
} from '../../contract/index.ts';
import { CrossingCounter, type Direction } from '../flow/crossing.ts';
import type { PlannedGate } from '../places/planned.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { GateTally } from '../window/gate-tally.ts';

/** How much is known of a second. */
export interface Looked {
  /** Whether any of it was seen on the picture, and in metres. */
  readonly onPicture: boolean;
  readonly onGround: boolean;
  /** Whether lengths on the ground can be told. */
  readonly inMetres: boolean;
}

const MINUTE_MS = 60_000;

const NO_ERRORS = { variance: 0, systematicError: 0 };

const DIRECTIONS = ['in', 'out'] as const satisfies readonly Direction[];

/** A number for each direction and class. */
const byClass = (): Readonly<Record<Direction, Float64Array>> => ({
  in: new Float64Array(OBJECT_CLASSES.length),
  out: new Float64Array(OBJECT_CLASSES.length),
});

/** One gate. */
class GateBook {
  readonly plan: PlannedGate;
  readonly counter: CrossingCounter;
  readonly #detection: DetectionError;
  readonly #sigmas: number | undefined;
  /** Not told yet. */
  readonly #crossed = byClass();
  readonly #unresolved = byClass();
  /** What was told of the minute at hand, and its errors. */
  #minute = new GateTally();
  #minuteIndex = Number.NaN;
  #variance = 0;
  #systematicError = 0;

  constructor(plan: PlannedGate, detection: DetectionError, sigmas: number | undefined) {
    this.plan = plan;
    this.#detection = detection;
    this.#sigmas = sigmas;
    // A class that nobody knows has no column, and is in no count.
    this.counter = new CrossingCounter(plan, {
      crossed: ({ direction, classIndex }) => this.#crossed[direction][classIndex]++,
      unresolved: (direction, classIndex) => this.#unresolved[direction][classIndex]++,
    });
  }

  close(startMs: number, looked: Looked): GateObservation {
    const { id, plane, seenShare, widthM } = this.plan;
    const wasSeen = seenShare > 0 && (plane === 'image' ? looked.onPicture : looked.onGround);
    // Who crossed before the camera went blind may be sure only now.
    const isKnown = wasSeen || this.#somebodyCrossed();
    return {
      gate: id,
      seenShare,
      widthM: looked.inMetres && widthM !== null && widthM > 0 ? widthM : null,
      ...(isKnown ? this.#takeErrors(startMs) : NO_ERRORS),
      counts: isKnown ? this.#takeCounts() : null,
    };
  }

  #somebodyCrossed(): boolean {
    return DIRECTIONS.some((direction) => this.#crossed[direction].some((count) => count > 0));
  }

  /**
   * By how much this second adds to the errors of its minute. Added up over a minute of UTC they are what a tally of
   * the whole minute has: with nobody seen there still is an error, so that those of seconds for themselves would not
   * add up to it.
   */
  #takeErrors(startMs: number): Pick<GateObservation, 'variance' | 'systematicError'> {
    const index = Math.floor(startMs / MINUTE_MS);
    if (index !== this.#minuteIndex) {
      this.#minuteIndex = index;
      this.#minute = new GateTally(this.#sigmas);
      this.#variance = 0;
      this.#systematicError = 0;
    }
    for (const direction of DIRECTIONS) this.#bookMinute(direction);
    const [variance, systematicError] = [this.#variance, this.#systematicError];
    const { random, systematic } = this.#minute.peopleErrors(this.#detection);
    this.#variance = random ** 2;
    this.#systematicError = systematic;
    return {
      variance: Math.max(0, this.#variance - variance),
      systematicError: Math.max(0, systematic - systematicError),
    };
  }

  #bookMinute(direction: Direction): void {
    const unresolved = this.#unresolved[direction];
    for (let index = 0; index < OBJECT_CLASSES.length; index++) {
      for (let n = this.#crossed[direction][index]; n > 0; n--) this.#minute.add(direction, index);
      for (let n = unresolved[index]; n > 0; n--) this.#minute.addUnresolved(direction, index);
    }
    unresolved.fill(0);
  }

  #takeCounts(): NonNullable<GateObservation['counts']> {
    const { in: into, out } = this.#crossed;
    const counts: { [Name in ObjectClass]?: { in: number; out: number } } = {};
    for (const [index, name] of OBJECT_CLASSES.entries()) {
      if (into[index] + out[index] > 0) counts[name] = { in: into[index], out: out[index] };
    }
    into.fill(0);
    out.fill(0);
    return counts;
  }
}

/** Counts at all gates of a camera. */
export class GateBooks {
  readonly #books: readonly GateBook[];

  /**
   * @param sigmas how many standard errors beyond the line a point has to be to be believed there; infinity for
   *   positions that are taken at their word
   */
  constructor(gates: readonly PlannedGate[], detection: DetectionError, sigmas?: number) {
    this.#books = gates.map((gate) => new GateBook(gate, detection, sigmas));
  }

  /** Takes one frame; null is not known. */
  update(footPoints: FootPoints | null, positions: Positions | null): void {
    for (const { plan, counter } of this.#books) {
      const points = plan.plane === 'image' ? footPoints : positions;
      if (plan.seenShare > 0 && points !== null) counter.update(points);
    }
  }

  /** Tracks end here, at the gates of one plane or of all. */
  interrupt(plane?: PlannedGate['plane']): void {
    for (const { plan, counter } of this.#books) if (plane === undefined || plan.plane === plane) counter.finish();
  }

  /** Tells of one second. */
  close(startMs: number, looked: Looked): GateObservation[] {
    return this.#books.map((book) => book.close(startMs, looked));
  }
}
