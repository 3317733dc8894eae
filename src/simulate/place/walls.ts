/**
 * The walls of a place, found fast: how far the nearest is, and where a body ends up that walks into one.
 */
import type { Point } from '../../contract/index.ts';

/** Walls farther away than this are not seen, m. */
const REACH_M = 1;
const LEAST_CELL_M = 1;
const MOST_CELLS = 65_536;
/** Two walls of a corner push to and fro; so many rounds settle it. */
const ROUNDS = 3;
/** Nearer to a wall than this share of the radius nobody comes, however hard the others push. */
const LEAST_SHARE = 0.5;

/** Sides of rings, from the place's own origin. */
export class Walls {
  /** Distance of the nearest wall from the point asked about last, m; infinite beyond reach. */
  clearanceM = Number.POSITIVE_INFINITY;
  /** From it towards the point, of length 1. */
  normalX = 0;
  normalY = 0;
  /** Where the body that was moved last is now. */
  x = 0;
  y = 0;
  readonly #ax: number[] = [];
  readonly #ay: number[] = [];
  readonly #bx: number[] = [];
  readonly #by: number[] = [];
  readonly #columns: number;
  readonly #rows: number;
  readonly #cellM: number;
  /** Walls within reach of each cell: `#list[#start[cell] … #start[cell + 1] − 1]`. */
  readonly #start: Uint32Array;
  readonly #list: Uint32Array;

  constructor(rings: readonly (readonly Point[])[], widthM: number, heightM: number) {
    for (const ring of rings)
      for (const [i, [ax, ay]] of ring.entries()) {
        const [bx, by] = ring[(i + 1) % ring.length];
        if (ax === bx && ay === by) continue;
        this.#ax.push(ax);
        this.#ay.push(ay);
        this.#bx.push(bx);
        this.#by.push(by);
      }
    this.#cellM = Math.max(LEAST_CELL_M, Math.sqrt((widthM * heightM) / MOST_CELLS));
    this.#columns = Math.ceil(widthM / this.#cellM) + 1;
    this.#rows = Math.ceil(heightM / this.#cellM) + 1;
    const lists = this.#listed();
    this.#start = new Uint32Array(lists.length + 1);
    for (const [cell, list] of lists.entries()) this.#start[cell + 1] = this.#start[cell] + list.length;
    this.#list = Uint32Array.from(lists.flat());
  }

  #listed(): number[][] {
    const cell = this.#cellM;
    const lists: number[][] = Array.from({ length: this.#columns * this.#rows }, () => []);
    const reach = REACH_M + cell * Math.SQRT1_2;
    const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(value / cell)));
    for (let wall = 0; wall < this.#ax.length; wall++) {
      const left = clamp(Math.min(this.#ax[wall], this.#bx[wall]) - reach, this.#columns);
      const right = clamp(Math.max(this.#ax[wall], this.#bx[wall]) + reach, this.#columns);
      const bottom = clamp(Math.min(this.#ay[wall], this.#by[wall]) - reach, this.#rows);
      const top = clamp(Math.max(this.#ay[wall], this.#by[wall]) + reach, this.#rows);
      for (let row = bottom; row <= top; row++)
        for (let column = left; column <= right; column++) {
          this.clearanceM = Number.POSITIVE_INFINITY;
          this.#look(wall, (column + 0.5) * cell, (row + 0.5) * cell);
          if (this.clearanceM <= reach) lists[row * this.#columns + column].push(wall);
        }
    }
    return lists;
  }

  #cellAt(x: number, y: number): number {
    const column = Math.min(this.#columns - 1, Math.max(0, Math.floor(x / this.#cellM)));
    const row = Math.min(this.#rows - 1, Math.max(0, Math.floor(y / this.#cellM)));
    return row * this.#columns + column;
  }

  /** Notes a wall when it is nearer to the point than the nearest so far. */
  #look(wall: number, x: number, y: number): void {
    const ax = this.#ax[wall];
    const ay = this.#ay[wall];
    const dx = this.#bx[wall] - ax;
    const dy = this.#by[wall] - ay;
    const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const awayX = x - ax - share * dx;
    const awayY = y - ay - share * dy;
    const distance = Math.sqrt(awayX * awayX + awayY * awayY);
    if (distance >= this.clearanceM) return;
    this.clearanceM = distance;
    this.normalX = distance > 0 ? awayX / distance : 0;
    this.normalY = distance > 0 ? awayY / distance : 0;
  }

  /** Looks for the nearest wall: sets the clearance and the normal. */
  look(x: number, y: number): void {
    this.clearanceM = Number.POSITIVE_INFINITY;
    this.normalX = 0;
    this.normalY = 0;
    const cell = this.#cellAt(x, y);
    for (let i = this.#start[cell]; i < this.#start[cell + 1]; i++) this.#look(this.#list[i], x, y);
  }

  /**
   * Moves a body from one place to another no farther than half a metre away, keeping it off the walls by its radius
   * where it can be; who would end up in or behind a wall stays. Sets `x` and `y`.
   */
  move(fromX: number, fromY: number, toX: number, toY: number, radiusM: number): void {
    this.x = toX;
    this.y = toY;
    for (let round = 0; round < ROUNDS; round++) {
      this.look(this.x, this.y);
      if (this.clearanceM >= radiusM) break;
      this.x += (radiusM - this.clearanceM) * this.normalX;
      this.y += (radiusM - this.clearanceM) * this.normalY;
    }
    if (this.clearanceM >= radiusM && !this.blocks(fromX, fromY, this.x, this.y)) return;
    this.look(this.x, this.y);
    if (this.clearanceM >= LEAST_SHARE * radiusM && !this.blocks(fromX, fromY, this.x, this.y)) return;
    this.x = fromX;
    this.y = fromY;
  }

  /** Whether a wall near the second point lies between it and the first. */
  blocks(fromX: number, fromY: number, toX: number, toY: number): boolean {
    const cell = this.#cellAt(toX, toY);
    for (let i = this.#start[cell]; i < this.#start[cell + 1]; i++)
      if (this.#crosses(this.#list[i], fromX, fromY, toX, toY)) return true;
    return false;
  }

  /** Whether any wall lies between two points, however far apart. */
  hides(fromX: number, fromY: number, toX: number, toY: number): boolean {
    for (let wall = 0; wall < this.#ax.length; wall++) if (this.#crosses(wall, fromX, fromY, toX, toY)) return true;
    return false;
  }

  #crosses(wall: number, fromX: number, fromY: number, toX: number, toY: number): boolean {
    const ax = this.#ax[wall];
    const ay = this.#ay[wall];
    const dx = this.#bx[wall] - ax;
    const dy = this.#by[wall] - ay;
    const before = dx * (fromY - ay) - dy * (fromX - ax);
    const after = dx * (toY - ay) - dy * (toX - ax);
    if (before > 0 === after > 0) return false;
    const wayX = toX - fromX;
    const wayY = toY - fromY;
    const start = wayX * (ay - fromY) - wayY * (ax - fromX);
    const end = wayX * (ay + dy - fromY) - wayY * (ax + dx - fromX);
    return start > 0 !== end > 0;
  }
}
