/** Everybody in a place, one column a property; valid up to `count`. */

/** In the column `goal`: walks to a spot of their own. */
export const TO_SPOT = -2;
/** In the column `goal`: stands. */
export const STANDS = -1;

/** Columns of people. Rows change places when somebody leaves. */
export class People {
  count = 0;
  /** A counter for association only. */
  id: Uint32Array;
  /** Place, m from the origin. */
  x: Float64Array;
  y: Float64Array;
  /** Direction, of length 1 or 0, and speed along it, m/s. */
  directionX: Float64Array;
  directionY: Float64Array;
  speedMps: Float64Array;
  /** Speed that they like, m/s. */
  desiredMps: Float64Array;
  /** Centre to centre, they come no nearer to who is ahead by themselves, m. */
  spacingM: Float64Array;
  /** Number of the way that they follow, or one of the two above. */
  goal: Int16Array;
  /** The spot that they walk to, when they do. */
  spotX: Float64Array;
  spotY: Float64Array;
  /** How long they have hardly moved, s. */
  stillS: Float64Array;
  /** What the scenario wants to remember. */
  tag: Uint8Array;
  /** Where they were at the last instant that was shown; NaN for who has not been shown. */
  shownX: Float64Array;
  shownY: Float64Array;
  /** Where they are to be next. */
  nextX: Float64Array;
  nextY: Float64Array;
  #lastId = 0;

  constructor(capacity = 64) {
    this.id = new Uint32Array(capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.directionX = new Float64Array(capacity);
    this.directionY = new Float64Array(capacity);
    this.speedMps = new Float64Array(capacity);
    this.desiredMps = new Float64Array(capacity);
    this.spacingM = new Float64Array(capacity);
    this.goal = new Int16Array(capacity);
    this.spotX = new Float64Array(capacity);
    this.spotY = new Float64Array(capacity);
    this.stillS = new Float64Array(capacity);
    this.tag = new Uint8Array(capacity);
    this.shownX = new Float64Array(capacity);
    this.shownY = new Float64Array(capacity);
    this.nextX = new Float64Array(capacity);
    this.nextY = new Float64Array(capacity);
  }

  /** Adds somebody who stands at a place; returns their row. */
  add(x: number, y: number, desiredMps: number, spacingM: number): number {
    if (this.count === this.id.length) this.#grow();
    const row = this.count++;
    this.id[row] = ++this.#lastId;
    this.x[row] = x;
    this.y[row] = y;
    this.directionX[row] = 0;
    this.directionY[row] = 0;
    this.speedMps[row] = 0;
    this.desiredMps[row] = desiredMps;
    this.spacingM[row] = spacingM;
    this.goal[row] = STANDS;
    this.spotX[row] = x;
    this.spotY[row] = y;
    this.stillS[row] = 0;
    this.tag[row] = 0;
    this.shownX[row] = Number.NaN;
    this.shownY[row] = Number.NaN;
    return row;
  }

  /** Takes somebody out; the last row takes their place. */
  remove(row: number): void {
    const last = --this.count;
    for (const column of this.#columns()) column[row] = column[last];
  }

  #columns(): (Uint32Array | Float64Array | Int16Array | Uint8Array)[] {
    return [
      this.id,
      this.x,
      this.y,
      this.directionX,
      this.directionY,
      this.speedMps,
      this.desiredMps,
      this.spacingM,
      this.goal,
      this.spotX,
      this.spotY,
      this.stillS,
      this.tag,
      this.shownX,
      this.shownY,
    ];
  }

  #grow(): void {
    const larger = new People(2 * this.id.length);
    for (const [i, column] of larger.#columns().entries()) column.set(this.#columns()[i]);
    const { count } = this;
    Object.assign(this, larger);
    this.count = count;
  }
}
