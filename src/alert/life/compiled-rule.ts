import type { Rule } from '../../contract/index.ts';
import type { Condition } from '../rule/condition.ts';

/** A rule whose texts were understood. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Raises when it holds. */
  readonly when: Condition;
  /** Clears when it holds; null: when `when` does not. */
  readonly clear: Condition | null;
}

/**
 * What its timers are about: a change of these begins the hold times anew, a change of anything else does not.
 *
 * @example '["density(square) > 3.5","20000",null,null]'
 */
export const meaningOf = ({ when, for: forMs, clear, clearFor }: Rule): string =>
  // As text: JSON knows no 'forever'.
  JSON.stringify([when, forMs?.toString() ?? null, clear ?? null, clearFor?.toString() ?? null]);
