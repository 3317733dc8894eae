/**
 * Counts who crosses a gate: a directed line a→b, on the picture or on the ground.
 *
 * ```
 *          b                a crossing from the right-hand side of the arrow
 *   left   ^   right        to its left-hand side, as seen drawn, counts "in"
 *     <----|----  in
 *     -----|--->  out
 *          a
 * ```
 *
 * A foot point trembles, so a side is believed only when the point is beyond k standard errors of it in two frames
 * running, or beyond 2k in one. Between the two sides nothing is decided; a crossing is counted when the point is
 * firmly on the other side of where it was firmly before, at the time and the place where it last passed the line,
 * interpolated between frames. The place must lie between a and b, give or take one standard error of the point.
 *
 * The table of cases is in `crossing.test.ts`. What it cannot know: somebody whose track begins on the line, ends on
 * it, or is handed to another track there. The first two are noticed and widen the standard error.
 */
import type { PlanarPoints, Point } from '../../contract/index.ts';
import { normalTail } from '../statistics/series.ts';
import { TrackSlots } from '../track-slots.ts';

/** Which way a gate was crossed. */
export type Direction = 'in' | 'out';

/** One passage through a gate. */
export interface Crossing {
  readonly direction: Direction;
  /** When the foot point passed the line, interpolated, ms. */
  readonly timeMs: number;
  /** Where, as a share of the way from a to b. */
  readonly along: number;
  /** Index into `OBJECT_CLASSES`. */
  readonly classIndex: number;
}

/** Where a gate is and how sure it wants to be. */
export interface CrossingOptions {
  /** The plane on which a and b are drawn: on the picture y runs down, on the ground up. */
  readonly plane: 'image' | 'ground';
  readonly a: Point;
  readonly b: Point;
  /** How many standard errors from the line a point must be to be believed on one side. Default 2. */
  readonly sigmas?: number;
  /** A track unseen for this long is forgotten, ms. Default 10,000. */
  readonly lifeMs?: number;
}

/** Who is told what. */
export interface CrossingListener {
  /** The track of this id crossed. */
  crossed(crossing: Crossing, id: number): void;
  /** A track began or ended on the line, so that a crossing may have been missed. */
  unresolved(direction: Direction, classIndex: number): void;
}

/** How many standard errors from the line a point must be to be believed on one side, unless told otherwise. */
export const DEFAULT_SIGMAS = 2;
const DEFAULT_LIFE_MS = 10_000;

/** Memory of one track at one gate. */
interface TrackAtGate {
  /** Side on which it was last believed: 1 left, −1 right, 0 not known yet. */
  firm: number;
  /** Side on which the last point was beyond k standard errors, else 0. */
  beyond: number;
  /** Whether its first point was too near the line to tell. */
  bornOnLine: boolean;
  /** Last point that was not exactly on the line. */
  x: number;
  y: number;
  distance: number;
  timeMs: number;
  classIndex: number;
  /** Last passage of the line: when, where, and whether between the ends. */
  passedMs: number;
  passedAlong: number;
  passedInside: boolean;
  /** Whether the last point was between the ends. */
  besideGate: boolean;
}

const newcomer = (): TrackAtGate => ({
  firm: 0,
  beyond: 0,
  bornOnLine: false,
  x: 0,
  y: 0,
  distance: 0,
  timeMs: 0,
  classIndex: 0,
  passedMs: 0,
  passedAlong: 0,
  passedInside: false,
  besideGate: false,
});

/** A point now: where it is to the gate, in the plane's own unit, and how well that is known. */
interface Sight {
  x: number;
  y: number;
  timeMs: number;
  classIndex: number;
  /** Signed distance from the line, positive on the left-hand side as seen drawn. */
  distance: number;
  /** Standard error of the distance. */
  acrossError: number;
  /** Standard error along the line, as a share of its length. */
  alongError: number;
}

/** Counts the crossings of one gate. */
export class CrossingCounter {
  readonly #a: Point;
  readonly #unitX: number;
  readonly #unitY: number;
  readonly #length: number;
  /** 1 where y runs up, −1 where it runs down, so that left is left as seen drawn. */
  readonly #handedness: number;
  readonly #sigmas: number;
  readonly #slots: TrackSlots;
  readonly #tracks: TrackAtGate[] = [];
  readonly #listener: CrossingListener;
  readonly #sight: Sight = { x: 0, y: 0, timeMs: 0, classIndex: 0, distance: 0, acrossError: 0, alongError: 0 };

  constructor(options: CrossingOptions, listener: CrossingListener) {
    const { plane, a, b, sigmas = DEFAULT_SIGMAS, lifeMs = DEFAULT_LIFE_MS } = options;
    this.#a = a;
    this.#length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    this.#unitX = (b[0] - a[0]) / this.#length;
    this.#unitY = (b[1] - a[1]) / this.#length;
    this.#handedness = plane === 'image' ? -1 : 1;
    this.#sigmas = sigmas;
    this.#slots = new TrackSlots(lifeMs);
    this.#listener = listener;
  }

  /** Tracks remembered, for tests of memory. */
  get remembered(): number {
    return this.#slots.size;
  }

  /** Takes the points of one frame, of confirmed tracks only. */
  update(points: PlanarPoints<'image' | 'ground'>): void {
    for (let i = 0; i < points.count; i++) {
      this.#look(points, i);
      // A point exactly on the line, or nowhere, is on neither side: it changes nothing.
      if (this.#sight.distance !== 0 && !Number.isNaN(this.#sight.distance)) this.#follow(points.id[i]);
    }
    this.#slots.sweep(points.timeMs, this.#forget);
  }

  /** Says what is left open, and forgets all tracks. */
  finish(): void {
    this.#slots.clear(this.#forget);
  }

  #look(points: PlanarPoints<'image' | 'ground'>, i: number): void {
    const sight = this.#sight;
    const xx = points.varianceXX[i];
    const xy = points.varianceXY[i];
    const yy = points.varianceYY[i];
    const ux = this.#unitX;
    const uy = this.#unitY;
    sight.x = points.x[i];
    sight.y = points.y[i];
    sight.timeMs = points.timeMs;
    sight.classIndex = points.classIndex[i];
    sight.distance = this.#handedness * (ux * (sight.y - this.#a[1]) - uy * (sight.x - this.#a[0]));
    sight.acrossError = Math.sqrt(Math.max(0, uy * uy * xx - 2 * ux * uy * xy + ux * ux * yy));
    sight.alongError = Math.sqrt(Math.max(0, ux * ux * xx + 2 * ux * uy * xy + uy * uy * yy)) / this.#length;
  }

  #follow(id: number): void {
    const sight = this.#sight;
    const side = Math.sign(sight.distance);
    const certainty = Math.abs(sight.distance) / (this.#sigmas * sight.acrossError);
    let slot = this.#slots.find(id, sight.timeMs);
    const known = slot >= 0;
    if (!known) slot = this.#slots.create(id, sight.timeMs);
    const track = this.#row(slot, known);
    if (!known) track.bornOnLine = certainty < 1;
    else if (Math.sign(track.distance) !== side) this.#notePassage(track);
    this.#remember(track);
    const decided = certainty >= 2 || (certainty >= 1 && track.beyond === side);
    track.beyond = certainty >= 1 ? side : 0;
    if (decided && track.firm !== side) this.#settle(track, side, id);
  }

  #row(slot: number, known: boolean): TrackAtGate {
    const row = this.#tracks[slot];
    if (row !== undefined && known) return row;
    return (this.#tracks[slot] = Object.assign(row ?? newcomer(), NEWCOMER));
  }

  #remember(track: TrackAtGate): void {
    const { x, y, distance, timeMs, classIndex, alongError } = this.#sight;
    track.x = x;
    track.y = y;
    track.distance = distance;
    track.timeMs = timeMs;
    track.classIndex = classIndex;
    track.besideGate = this.#between(this.#alongOf(x, y), alongError);
  }

  /** When and where the straight way from the last point to this one passes the line. */
  #notePassage(track: TrackAtGate): void {
    const { x, y, distance, timeMs, alongError } = this.#sight;
    const share = track.distance / (track.distance - distance);
    track.passedMs = track.timeMs + share * (timeMs - track.timeMs);
    track.passedAlong = this.#alongOf(track.x + share * (x - track.x), track.y + share * (y - track.y));
    track.passedInside = this.#between(track.passedAlong, alongError);
  }

  #alongOf(x: number, y: number): number {
    return ((x - this.#a[0]) * this.#unitX + (y - this.#a[1]) * this.#unitY) / this.#length;
  }

  #between(along: number, error: number): boolean {
    return along >= -error && along <= 1 + error;
  }

  /** The track is firmly on `side` for the first time, or again. */
  #settle(track: TrackAtGate, side: number, id: number): void {
    const direction = side > 0 ? 'in' : 'out';
    if (track.firm === 0) {
      if (track.bornOnLine && track.besideGate) this.#listener.unresolved(direction, track.classIndex);
    } else if (track.passedInside) {
      const { passedMs: timeMs, passedAlong: along } = track;
      this.#listener.crossed({ direction, timeMs, along, classIndex: this.#sight.classIndex }, id);
    }
    track.firm = side;
  }

  readonly #forget = (slot: number): void => {
    const track = this.#tracks[slot];
    if (track === undefined || track.firm === 0 || track.beyond === track.firm || !track.besideGate) return;
    this.#listener.unresolved(track.firm > 0 ? 'out' : 'in', track.classIndex);
  };
}

const NEWCOMER: Readonly<TrackAtGate> = Object.freeze(newcomer());

/**
 * Standard error of a number of crossings, people:
 *
 *   SE² = N·q·(1 − q) + U/4
 *
 * q is the chance that a point believed beyond k standard errors was not (2.3 % for k = 2), taken for each of the N
 * counted; U is how many tracks began or ended on the line, each as likely a crossing as not.
 *
 * Caveat: it speaks of what the tracks showed. Whom the detector never saw is in `uncertainty/detection-error.ts`.
 */
export const crossingStandardError = (counted: number, unresolved: number, sigmas: number = DEFAULT_SIGMAS): number => {
  const q = normalTail(sigmas);
  return Math.sqrt(counted * q * (1 - q) + unresolved / 4);
};
