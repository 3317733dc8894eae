/** What is true of the gates and zones of a simulated crowd. */
import type { Gate, Point, Zone } from '../contract/index.ts';
import { type FlatPolygon, flatPolygon, pointInPolygon } from '../ground/index.ts';

/** How often a gate was crossed since the start. */
export interface GateTruth {
  readonly gate: string;
  readonly in: number;
  readonly out: number;
}

/** How many people are in a zone now. */
export interface ZoneTruth {
  readonly zone: string;
  readonly people: number;
}

/**
 * Counts the steps over a directed line a→b.
 *
 * A step is the straight way from where somebody was shown to where they are shown next. It crosses when its two ends
 * lie on different sides of the line and it meets the line between a and b: in when it ends on the left-hand side,
 * with y up. An end exactly on the line counts as on its right.
 */
export class CountedGate {
  readonly #gate: string;
  readonly #a: Point;
  readonly #dx: number;
  readonly #dy: number;
  #in = 0;
  #out = 0;

  constructor(gate: string, [a, b]: readonly [Point, Point]) {
    this.#gate = gate;
    this.#a = a;
    this.#dx = b[0] - a[0];
    this.#dy = b[1] - a[1];
  }

  /** Takes one step. */
  add(fromX: number, fromY: number, toX: number, toY: number): void {
    const before = this.#acrossOf(fromX, fromY);
    const after = this.#acrossOf(toX, toY);
    if (before > 0 === after > 0) return;
    const share = before / (before - after);
    const x = fromX + share * (toX - fromX) - this.#a[0];
    const y = fromY + share * (toY - fromY) - this.#a[1];
    const along = (x * this.#dx + y * this.#dy) / (this.#dx * this.#dx + this.#dy * this.#dy);
    if (!(along >= 0 && along <= 1)) return;
    if (after > 0) this.#in++;
    else this.#out++;
  }

  /** So far. */
  truth(): GateTruth {
    return { gate: this.#gate, in: this.#in, out: this.#out };
  }

  #acrossOf(x: number, y: number): number {
    return (y - this.#a[1]) * this.#dx - (x - this.#a[0]) * this.#dy;
  }
}

/** A zone of the ground and its polygon in flat columns. */
interface CountedZone {
  readonly zone: string;
  readonly polygon: FlatPolygon;
}

/** The gates that are on the ground. */
export const groundGates = (gates: readonly Gate[]): CountedGate[] =>
  gates.flatMap((gate) => ('line' in gate ? [new CountedGate(gate.id, gate.line)] : []));

/** The zones that are on the ground. */
export const groundZones = (zones: readonly Zone[]): CountedZone[] =>
  zones.flatMap((zone) => ('polygon' in zone ? [{ zone: zone.id, polygon: flatPolygon(zone.polygon) }] : []));

/** How many of some people are in a zone. */
export const peopleIn = (
  { zone, polygon }: CountedZone,
  x: Float64Array,
  y: Float64Array,
  count: number,
): ZoneTruth => {
  let people = 0;
  for (let i = 0; i < count; i++) if (pointInPolygon(polygon, x[i], y[i])) people++;
  return { zone, people };
};
