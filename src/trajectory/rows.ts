import type { HealthReason, Point } from '../contract/index.ts';

/** Unit of the coordinates in a file. */
export type Unit = 'm' | 'cm';

const longer = <Column extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  column: Column,
  longerOne: Column,
): Column => {
  longerOne.set(column);
  return longerOne;
};

/**
 * The rows of a trajectory file in the file's order, as columns that grow: 32 bytes a row, 40 with times. `person` is a
 * counter; the file's own ids are not kept.
 */
export class Rows {
  count = 0;
  /** Different people. */
  people = 0;
  person: Uint32Array<ArrayBuffer>;
  frame: Float64Array<ArrayBuffer>;
  /** In the file's unit; NaN where the file has no number. */
  x: Float64Array<ArrayBuffer>;
  y: Float64Array<ArrayBuffer>;
  /** Number of the line, or of the row of a database, to name it by. */
  line: Uint32Array<ArrayBuffer>;
  /** Only where the file has to be told frames or their rate by its times. */
  timeS: Float64Array<ArrayBuffer>;

  constructor(capacity: number, hasTimes: boolean) {
    this.person = new Uint32Array(capacity);
    this.frame = new Float64Array(capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.line = new Uint32Array(capacity);
    this.timeS = new Float64Array(hasTimes ? capacity : 0);
  }

  /** Room for one more row. */
  reserve(): void {
    if (this.count < this.person.length) return;
    const capacity = 2 * this.count + 16;
    this.person = longer(this.person, new Uint32Array(capacity));
    this.frame = longer(this.frame, new Float64Array(capacity));
    this.x = longer(this.x, new Float64Array(capacity));
    this.y = longer(this.y, new Float64Array(capacity));
    this.line = longer(this.line, new Uint32Array(capacity));
    if (this.timeS.length > 0) this.timeS = longer(this.timeS, new Float64Array(capacity));
  }

  /** Ends the columns where the rows end. */
  trim(): void {
    this.person = this.person.subarray(0, this.count);
    this.frame = this.frame.subarray(0, this.count);
    this.x = this.x.subarray(0, this.count);
    this.y = this.y.subarray(0, this.count);
    this.line = this.line.subarray(0, this.count);
    this.timeS = this.timeS.subarray(0, this.count);
  }

  /** Adds a row. */
  add(person: number, frame: number, x: number, y: number, line: number): void {
    this.reserve();
    const row = this.count;
    if (person >= this.people) this.people = person + 1;
    this.person[row] = person;
    this.frame[row] = frame;
    this.x[row] = x;
    this.y[row] = y;
    this.line[row] = line;
    this.count += 1;
  }

  /** Adds the time of the row that was added last, where times are kept. */
  setTime(timeS: number): void {
    if (this.timeS.length > 0) this.timeS[this.count - 1] = timeS;
  }
}

/** Most files count people from 0 or 1 on: a table is ten times as fast as a map. */
const SMALL_IDS = 65_536;

/** Numbers people from 0 on, in order of first appearance. Whatever a file calls them stays here, and is forgotten. */
export class PersonCounter {
  readonly #small = new Int32Array(SMALL_IDS).fill(-1);
  readonly #others = new Map<number | string, number>();
  #count = 0;

  /** The number of the person that the file calls `id`. */
  of(id: number | string): number {
    if (typeof id === 'number' && id >= 0 && id < SMALL_IDS && Number.isInteger(id)) {
      if (this.#small[id] < 0) this.#small[id] = this.#count++;
      return this.#small[id];
    }
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    this.#others.set(id, this.#count);
    return this.#count++;
  }
}

/** What the reader of a format hands on: rows as they came, and what the file says about itself. */
export interface RawTrajectories {
  /** Name of the format, for people. */
  readonly format: string;
  readonly rows: Rows;
  readonly frameRate: number;
  /** Null when the file does not say. */
  readonly unit: Unit | null;
  /** Where people can walk, in the file's unit: outer ring, then holes. */
  readonly geometry: readonly (readonly Point[])[] | null;
  /** Frames that were recorded, where the file lists them itself, those with nobody among them. */
  readonly recorded: { readonly first: number; readonly last: number } | null;
  readonly doubts: readonly HealthReason[];
  /** The place of a row, for people. */
  readonly placeOf: (line: number) => string;
}
