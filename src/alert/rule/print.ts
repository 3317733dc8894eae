/** A condition as text, in its normal form: what is read from it is the same condition. */
import type { Amount, Comparison, Expression, Measured } from './expression.ts';

/** A number with its unit: `80/min`. Written with so few digits that no exponent is ever needed. */
export const printAmount = ({ value, unit }: Amount): string => `${value}${unit}`;

/** What is compared with a number: `flow(north-gate, in)`. */
export const printMeasured = (subject: Measured): string => {
  if (subject.kind === 'figure') return `${subject.name}(${subject.place.name})`;
  if (subject.kind === 'flow') return `flow(${subject.gate}, ${subject.direction})`;
  return `forecast(${subject.name}(${subject.zone}), ${printAmount(subject.ahead)})`;
};

/** What is compared: `los(stairs)`. */
export const printSubject = (comparison: Comparison): string => {
  if (comparison.kind === 'level') return `los(${comparison.place.name})`;
  return comparison.kind === 'health' ? `health(${comparison.camera})` : printMeasured(comparison.subject);
};

/** What it is compared with: `3.5`, `E`, `unknown`. */
export const printLimit = (comparison: Comparison): string => {
  if (comparison.kind === 'level') return comparison.level;
  return comparison.kind === 'health' ? comparison.state : printAmount(comparison.limit);
};

const printPart = (part: Expression, kindsInParentheses: readonly Expression['kind'][]): string =>
  kindsInParentheses.includes(part.kind) ? `(${printCondition(part)})` : printCondition(part);

/** The condition. Parentheses stand only where they are needed: `not` before `and` before `or`. */
export const printCondition = (expression: Expression): string => {
  if ('parts' in expression) {
    const { kind, parts } = expression;
    return parts.map((part) => printPart(part, kind === 'and' ? ['or'] : [])).join(` ${kind} `);
  }
  if (expression.kind === 'not') return `not ${printPart(expression.part, ['and', 'or'])}`;
  return `${printSubject(expression)} ${expression.operator} ${printLimit(expression)}`;
};
