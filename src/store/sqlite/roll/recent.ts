/**
 * What was summed as it came, so that it need not be read again. It is never more than a short cut: what it holds is
 * used only when it is all there is in the tables, added in the same order; else they are read.
 */
import type { Observation } from '../../../contract/index.ts';
import { type FieldGrid, withField } from '../sums/field-grid.ts';
import { SpanSums } from '../sums/span-sums.ts';

/** The newest few entries of each camera, by when they begin. */
class RecentByCamera<Entry> {
  readonly #entries = new Map<number, Map<number, Entry>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  entry(camera: number, startS: number, make: () => Entry): Entry {
    const own = this.#entries.get(camera) ?? new Map<number, Entry>();
    this.#entries.set(camera, own);
    const found = own.get(startS);
    if (found !== undefined) return found;
    const [oldest] = own.keys();
    if (own.size >= this.#most && oldest !== undefined) own.delete(oldest);
    const made = make();
    own.set(startS, made);
    return made;
  }

  take(camera: number, startS: number): Entry | undefined {
    const own = this.#entries.get(camera);
    const found = own?.get(startS);
    own?.delete(startS);
    return found;
  }

  forget(): void {
    this.#entries.clear();
  }
}

/** One minute is being filled while another waits to be over; a third for those who come late. */
const MOST_MINUTES = 3;
const MOST_QUARTER_HOURS = 2;

interface RecentMinute {
  sums: SpanSums;
  lastMs: number;
  lastSequence: number;
  inOrder: boolean;
}

/** Sums of the minutes that are being filled. */
export class RecentMinutes {
  readonly #recent = new RecentByCamera<RecentMinute>(MOST_MINUTES);

  add(camera: number, startS: number, observation: Observation): void {
    const entry = this.#recent.entry(camera, startS, () => ({
      sums: new SpanSums(),
      lastMs: -1,
      lastSequence: -1,
      inOrder: true,
    }));
    const { startMs, sequence } = observation;
    entry.inOrder &&= startMs > entry.lastMs || (startMs === entry.lastMs && sequence > entry.lastSequence);
    entry.lastMs = startMs;
    entry.lastSequence = sequence;
    if (entry.inOrder) entry.sums.addSecond(observation);
  }

  /** Hands a minute over if it holds as many seconds as there are. */
  take(camera: number, startS: number, seconds: number): SpanSums | undefined {
    const entry = this.#recent.take(camera, startS);
    return entry?.inOrder && entry.sums.seconds === seconds ? entry.sums : undefined;
  }

  forget(): void {
    this.#recent.forget();
  }
}

interface RecentField {
  readonly minutes: number[];
  field: FieldGrid | undefined;
}

/** Fields of the quarter-hours that are being filled. */
export class RecentFields {
  readonly #recent = new RecentByCamera<RecentField>(MOST_QUARTER_HOURS);

  /** Adds a minute, whose field is not used by anybody else from now on. */
  add(camera: number, quarterHourS: number, minuteS: number, field: FieldGrid | undefined): void {
    const entry = this.#recent.entry(camera, quarterHourS, () => ({ minutes: [], field: undefined }));
    entry.minutes.push(minuteS);
    entry.field = withField(entry.field, field);
  }

  /** Hands a quarter-hour over if it holds these minutes, each once and in this order. */
  take(camera: number, quarterHourS: number, minutes: readonly number[]): RecentField | undefined {
    const entry = this.#recent.take(camera, quarterHourS);
    const isWhole =
      entry?.minutes.length === minutes.length && entry.minutes.every((minuteS, i) => minuteS === minutes[i]);
    return isWhole ? entry : undefined;
  }

  forget(): void {
    this.#recent.forget();
  }
}
