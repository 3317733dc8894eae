/**
 * Optimal assignment on a sparse graph: shortest augmenting paths after Jonker and Volgenant (Computing 38, 1987),
 * with a private way out for every row, so that a row stays unmatched where no pair is worth its cost.
 *
 * A search only ever walks the part of the graph that it can reach, so a crowd falls apart into its knots of
 * overlapping people without being split first, and a thousand people cost little more than the sum of the knots.
 */

/** Row: a track. Column: a detection. Edges of row r are `column[rowStart[r] .. rowStart[r + 1])`. */
export interface SparseCosts {
  rows: number;
  columns: number;
  rowStart: Int32Array;
  column: Int32Array;
  cost: Float64Array;
}

/** Solves assignments, one after the other, in buffers that it keeps. */
export interface AssignmentSolver {
  /**
   * The matching with the smallest sum of costs, an unmatched row costing `unmatchedCost`.
   *
   *   minimise  Σ cost(r, match(r)) over matched r  +  unmatchedCost · (number of unmatched rows)
   *
   * @returns column of every row, or -1; valid until the next call
   */
  solve(costs: SparseCosts, unmatchedCost: number): Int32Array;
}

interface Buffers {
  rowToColumn: Int32Array;
  /** Cost of a row's matched edge: what its potential is derived from. */
  rowCost: Float64Array;
  columnToRow: Int32Array;
  potential: Float64Array;
  distance: Float64Array;
  /** Row from which a column was reached in this search. */
  reachedFrom: Int32Array;
  reachedCost: Float64Array;
  scanned: Uint8Array;
  reached: Int32Array;
  reachedCount: number;
}

const createBuffers = (rows: number, columns: number): Buffers => ({
  rowToColumn: new Int32Array(rows),
  rowCost: new Float64Array(rows),
  columnToRow: new Int32Array(columns),
  potential: new Float64Array(columns),
  distance: new Float64Array(columns),
  reachedFrom: new Int32Array(columns),
  reachedCost: new Float64Array(columns),
  scanned: new Uint8Array(columns),
  reached: new Int32Array(columns),
  reachedCount: 0,
});

const relaxRow = (b: Buffers, costs: SparseCosts, row: number, base: number): void => {
  for (let e = costs.rowStart[row]; e < costs.rowStart[row + 1]; e++) {
    const column = costs.column[e];
    if (b.scanned[column]) continue;
    const distance = base + costs.cost[e] - b.potential[column];
    if (distance >= b.distance[column]) continue;
    if (b.distance[column] === Infinity) b.reached[b.reachedCount++] = column;
    b.distance[column] = distance;
    b.reachedFrom[column] = row;
    b.reachedCost[column] = costs.cost[e];
  }
};

const nearestReached = (b: Buffers): number => {
  let nearest = -1;
  let distance = Infinity;
  for (let k = 0; k < b.reachedCount; k++) {
    const column = b.reached[k];
    if (b.scanned[column] || b.distance[column] >= distance) continue;
    nearest = column;
    distance = b.distance[column];
  }
  return nearest;
};

/** Hands `column` to the row it was reached from, and so on back to `start`. */
const augment = (b: Buffers, start: number, end: number): void => {
  let column = end;
  while (column >= 0) {
    const row = b.reachedFrom[column];
    const next = row === start ? -1 : b.rowToColumn[row];
    b.rowToColumn[row] = column;
    b.rowCost[row] = b.reachedCost[column];
    b.columnToRow[column] = row;
    column = next;
  }
};

const closeSearch = (b: Buffers, pathLength: number): void => {
  for (let k = 0; k < b.reachedCount; k++) {
    const column = b.reached[k];
    if (b.scanned[column]) b.potential[column] += b.distance[column] - pathLength;
    b.distance[column] = Infinity;
    b.scanned[column] = 0;
  }
  b.reachedCount = 0;
};

const insertRow = (b: Buffers, costs: SparseCosts, start: number, unmatchedCost: number): void => {
  let cheapestExit = unmatchedCost;
  let exitRow = start;
  relaxRow(b, costs, start, 0);
  for (;;) {
    const column = nearestReached(b);
    if (column < 0 || b.distance[column] >= cheapestExit) break;
    const row = b.columnToRow[column];
    if (row < 0) {
      const pathLength = b.distance[column];
      augment(b, start, column);
      closeSearch(b, pathLength);
      return;
    }
    b.scanned[column] = 1;
    const base = b.distance[column] - (b.rowCost[row] - b.potential[column]);
    if (base + unmatchedCost < cheapestExit) {
      cheapestExit = base + unmatchedCost;
      exitRow = row;
    }
    relaxRow(b, costs, row, base);
  }
  // The path ends where a row gives its column up and stays unmatched.
  const freed = exitRow === start ? -1 : b.rowToColumn[exitRow];
  b.rowToColumn[exitRow] = -1;
  augment(b, start, freed);
  closeSearch(b, cheapestExit);
};

/** A solver of assignments; see {@link AssignmentSolver}. */
export const createAssignmentSolver = (): AssignmentSolver => {
  let buffers = createBuffers(64, 64);
  return {
    solve(costs, unmatchedCost) {
      if (costs.rows > buffers.rowToColumn.length || costs.columns > buffers.columnToRow.length) {
        buffers = createBuffers(
          Math.max(costs.rows * 2, buffers.rowToColumn.length),
          Math.max(costs.columns * 2, buffers.columnToRow.length),
        );
      }
      buffers.rowToColumn.fill(-1, 0, costs.rows);
      buffers.columnToRow.fill(-1, 0, costs.columns);
      buffers.potential.fill(0, 0, costs.columns);
      buffers.distance.fill(Infinity, 0, costs.columns);
      buffers.scanned.fill(0, 0, costs.columns);
      for (let row = 0; row < costs.rows; row++) insertRow(buffers, costs, row, unmatchedCost);
      return buffers.rowToColumn;
    },
  };
};
