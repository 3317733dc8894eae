/**
 * What a condition means: finds its names in the site, and compares only what can be compared. It goes on after a
 * problem, so that an editor marks all of them at once.
 */
import { CAMERA_STATES, type LevelOfService } from '../../contract/index.ts';
import { checkSubject, type Subject } from './check-call.ts';
import { checkAmount, checkReach } from './check-limit.ts';
import { type Comparison, EQUALITIES, type Expression, ORDERINGS } from './expression.ts';
import { LEVELS } from './levels.ts';
import { misspelt } from './misspelt.ts';
import { either, type Note } from './problem.ts';
import { quantityOf } from './quantity.ts';
import type { SitePlaces } from './site-places.ts';
import type { ComparisonSyntax, LimitSyntax, Syntax, Word } from './syntax.ts';

/** An operator that such figures have; null, and a problem, when it is another. */
const operatorAmong = <Operator extends string>(
  { text, from, to }: Word,
  operators: readonly Operator[],
  why: string,
  note: Note,
): Operator | null => {
  const operator = operators.find((one) => one === text);
  if (operator === undefined) note({ from, to, message: `${why}: write ${either(operators)}`, suggestions: operators });
  return operator ?? null;
};

/** A word of a list, whatever its case; null, and a problem, when there is none. */
const wordAmong = <Name extends string>(
  limit: LimitSyntax,
  what: string,
  names: readonly Name[],
  note: Note,
): Name | null => {
  const { number, word, from, to } = limit;
  const name = names.find((one) => one.toLowerCase() === word?.text.toLowerCase());
  if (name !== undefined && number === null) return name;
  if (number === null && word !== null) note(misspelt(word, what, names));
  else note({ from, to, message: `write a ${what}: ${either(names)}`, suggestions: names });
  return null;
};

const checkMeasured = (
  { operator, limit }: ComparisonSyntax,
  subject: Extract<Subject, { kind: 'figure' | 'flow' | 'forecast' }>,
  note: Note,
): Comparison | null => {
  const order = operatorAmong(operator, ORDERINGS, 'a measured figure is never exactly a number', note);
  const quantity = quantityOf(subject);
  const amount = checkAmount(limit, subject, quantity, note);
  if (order === null || amount === null) return null;
  const message = checkReach(order, amount, quantity);
  if (message !== null) note({ from: operator.from, to: limit.to, message, suggestions: [] });
  return message === null ? { kind: 'measured', subject, operator: order, limit: amount } : null;
};

/** `A` is the best and `F` the worst: beyond them there is nothing. */
const isVain = (operator: string, level: LevelOfService): boolean =>
  (level === 'A' && (operator === '<' || operator === '>=')) ||
  (level === 'F' && (operator === '>' || operator === '<='));

const checkLevel = (
  { operator, limit }: ComparisonSyntax,
  { place }: Extract<Subject, { kind: 'level' }>,
  note: Note,
): Comparison | null => {
  const compared = operatorAmong(operator, [...ORDERINGS, ...EQUALITIES], 'levels have an order', note);
  const level = wordAmong(limit, 'level of service', LEVELS, note);
  if (compared === null || level === null) return null;
  if (!isVain(compared, level)) return { kind: 'level', place, operator: compared, level };
  const what = compared === '<' || compared === '>' ? 'can never hold' : 'always holds';
  note({ from: operator.from, to: limit.to, message: `this ${what}: levels go from A to F`, suggestions: [] });
  return null;
};

const checkHealth = (
  { operator, limit }: ComparisonSyntax,
  { camera }: Extract<Subject, { kind: 'health' }>,
  note: Note,
): Comparison | null => {
  const compared = operatorAmong(operator, EQUALITIES, 'states of a camera have no order', note);
  const state = wordAmong(limit, 'state of a camera', CAMERA_STATES, note);
  return compared === null || state === null ? null : { kind: 'health', camera, operator: compared, state };
};

const checkComparison = (comparison: ComparisonSyntax, site: SitePlaces, note: Note): Comparison | null => {
  const subject = checkSubject(comparison.call, site, note);
  if (subject === null) return null;
  if (subject.kind === 'level') return checkLevel(comparison, subject, note);
  if (subject.kind === 'health') return checkHealth(comparison, subject, note);
  return checkMeasured(comparison, subject, note);
};

/** What it means; null where something is wrong with it, and then that is noted. */
export const checkCondition = (syntax: Syntax, site: SitePlaces, note: Note): Expression | null => {
  if (syntax.kind === 'comparison') return checkComparison(syntax, site, note);
  if (syntax.kind === 'not') {
    const part = checkCondition(syntax.part, site, note);
    return part && { kind: 'not', part };
  }
  // Of all parts, also behind one with a problem.
  const parts = syntax.parts.map((part) => checkCondition(part, site, note)).filter((part) => part !== null);
  return parts.length === syntax.parts.length ? { kind: syntax.kind, parts } : null;
};
