/** People who walk round a loop for ever: nobody comes, nobody leaves. */
import { bendsOf } from '../place/own-places.ts';
import type { Place } from '../place/place.ts';
import type { Way } from '../place/way.ts';
import type { Script } from '../world.ts';

/** The way round a loop, to the left: along the straights, and at right angles to the radius in the bends. */
class RoundWay implements Way {
  x = 0;
  y = 0;
  readonly #leftX: number;
  readonly #rightX: number;
  readonly #y: number;

  constructor(straightM: number, widthM: number) {
    const { leftX, rightX, y } = bendsOf(straightM, widthM);
    this.#leftX = leftX;
    this.#rightX = rightX;
    this.#y = y;
  }

  ask(x: number, y: number): void {
    const outX = x - Math.min(this.#rightX, Math.max(this.#leftX, x));
    const outY = y - this.#y;
    const out = Math.sqrt(outX * outX + outY * outY);
    this.x = out > 0 ? -outY / out : 0;
    this.y = out > 0 ? outX / out : 0;
  }

  isReached(): boolean {
    return false;
  }
}

/** A script for people who walk round. */
export const createRing = (place: Place, people: number, straightM: number, widthM: number): Script => ({
  ways: [new RoundWay(straightM, widthM)],
  begin: (world) => {
    const entrance = {
      cells: [...place.cells.list],
      waiting: 0,
      welcome: (row: number): void => {
        world.people.goal[row] = 0;
      },
    };
    world.entrances.push(entrance);
    world.scatter(people, entrance);
  },
  act: () => {},
  arrived: () => {},
});
