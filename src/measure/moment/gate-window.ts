import type { GateObservation, MomentFigure } from '../../contract/index.ts';

/** Flows are told over so long: shorter, they are mostly chance. */
const WINDOW_MS = 60_000;
/** Of a window less of which is known, nothing is told. */
const LEAST_KNOWN = 0.8;
/** A window that has only begun is as long as it is, from here on; shorter, a flow is mostly chance. */
const LEAST_MS = 20_000;

interface Part {
  readonly endMs: number;
  readonly knownMs: number;
  readonly inwards: number;
  readonly out: number;
  readonly variance: number;
  readonly systematic: number;
}

const sumOf = (parts: readonly Part[], read: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + read(part), 0);

const crossings = ({ counts }: GateObservation, direction: 'in' | 'out'): number =>
  Object.values(counts ?? {}).reduce((sum, count) => sum + (count?.[direction] ?? 0), 0);

/** What one camera saw of one gate in the last minute. */
export class GateWindow {
  #parts: Part[] = [];
  #beganMs = Number.POSITIVE_INFINITY;

  /** Takes a second, so much of which was measured; one that comes late has its place, too. */
  add(gate: GateObservation, startMs: number, endMs: number, measuredS: number): void {
    this.#beganMs = Math.min(this.#beganMs, startMs);
    this.#parts.push({
      endMs,
      knownMs: gate.counts === null ? 0 : Math.min(endMs - startMs, 1000 * measuredS),
      inwards: crossings(gate, 'in'),
      out: crossings(gate, 'out'),
      variance: gate.variance,
      systematic: gate.systematicError,
    });
    // Cheap while little is late: it stays as short as the window.
    if (this.#parts.length > 2 * (WINDOW_MS / 1000)) this.#forget(Math.max(...this.#parts.map((part) => part.endMs)));
  }

  /** People a minute each way, over the minute before an instant; null when too little of it is known. */
  at(nowMs: number): { readonly inPerMin: MomentFigure; readonly outPerMin: MomentFigure } {
    this.#forget(nowMs);
    const parts = this.#parts.filter(({ endMs }) => endMs <= nowMs);
    const knownMs = sumOf(parts, (part) => part.knownMs);
    const lengthMs = Math.max(LEAST_MS, Math.min(WINDOW_MS, nowMs - this.#beganMs));
    if (knownMs < LEAST_KNOWN * lengthMs) return { inPerMin: null, outPerMin: null };
    const perMin = 60_000 / knownMs;
    const [inwards, out] = [sumOf(parts, (part) => part.inwards), sumOf(parts, (part) => part.out)];
    // The error is of both ways together; of each it is the share of those who went that way.
    const variance = sumOf(parts, (part) => part.variance) + sumOf(parts, (part) => part.systematic) ** 2;
    const flow = (count: number): MomentFigure => ({
      value: count * perMin,
      standardError: Math.sqrt((variance * count) / Math.max(1, inwards + out)) * perMin,
      partial: false,
    });
    return { inPerMin: flow(inwards), outPerMin: flow(out) };
  }

  #forget(nowMs: number): void {
    this.#parts = this.#parts.filter(({ endMs }) => endMs > nowMs - WINDOW_MS);
  }
}
