/**
 * Non-maximum suppression: of boxes that show the same object, the surest stays.
 *
 * Greedy, by intersection over union, as NanoDet and YOLOX are evaluated. Two people who hide each other partly
 * overlap far less than two boxes of one person do, so a threshold of 0.6 loses few people in a crowd.
 */
import { OBJECT_CLASSES, type ObjectClass } from '../contract/index.ts';
import type { Candidates } from './candidates.ts';

/**
 * Classes that compete for one object. A van scores as car and as truck, and must not count as two; a rider and the
 * bicycle under them are two objects however much their boxes overlap.
 */
const GROUP_OF: Readonly<Record<ObjectClass, number>> = {
  person: 0,
  bicycle: 1,
  motorcycle: 1,
  car: 2,
  bus: 2,
  train: 2,
  truck: 2,
};

const GROUPS = Uint8Array.from(OBJECT_CLASSES, (name) => GROUP_OF[name]);

/** Intersection over union of two candidates; 0 when they do not touch. */
function overlap(boxes: Candidates, a: number, b: number): number {
  const width = Math.min(boxes.right[a], boxes.right[b]) - Math.max(boxes.left[a], boxes.left[b]);
  const height = Math.min(boxes.bottom[a], boxes.bottom[b]) - Math.max(boxes.top[a], boxes.top[b]);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (area(boxes, a) + area(boxes, b) - common);
}

function area(boxes: Candidates, at: number): number {
  return (boxes.right[at] - boxes.left[at]) * (boxes.bottom[at] - boxes.top[at]);
}

/** Picks boxes without allocating: the working space is made once. */
export class Suppressor {
  readonly #maxIou: number;
  readonly #limit: number;
  #order = new Uint32Array(0);
  readonly #kept: Uint32Array;

  /**
   * @param maxIou overlap up to which two boxes of one group both stay
   * @param limit  most boxes to keep
   */
  constructor(maxIou: number, limit: number) {
    this.#maxIou = maxIou;
    this.#limit = limit;
    this.#kept = new Uint32Array(limit);
  }

  /**
   * Chooses the boxes that stay, surest first.
   *
   * @returns indices into the candidates; the array is used again at the next call
   */
  select(boxes: Candidates): Uint32Array {
    const order = this.#sort(boxes);
    let kept = 0;
    for (let rank = 0; rank < order.length && kept < this.#limit; rank++) {
      if (this.#stays(boxes, order[rank], kept)) this.#kept[kept++] = order[rank];
    }
    return this.#kept.subarray(0, kept);
  }

  #stays(boxes: Candidates, at: number, kept: number): boolean {
    const group = GROUPS[boxes.classIndex[at]];
    for (let i = 0; i < kept; i++) {
      const rival = this.#kept[i];
      if (GROUPS[boxes.classIndex[rival]] === group && overlap(boxes, at, rival) > this.#maxIou) return false;
    }
    return true;
  }

  /** Shell sort in place (`TypedArray.sort` with a comparison copies): surest first, then in order of arrival. */
  #sort({ count, score }: Candidates): Uint32Array {
    if (this.#order.length < count) this.#order = new Uint32Array(score.length);
    const order = this.#order.subarray(0, count);
    for (let at = 0; at < count; at++) order[at] = at;
    let gap = 1;
    while (gap < count / 9) gap = gap * 3 + 1;
    for (; gap >= 1; gap = Math.floor(gap / 3)) {
      for (let at = gap; at < count; at++) {
        const moved = order[at];
        let to = at;
        for (; to >= gap && isBefore(score, moved, order[to - gap]); to -= gap) order[to] = order[to - gap];
        order[to] = moved;
      }
    }
    return order;
  }
}

function isBefore(score: Float32Array, a: number, b: number): boolean {
  return score[a] > score[b] || (score[a] === score[b] && a < b);
}
