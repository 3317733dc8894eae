import type { Moment, MomentFigure } from '../../contract/index.ts';

/** Whether something holds; null when nobody knows. Unknown is not false: see Kleene's strong logic of three values. */
export type Truth = boolean | null;

/** What can be foreseen of a zone. */
export type ForeseenFigure = 'occupancy' | 'densityPerM2';

/** What a condition is judged by. */
export interface Circumstances {
  readonly moment: Moment;
  /** What a figure of a zone will be in so many seconds; null when nobody knows. */
  readonly forecast: (zone: string, figure: ForeseenFigure, aheadS: number) => MomentFigure;
}

/** A condition that was understood: text of a rule, ready to be judged every second. */
export interface Condition {
  readonly text: string;
  /** Whether it holds. */
  judge(circumstances: Circumstances): Truth;
  /** What was found, for those who are told: "density(square) is 3.8 ± 0.2 per m², above 3.5". */
  explain(circumstances: Circumstances): string;
}
