import type { Amount, Measured } from './expression.ts';
import { DURATION_UNITS, FLOW, type Quantity, type Unit, ZONE_FUNCTIONS } from './functions.ts';

/** What is compared with a number, and in which units. */
export const quantityOf = (subject: Measured): Quantity =>
  subject.kind === 'flow' ? FLOW : ZONE_FUNCTIONS[subject.name];

/** The unit of that name; the figure's own where none was written. Null where there is no such unit. */
export const unitOf = ({ units }: Quantity, name: string): Unit | null =>
  name === '' ? units[0] : (units.find((unit) => unit.name === name) ?? null);

/** An amount in the figure's own unit. */
export const amountInOwnUnit = ({ value, unit }: Amount, quantity: Quantity): number => {
  const { times, over } = unitOf(quantity, unit) ?? quantity.units[0];
  return (value * times) / over;
};

/** A length of time, s. */
export const durationS = ({ value, unit }: Amount): number =>
  value * (DURATION_UNITS.find(({ name }) => name === unit)?.times ?? 1);
