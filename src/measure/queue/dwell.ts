/**
 * Dwell: how long people stay in a zone, and how many come and go over its border.
 *
 * ```
 *  outside | inside
 *      x---|-->x              came over the border: a stay begins, half-way between the two sights
 *          |   x  x  x
 *        x<|--- x             outside for less than a second: flicker, the stay goes on
 *          |  x   x
 *    x<----|---x              left for good: the stay ends where it was left, and is booked
 *          |         *  x  *  first or last seen well inside: that end of the stay is unknown
 * ```
 *
 * Somebody counts as in, or out, once the other side has lasted for a second; what is shorter is no stay at all.
 */
import { PERSON_CLASS_INDEX, type Positions } from '../../contract/index.ts';
import { borderDistanceSquared, type FlatPolygon } from '../../ground/index.ts';
import { TrackSlots } from '../track-slots.ts';
import { type CompletedStays, type DwellFigures, DwellTally } from './dwell-tally.ts';

/** When a stay begins and ends. */
export interface DwellOptions {
  /** An absence, or a stay, shorter than this is flicker on the border, ms. Default 1000. */
  readonly settleMs?: number;
  /**
   * Whoever is first or last seen nearer to the border than this, or than two standard errors, came or left over it,
   * m. Default 1: about a step, and what a tracker needs to be sure of somebody.
   */
  readonly borderM?: number;
  /** A track unseen for this long is forgotten, ms. Default 5000. */
  readonly lifeMs?: number;
  /** A mean over fewer stays than this is not told. Default 3, as for the density map. */
  readonly minimumStays?: number;
}

const DEFAULT_SETTLE_MS = 1000;
const DEFAULT_BORDER_M = 1;
const DEFAULT_LIFE_MS = 5000;
const DEFAULT_MINIMUM_STAYS = 3;
/** Standard errors within which the border may have been crossed. */
const SIGMAS = 2;

/** Memory of one track in one zone. */
interface Stay {
  /** Whether it counts as in the zone. */
  firm: boolean;
  /** Whether it was inside when last seen. */
  inside: boolean;
  /** Since when it is on the other side of `firm`; NaN when it is not. */
  sinceMs: number;
  /** When the stay began; NaN when that was not seen. */
  entryMs: number;
  /** Whether it was first seen well inside. */
  bornInside: boolean;
  lastMs: number;
  x: number;
  y: number;
  /** Variance of the last position, both ways together, m². */
  varianceM2: number;
}

const newStay = (): Stay => ({
  firm: false,
  inside: false,
  sinceMs: Number.NaN,
  entryMs: Number.NaN,
  bornInside: false,
  lastMs: 0,
  x: 0,
  y: 0,
  varianceM2: 0,
});

const NOBODY: Readonly<Stay> = Object.freeze(newStay());

/**
 * Measures the stays in one zone. A stay is booked in the window in which it is known to be over: a second after
 * somebody left, or a life after somebody was last seen at the border.
 *
 * Caveats: an identity that the tracker hands to another person joins two stays; a track lost and found again inside
 * is two people of whom neither stay is complete. Both make the mean of completed stays too small in a crowd where
 * people hide each other; Little's mean stands the second.
 */
export class DwellMeter {
  readonly #zone: FlatPolygon;
  readonly #settleMs: number;
  readonly #borderM: number;
  readonly #lifeMs: number;
  readonly #minimumStays: number;
  readonly #slots: TrackSlots;
  readonly #stays: Stay[] = [];
  readonly #whole = new DwellTally();
  #window = new DwellTally();
  #nowMs = Number.NEGATIVE_INFINITY;
  /** Whether newcomers of this frame may have been there before it: it is the first, or the first after a gap. */
  #blind = true;

  /** @param zone in metres */
  constructor(zone: FlatPolygon, options: DwellOptions = {}) {
    this.#zone = zone;
    this.#settleMs = options.settleMs ?? DEFAULT_SETTLE_MS;
    this.#borderM = options.borderM ?? DEFAULT_BORDER_M;
    this.#lifeMs = options.lifeMs ?? DEFAULT_LIFE_MS;
    this.#minimumStays = options.minimumStays ?? DEFAULT_MINIMUM_STAYS;
    this.#slots = new TrackSlots(this.#lifeMs);
  }

  /** Tracks remembered, for tests of memory. */
  get remembered(): number {
    return this.#slots.size;
  }

  /**
   * Takes one frame. A frame of the same time as the last is left out; with one from before it everything begins anew.
   *
   * @param inside 1 for each of the positions that is a person in the zone, as `measureOccupancy` says
   */
  update(positions: Positions, inside: Uint8Array): void {
    const nowMs = positions.timeMs;
    if (nowMs === this.#nowMs) return;
    if (nowMs < this.#nowMs) this.interrupt();
    this.#blind = nowMs - this.#nowMs > this.#lifeMs;
    this.#nowMs = nowMs;
    for (let i = 0; i < positions.count; i++) {
      if (positions.classIndex[i] !== PERSON_CLASS_INDEX) continue;
      // Somebody who is nowhere is neither in nor out.
      if (Number.isNaN(positions.x[i]) || Number.isNaN(positions.y[i])) continue;
      this.#follow(positions, i, inside[i] === 1);
    }
    this.#slots.sweep(nowMs, this.#forget);
  }

  /** What was booked since this was last asked. */
  takeWindow(): DwellFigures {
    const figures = this.#window.figures(this.#minimumStays);
    this.#window = new DwellTally();
    return figures;
  }

  /**
   * Completed stays since this last told of any: of none until there are as many as may be told, so that however often
   * it is asked, each stay is told once and never alone.
   */
  takeCompleted(): CompletedStays | null {
    const batch = this.#window.completed(this.#minimumStays);
    if (batch !== null) this.#window = new DwellTally();
    return batch;
  }

  /** Tracks end here: everything begins anew, and how long whoever is inside has been there is not known. */
  interrupt(): void {
    this.#slots.clear(this.#close);
    this.#nowMs = Number.NEGATIVE_INFINITY;
  }

  /** What was booked since the beginning. */
  whole(): DwellFigures {
    return this.#whole.figures(this.#minimumStays);
  }

  /** Ends the measurement: whoever is in the last frame is still inside. */
  finish(): void {
    this.#slots.clear(this.#close);
  }

  #follow(positions: Positions, i: number, inside: boolean): void {
    const stay = this.#stayOf(positions.id[i], inside, positions, i);
    if (stay.firm) this.#spend(this.#nowMs - stay.lastMs);
    if (!inside && !stay.firm) stay.bornInside = false;
    if (inside === stay.firm) stay.sinceMs = Number.NaN;
    else if (Number.isNaN(stay.sinceMs)) stay.sinceMs = (stay.lastMs + this.#nowMs) / 2;
    if (this.#nowMs - stay.sinceMs >= this.#settleMs) this.#settle(stay);
    this.#look(stay, positions, i, inside);
  }

  #look(stay: Stay, positions: Positions, i: number, inside: boolean): void {
    stay.inside = inside;
    stay.lastMs = this.#nowMs;
    stay.x = positions.x[i];
    stay.y = positions.y[i];
    stay.varianceM2 = positions.varianceXX[i] + positions.varianceYY[i];
  }

  #stayOf(id: number, inside: boolean, positions: Positions, i: number): Stay {
    const known = this.#slots.find(id, this.#nowMs);
    const remembered = this.#stays[known];
    if (remembered !== undefined && this.#nowMs - remembered.lastMs <= this.#lifeMs) return remembered;
    // An id that comes back after a life is somebody else.
    if (remembered !== undefined) this.#forget(known);
    const slot = known >= 0 ? known : this.#slots.create(id, this.#nowMs);
    const stay = Object.assign((this.#stays[slot] ??= newStay()), NOBODY);
    this.#look(stay, positions, i, inside);
    stay.bornInside = inside && (this.#blind || !this.#isNearBorder(stay));
    return stay;
  }

  #isNearBorder({ x, y, varianceM2 }: Stay): boolean {
    const reach = Math.max(this.#borderM ** 2, SIGMAS ** 2 * varianceM2);
    return borderDistanceSquared(this.#zone, x, y, 1, 0, 1) <= reach;
  }

  /** The other side has lasted. */
  #settle(stay: Stay): void {
    const restMs = this.#nowMs - stay.sinceMs;
    if (stay.firm) {
      this.#spend(-restMs);
      this.#leave(stay, stay.sinceMs);
    } else {
      this.#spend(restMs);
      this.#enter(stay);
    }
    stay.firm = !stay.firm;
    stay.sinceMs = Number.NaN;
  }

  #enter(stay: Stay): void {
    stay.entryMs = stay.bornInside ? Number.NaN : stay.sinceMs;
    this.#book(stay.bornInside ? 'appeared' : 'entered');
    stay.bornInside = false;
  }

  #leave(stay: Stay, atMs: number): void {
    this.#book('left');
    if (Number.isNaN(stay.entryMs)) return;
    this.#whole.complete((atMs - stay.entryMs) / 1000);
    this.#window.complete((atMs - stay.entryMs) / 1000);
  }

  #book(what: 'entered' | 'left' | 'appeared' | 'vanished' | 'still'): void {
    this.#whole[what]++;
    this.#window[what]++;
  }

  #spend(ms: number): void {
    this.#whole.presenceMs += ms;
    this.#window.presenceMs += ms;
  }

  readonly #forget = (slot: number): void => {
    const stay = this.#stays[slot];
    if (stay === undefined || !stay.firm) return;
    if (!stay.inside) {
      this.#spend(stay.sinceMs - stay.lastMs);
      this.#leave(stay, stay.sinceMs);
    } else if (this.#isNearBorder(stay)) this.#leave(stay, stay.lastMs);
    else this.#book('vanished');
  };

  readonly #close = (slot: number): void => {
    const stay = this.#stays[slot];
    if (stay === undefined || !stay.firm || !stay.inside || stay.lastMs < this.#nowMs) this.#forget(slot);
    else this.#book('still');
  };
}
