/**
 * Owners asked for often, a little less exactly: where all of a small cell has one owner, it is asked for once.
 */
import { NOBODY, type Ownership } from './ownership.ts';

/** Side of a cell, m. */
const CELL_M = 0.25;
/** The owner changes within the cell. */
const MIXED = -2;
/** More cells than this are forgotten: a square of 110 m. */
const MOST_CELLS = 200_000;
/** Cells to a side of the plan that can be told apart. */
const SIDE = 2 ** 26;

/** Owners of cells, found when they are first asked for. */
export class OwnerCache {
  readonly #ownership: Ownership;
  readonly #owners = new Map<number, number>();

  constructor(ownership: Ownership) {
    this.#ownership = ownership;
  }

  /** As `Ownership.ownerAt`, except for what is smaller than a cell and touches none of its corners or its middle. */
  ownerAt(x: number, y: number): number {
    const column = Math.floor(x / CELL_M);
    const row = Math.floor(y / CELL_M);
    if (!Number.isFinite(column) || !Number.isFinite(row)) return NOBODY;
    const key = column * SIDE + row;
    let owner = this.#owners.get(key);
    if (owner === undefined) {
      owner = this.#ownerOf(column, row);
      if (this.#owners.size >= MOST_CELLS) this.#owners.clear();
      this.#owners.set(key, owner);
    }
    return owner === MIXED ? this.#ownership.ownerAt(x, y) : owner;
  }

  #ownerOf(column: number, row: number): number {
    const ownerAt = (right: number, up: number): number =>
      this.#ownership.ownerAt((column + right) * CELL_M, (row + up) * CELL_M);
    const owner = ownerAt(0.5, 0.5);
    const all = [ownerAt(0, 0), ownerAt(1, 0), ownerAt(0, 1), ownerAt(1, 1)].every((corner) => corner === owner);
    return all ? owner : MIXED;
  }
}
