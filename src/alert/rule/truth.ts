import type { Truth } from './condition.ts';
import type { Equality, Ordering } from './expression.ts';

const sure = (holds: boolean, fails: boolean): Truth => {
  if (holds) return true;
  return fails ? false : null;
};

/**
 * Whether a figure of which only bounds are known, least ≤ figure ≤ most, compares so with a limit: true when it does
 * wherever it lies between them, false when it does nowhere, and null in between. NaN is unknown.
 */
export const compareBounds = (least: number, most: number, operator: Ordering | Equality, limit: number): Truth => {
  if (operator === '>') return sure(least > limit, most <= limit);
  if (operator === '>=') return sure(least >= limit, most < limit);
  if (operator === '<') return sure(most < limit, least >= limit);
  if (operator === '<=') return sure(most <= limit, least > limit);
  const isSame = least === limit && most === limit;
  const isOther = most < limit || least > limit;
  return operator === '==' ? sure(isSame, isOther) : sure(isOther, isSame);
};

/** What the other side of a comparison is: `above 3` does not hold where `at most 3` does. */
export const OPPOSITE = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
} as const satisfies Readonly<Record<Ordering | Equality, Ordering | Equality>>;
