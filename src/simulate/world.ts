/**
 * A place with people in it: who comes in, walks and leaves. What they want is the scenario's script.
 */
import type { Place } from './place/place.ts';
import type { Way } from './place/way.ts';
import type { Random } from './random.ts';
import { Neighbours } from './walk/neighbours.ts';
import { People, STANDS, TO_SPOT } from './walk/people.ts';
import { BODY_M, SIGHT_M, Walker } from './walk/walker.ts';

/** What a scenario does with a world. */
export interface Script {
  /** Ways that people follow, by their number in the column `goal`. */
  readonly ways: readonly Way[];
  /** Before the first instant. */
  begin(world: World): void;
  /** Before each step. */
  act(world: World, timeS: number, stepS: number): void;
  /** Somebody is in the goal that they followed the way to. */
  arrived(world: World, row: number): void;
}

/** A door of the world, and who waits outside it. */
export interface Entrance {
  /** Squares in which they appear. */
  readonly cells: readonly number[];
  waiting: number;
  /** Tells somebody who has just come in what they want. */
  readonly welcome: (row: number) => void;
}

/** Mean and standard deviation of the speed that people like, m/s, and how many of these they may differ. */
const DESIRED_MPS = 1.34;
const DESIRED_SPREAD_MPS = 0.26;
const MOST_SPREADS = 2;
/** Who comes in keeps this far from everybody, m, centre to centre; less is taken where there is no other room. */
const ROOM_M = 0.5;
const LEAST_ROOM_M = 0.36;
/** Spots that are tried for one person who comes in, and for one of a crowd that is there at once. */
const TRIES = 4;
const SCATTER_TRIES = 40;
/** Rows that were added since people were sorted last are looked through one by one: no more than so many. */
const MOST_UNSORTED = 64;
/** Who is so near to their spot, or could not get on for so long, has arrived. */
const AT_SPOT_M = 0.12;
const GIVES_UP_S = 3;

/** People in a place. */
export class World {
  readonly place: Place;
  readonly random: Random;
  readonly people = new People();
  readonly entrances: Entrance[] = [];
  entered = 0;
  left = 0;
  readonly #script: Script;
  readonly #neighbours: Neighbours;
  readonly #walker: Walker;
  #sorted = 0;

  constructor(place: Place, random: Random, script: Script) {
    this.place = place;
    this.random = random;
    this.#script = script;
    const { columns, rows, cellM } = place.cells;
    this.#neighbours = new Neighbours(columns * cellM, rows * cellM, SIGHT_M);
    this.#walker = new Walker(place.walls, script.ways, this.#neighbours);
    script.begin(this);
    this.#admit();
  }

  /** People who have arrived and are still outside. */
  get waiting(): number {
    return this.entrances.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Goes on by one step, from a time. */
  step(timeS: number, stepS: number): void {
    this.#script.act(this, timeS, stepS);
    this.#sort();
    this.#admit();
    if (this.#sorted < this.people.count) this.#sort();
    this.#walker.step(this.people, stepS);
    this.#arrive();
  }

  /** Puts people into squares at once, as many as find room; the others wait at the entrance. */
  scatter(count: number, entrance: Entrance): void {
    this.#sort();
    for (let i = 0; i < count; i++) if (!this.#enter(entrance, SCATTER_TRIES, LEAST_ROOM_M)) entrance.waiting++;
  }

  /** Takes somebody out. */
  leave(row: number): void {
    this.people.remove(row);
    this.left++;
  }

  #sort(): void {
    const { x, y, count } = this.people;
    this.#neighbours.update(x, y, count);
    this.#sorted = count;
  }

  /** Lets in whom there is room for. */
  #admit(): void {
    for (const entrance of this.entrances) {
      let refused = 0;
      while (entrance.waiting > 0 && refused < 2) {
        if (this.#enter(entrance, TRIES, ROOM_M)) entrance.waiting--;
        else refused++;
      }
    }
  }

  #enter({ cells, welcome }: Entrance, tries: number, roomM: number): boolean {
    const { place, random, people } = this;
    const { cellM } = place.cells;
    if (people.count - this.#sorted >= MOST_UNSORTED) this.#sort();
    for (let i = 0; i < tries; i++) {
      const cell = cells[random.below(cells.length)];
      const x = place.cells.xOf(cell) + (random.uniform() - 0.5) * cellM;
      const y = place.cells.yOf(cell) + (random.uniform() - 0.5) * cellM;
      place.walls.look(x, y);
      if (place.walls.clearanceM < BODY_M / 2 || this.#isTaken(x, y, roomM)) continue;
      const spread = Math.min(MOST_SPREADS, Math.max(-MOST_SPREADS, random.normal()));
      const row = people.add(x, y, DESIRED_MPS + DESIRED_SPREAD_MPS * spread, BODY_M);
      this.entered++;
      welcome(row);
      return true;
    }
    return false;
  }

  #isTaken(x: number, y: number, roomM: number): boolean {
    const { people } = this;
    for (let row = this.#sorted; row < people.count; row++) {
      const dx = people.x[row] - x;
      const dy = people.y[row] - y;
      if (dx * dx + dy * dy < roomM * roomM) return true;
    }
    return this.#neighbours.isAnyoneWithin(x, y, roomM, people.x, people.y);
  }

  /** From the last row to the first, so that who takes a leaver's place has been looked at. */
  #arrive(): void {
    const { people } = this;
    const { ways } = this.#script;
    for (let row = people.count - 1; row >= 0; row--) {
      const goal = people.goal[row];
      if (goal === STANDS) continue;
      if (goal === TO_SPOT) this.#settle(row);
      else if (ways[goal].isReached(people.x[row], people.y[row])) this.#script.arrived(this, row);
    }
  }

  #settle(row: number): void {
    const { x, y, spotX, spotY, stillS, goal } = this.people;
    const dx = spotX[row] - x[row];
    const dy = spotY[row] - y[row];
    if (dx * dx + dy * dy < AT_SPOT_M * AT_SPOT_M || stillS[row] > GIVES_UP_S) goal[row] = STANDS;
  }
}
