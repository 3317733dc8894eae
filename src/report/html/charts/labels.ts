import type { Point } from '../../../contract/index.ts';

/** Space that a text takes, in the drawing's units. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room for texts. */
export interface Bounds {
  readonly width: number;
  readonly height: number;
}

/** Mean width of a character at the size of a chart's texts. */
export const CHARACTER = 7;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Finds places for texts so that none covers another, as far as there is room. */
export class LabelBoard {
  readonly #taken: Box[] = [];
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Marks a place as taken, whatever is there already. */
  take(centre: Point, width: number, height: number): void {
    this.#taken.push(this.#box(centre, width, height));
  }

  /**
   * Takes the first of some places that is free and within bounds.
   *
   * @param centres  places, the best first
   * @returns the centre that was taken; when none is free, the first that is within bounds, else the first
   */
  place(centres: readonly Point[], width: number, height: number): Point {
    const boxed = centres.map((centre) => ({ centre, box: this.#box(centre, width, height) }));
    const inside = boxed.filter(({ box }) => this.#isInside(box));
    const free = inside.find(({ box }) => this.#taken.every((other) => !overlap(box, other)));
    const chosen = free ?? inside[0] ?? boxed[0];
    if (!chosen) return [0, 0];
    this.#taken.push(chosen.box);
    return chosen.centre;
  }

  #box([x, y]: Point, width: number, height: number): Box {
    return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  }

  #isInside({ left, right, top, bottom }: Box): boolean {
    return left >= 0 && right <= this.#bounds.width && top >= 0 && bottom <= this.#bounds.height;
  }
}
