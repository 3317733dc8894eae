/** What a figure is compared with: a number that it can reach, in a unit of its own. */
import type { Amount, Measured, Ordering } from './expression.ts';
import type { Quantity } from './functions.ts';
import { either, type Note, quote } from './problem.ts';
import { printAmount, printMeasured } from './print.ts';
import { amountInOwnUnit, unitOf } from './quantity.ts';
import type { LimitSyntax } from './syntax.ts';

/** Ways to write the same. */
const canonical = (unit: string): string => unit.toLowerCase().replaceAll('²', '2').replaceAll('^', '');

/** How a number is written with each of the units. */
const writings = (number: string, { units, needsUnit }: Quantity): readonly string[] => {
  const written = units.map(({ name }) => `${number}${name}`);
  return needsUnit ? written : [...new Set([number, ...written])];
};

/** The number and its unit; null, and a problem, where they are not of this figure. */
export const checkAmount = (
  { number, word, from, to }: LimitSyntax,
  subject: Measured,
  quantity: Quantity,
  note: Note,
): Amount | null => {
  const suggestions = writings(number?.text ?? '1', quantity);
  const write = `write ${either(suggestions)}`;
  const given = printMeasured(subject);
  if (number === null) {
    note({ from, to, message: `${given} is compared with a number, such as ${either(suggestions)}`, suggestions: [] });
    return null;
  }
  const unit = word === null ? '' : canonical(word.text);
  if (unit === '' && quantity.needsUnit) note({ from, to, message: `the unit is missing: ${write}`, suggestions });
  else if (unitOf(quantity, unit)) return { value: Number(number.text), unit };
  else note({ from, to, message: `${quote(word?.text ?? '')} is no unit of ${given}: ${write}`, suggestions });
  return null;
};

/** Why the comparison is in vain; null where it is not. A figure is from 0 to the most that it can be. */
export const checkReach = (operator: Ordering, limit: Amount, quantity: Quantity): string | null => {
  const amount = amountInOwnUnit(limit, quantity);
  const most = printAmount({ value: quantity.most, unit: quantity.units[0].name });
  const [never, always] = {
    '>': [amount >= quantity.most, false],
    '>=': [amount > quantity.most, amount <= 0],
    '<': [amount <= 0, amount > quantity.most],
    '<=': [false, amount >= quantity.most],
  }[operator];
  if (!never && !always) return null;
  const range = amount <= 0 ? 'it is never below 0' : `it is never above ${most}`;
  return `this ${never ? 'can never hold' : 'always holds, when it is known at all'}: ${range}`;
};
