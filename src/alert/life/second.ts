import type { Circumstances, Truth } from '../rule/condition.ts';
import type { CompiledRule } from './compiled-rule.ts';
import type { Passed } from './passed.ts';

/** What is put before a rule once a second. */
export interface Second {
  readonly nowMs: number;
  readonly passed: Passed;
  /** Whether what raises holds. */
  readonly when: Truth;
  /** Whether what clears holds. */
  readonly clear: Truth;
  /** Awake by its schedule, and not suppressed. */
  readonly mayRaise: boolean;
  /** What was found, with figures. */
  readonly explain: () => string;
  /** An id that was never given before. */
  readonly newId: () => string;
}

/** What a rule is judged by, apart from its figures. */
export type Surroundings = Pick<Second, 'nowMs' | 'passed' | 'mayRaise' | 'newId'>;

/** What can be said of a rule whose condition has a fault. */
const faultOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const judged = (judge: () => Truth): { readonly truth: Truth; readonly fault: string | null } => {
  try {
    return { truth: judge(), fault: null };
  } catch (error) {
    return { truth: null, fault: faultOf(error) };
  }
};

/** Judges a rule. One that fails is unknown: it is told of as blind, and the others are judged all the same. */
export const judgeRule = (
  { when, clear }: CompiledRule,
  circumstances: Circumstances,
  surroundings: Surroundings,
): Second => {
  const raises = judged(() => when.judge(circumstances));
  const not = raises.truth === null ? null : !raises.truth;
  const clears = clear ? judged(() => clear.judge(circumstances)) : { truth: not, fault: null };
  const fault = raises.fault ?? clears.fault;
  return {
    ...surroundings,
    when: raises.truth,
    clear: clears.truth,
    explain: () => fault ?? when.explain(circumstances),
  };
};

/** Whether an alert that is raised could be over, for all that is known. Both must be known: unknown never clears. */
export const mayBeOver = ({ when, clear }: Second): Truth => {
  if (when !== false) return when === null ? null : false;
  return clear;
};
