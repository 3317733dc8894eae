/**
 * How much time has passed between two looks at a rule, as far as that is known.
 *
 * Timers add up what this says, and nothing else: no length of time is ever worked out from two times of day. A clock that
 * is set, a machine that slept and a process that was restarted leave a gap: nobody looked. A gap adds nothing to a hold
 * time, to a clear time or to the time after which an alert expires. It can make Starling louder and never quieter.
 */

/** A longer step than so many usual ones is a gap. A process that was held up for a moment is not. */
const LONGEST_STEPS = 5;

/** What a look at a rule knows of the time since the last one. */
export interface Passed {
  /** Time that counts, ms; 0 after a gap. */
  readonly elapsedMs: number;
  /** How far the clock moved while nobody looked, ms; negative when it was set back. Null when there was no gap. */
  readonly gapMs: number | null;
}

/**
 * What has passed between two times of the clock.
 *
 * @param lastMs when somebody last looked; null: never
 * @param stepMs how far apart looks usually are
 */
export const passedSince = (lastMs: number | null, nowMs: number, stepMs: number): Passed => {
  if (lastMs === null) return { elapsedMs: 0, gapMs: null };
  const movedMs = nowMs - lastMs;
  return movedMs >= 0 && movedMs <= LONGEST_STEPS * stepMs
    ? { elapsedMs: movedMs, gapMs: null }
    : { elapsedMs: 0, gapMs: movedMs };
};

/** A timer, ms; null when it does not run. */
export type TimerMs = number | null;

/** The timer one step on. What begins now has lasted for no time yet. */
export const further = (timerMs: TimerMs, elapsedMs: number): number => (timerMs === null ? 0 : timerMs + elapsedMs);
