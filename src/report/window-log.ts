import type { GateWindow, HealthReason, ZoneWindow } from '../contract/index.ts';

/** A reason for doubt and how many rows gave it. */
interface CountedReason extends HealthReason {
  readonly rows: number;
}

/** What a page says about the windows: the first of them, and what was wrong with all of them. */
export interface WindowDigest {
  readonly first: readonly (ZoneWindow | GateWindow)[];
  /** Rows in all: windows times zones and gates. */
  readonly rows: number;
  /** Rows that were measured in part only, and not at all. */
  readonly partlyCovered: number;
  readonly uncovered: number;
  readonly reasons: readonly CountedReason[];
}

const KEPT_ROWS = 48;
const KEPT_REASONS = 40;

/** Keeps the first windows and counts the reasons for doubt of all, in bounded memory. */
export class WindowLog {
  readonly #first: (ZoneWindow | GateWindow)[] = [];
  readonly #reasons = new Map<string, { code: string; message: string; rows: number }>();
  #rows = 0;
  #partlyCovered = 0;
  #uncovered = 0;

  /** Takes in a window, and keeps a copy if it is one of the first. */
  add(window: ZoneWindow | GateWindow): void {
    this.#rows++;
    if (this.#first.length < KEPT_ROWS) this.#first.push(structuredClone(window));
    if (window.coverage <= 0) this.#uncovered++;
    else if (window.coverage < 0.999) this.#partlyCovered++;
    for (const reason of window.health.reasons) this.#count(reason);
  }

  /** What was gathered so far. A period of which only some zones fit is left out of `first`. */
  digest(): WindowDigest {
    return {
      first: this.#wholePeriods(),
      rows: this.#rows,
      partlyCovered: this.#partlyCovered,
      uncovered: this.#uncovered,
      reasons: [...this.#reasons.values()],
    };
  }

  #count({ code, message }: HealthReason): void {
    const counted = this.#reasons.get(code);
    if (counted) counted.rows++;
    else if (this.#reasons.size < KEPT_REASONS) this.#reasons.set(code, { code, message, rows: 1 });
  }

  #wholePeriods(): (ZoneWindow | GateWindow)[] {
    const lastMs = this.#first.at(-1)?.startMs;
    if (this.#rows <= this.#first.length || this.#first[0]?.startMs === lastMs) return [...this.#first];
    return this.#first.filter(({ startMs }) => startMs !== lastMs);
  }
}
