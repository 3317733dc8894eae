/** What was found, for those who are told: "density(square) is 3.8 ± 0.2 per m², above 3.5". */
import type { CameraState, LevelOfService, MomentFigure } from '../../contract/index.ts';
import type { Truth } from './condition.ts';
import type { Comparison, Equality, Ordering } from './expression.ts';
import type { Unit } from './functions.ts';
import { printLimit, printSubject } from './print.ts';
import { quantityOf, unitOf } from './quantity.ts';
import { OPPOSITE } from './truth.ts';

type Figure = NonNullable<MomentFigure>;

const MOST_DECIMALS = 6;
/** Where no standard error says how much is known. */
const SIGNIFICANT_DIGITS = 3;

/** Decimals down to this power of ten. */
const decimalsTo = (power: number): number => Math.min(MOST_DECIMALS, Math.max(0, -power));

/** As many as the standard error leaves sense in, but enough to tell the figure from the limit that it is not. */
const decimalsOf = (value: number, standardError: number, otherThan: number | null): number => {
  const size = Math.abs(value) || 1;
  const power =
    standardError > 0 ? Math.floor(Math.log10(standardError)) : Math.floor(Math.log10(size)) - SIGNIFICANT_DIGITS + 1;
  let decimals = decimalsTo(power);
  while (decimals < MOST_DECIMALS && Number(value.toFixed(decimals)) === otherThan) decimals += 1;
  return decimals;
};

/** "3.8 ± 0.2 per m²". */
const describeFigure = (
  { value, standardError }: Figure,
  { times, over, spoken }: Unit,
  otherThan: number | null = null,
): string => {
  const inUnit = (amount: number): number => (amount * over) / times;
  const error = inUnit(standardError ?? 0);
  const decimals = decimalsOf(inUnit(value), error, otherThan);
  const shown = inUnit(value).toFixed(decimals);
  const text = error > 0 ? `${shown} ± ${error.toFixed(decimals)}` : String(Number(shown));
  return `${text} ${spoken}`.trimEnd();
};

const WORDS: Readonly<Record<Ordering | Equality, string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  '==': 'exactly',
  '!=': 'not',
};

/** "above 3.5", "at most 3.5"; of what is unknown because a part is not seen, that it is. */
const describeOutcome = ({ operator }: Comparison, limit: string, truth: Truth): string => {
  if (truth === null) return `whether the whole is ${WORDS[operator]} ${limit} is unknown`;
  return `${WORDS[truth ? operator : OPPOSITE[operator]]} ${limit}`;
};

const PART = ' in the part that is seen';

/**
 * What was found of a figure that is compared with a number.
 *
 * @param limit the number, in the figure's own unit
 */
export const describeMeasured = (
  comparison: Extract<Comparison, { kind: 'measured' }>,
  limit: number,
  figure: MomentFigure,
  truth: Truth,
): string => {
  const subject = printSubject(comparison);
  if (figure === null && truth === false) return `${subject} has no value: there are too few people`;
  if (figure === null || !Number.isFinite(figure.value)) return `${subject} is unknown`;
  const quantity = quantityOf(comparison.subject);
  const unit = unitOf(quantity, comparison.limit.unit) ?? quantity.units[0];
  const part = figure.partial ? PART : '';
  const otherThan = figure.value === limit ? null : comparison.limit.value;
  const outcome = describeOutcome(comparison, printLimit(comparison), truth);
  return `${subject} is ${describeFigure(figure, unit, otherThan)}${part}, ${outcome}`;
};

/** What was found of a level of service. */
export const describeLevel = (
  comparison: Extract<Comparison, { kind: 'level' }>,
  density: MomentFigure,
  level: LevelOfService | null,
  truth: Truth,
): string => {
  const subject = printSubject(comparison);
  if (density === null || level === null || !Number.isFinite(density.value)) return `${subject} is unknown`;
  const perM2: Unit = { name: '/m2', spoken: 'per m²', times: 1, over: 1 };
  const part = density.partial ? PART : '';
  const outcome = describeOutcome(comparison, comparison.level, truth);
  return `${subject} is ${level} (${describeFigure(density, perM2)})${part}, ${outcome}`;
};

/** How a camera was found. */
export const describeState = (comparison: Extract<Comparison, { kind: 'health' }>, state: CameraState): string =>
  state === comparison.state
    ? `${printSubject(comparison)} is ${state}`
    : `${printSubject(comparison)} is ${state}, not ${comparison.state}`;
