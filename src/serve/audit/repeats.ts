/**
 * What the same caller does to the same thing again and again: written down at once the first time, and then once a
 * minute with how often. A page that asks every second makes two entries a minute at most, and so does somebody who is
 * turned away again and again.
 */
import type { CountedNote } from './entry.ts';

const MINUTE_MS = 60_000;
const MOST_THINGS = 10_000;
/** Whoever has no name could fill the log: beyond so many a minute they are counted together. */
const MOST_STRANGERS = 30;

interface Repeat {
  readonly note: CountedNote;
  /** Beyond what is written down. */
  readonly count: number;
  readonly untilMs: number;
}

const isCounted = ({ kind }: CountedNote): boolean => kind === 'looked' || kind === 'refused';

const keyOf = ({ caller, by, address, kind, what }: CountedNote): string =>
  JSON.stringify([caller, by, address, kind, what]);

/** Holds back what happens again. */
export class Repeats {
  // In order of their time, for all are held for as long.
  readonly #held = new Map<string, Repeat>();
  #strangers = 0;

  /** What of it is to be written now: it, or nothing; and what gave way to it. */
  take(given: CountedNote): CountedNote[] {
    if (!isCounted(given)) return [given];
    const note = this.#gathered(given);
    const key = keyOf(note);
    const held = this.#held.get(key);
    if (held && note.timeMs < held.untilMs) {
      this.#held.set(key, { ...held, note, count: held.count + 1 });
      return [];
    }
    const released = held ? this.#release(key, held) : [];
    if (this.#held.size >= MOST_THINGS) released.push(...this.#releaseOldest());
    this.#held.set(key, { note, count: 0, untilMs: note.timeMs + MINUTE_MS });
    if (note.caller === 'nobody') this.#strangers++;
    return [...released, note];
  }

  /** What is to be written because its minute is over. */
  due(nowMs: number): CountedNote[] {
    const over = [...this.#held].filter(([, { untilMs }]) => untilMs <= nowMs);
    return over.flatMap(([key, repeat]) => this.#release(key, repeat));
  }

  /** What is to be written because this is the end. */
  all(): CountedNote[] {
    return this.due(Infinity);
  }

  /** When something will be due; null for never. */
  nextMs(): number | null {
    const [first] = this.#held.values();
    return first?.untilMs ?? null;
  }

  #gathered(note: CountedNote): CountedNote {
    if (note.caller !== 'nobody' || this.#strangers < MOST_STRANGERS || this.#held.has(keyOf(note))) return note;
    return { ...note, address: null, what: 'various', details: '' };
  }

  #releaseOldest(): CountedNote[] {
    const [oldest] = this.#held;
    return oldest ? this.#release(...oldest) : [];
  }

  #release(key: string, { note, count }: Repeat): CountedNote[] {
    this.#held.delete(key);
    if (note.caller === 'nobody') this.#strangers--;
    return count === 0 ? [] : [{ ...note, count }];
  }
}
