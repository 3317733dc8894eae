/** A condition made ready to be judged every second. */
import type { MomentFigure } from '../../contract/index.ts';
import type { Circumstances, Truth } from './condition.ts';
import type { Comparison, Expression } from './expression.ts';
import { emptinessReader, figureReader, stateReader, zoneFigureReader } from './figures.ts';
import { levelIndex, LEVELS } from './levels.ts';
import { amountInOwnUnit, quantityOf } from './quantity.ts';
import type { SitePlaces } from './site-places.ts';
import { describeLevel, describeMeasured, describeState } from './describe.ts';
import { compareBounds } from './truth.ts';

/** One comparison, ready. */
export interface ComparisonClause {
  readonly kind: 'comparison';
  readonly judge: (circumstances: Circumstances) => Truth;
  /** What was found. */
  readonly describe: (circumstances: Circumstances) => string;
}

/** A condition, ready. */
export type Clause =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Clause[] }
  | { readonly kind: 'not'; readonly part: Clause }
  | ComparisonClause;

const measuredClause = (comparison: Extract<Comparison, { kind: 'measured' }>): ComparisonClause => {
  const { subject, operator } = comparison;
  const quantity = quantityOf(subject);
  const limit = amountInOwnUnit(comparison.limit, quantity);
  const read = figureReader(subject);
  const isEmpty = emptinessReader(subject);
  const isHighWorse = quantity.worse === 'high';
  const judge = (figure: MomentFigure, circumstances: Circumstances): Truth => {
    if (figure === null) return isEmpty(circumstances) ? false : null;
    const { value, partial } = figure;
    const least = partial && !isHighWorse ? Number.NEGATIVE_INFINITY : value;
    const most = partial && isHighWorse ? Number.POSITIVE_INFINITY : value;
    return compareBounds(least, most, operator, limit);
  };
  return {
    kind: 'comparison',
    judge: (circumstances) => judge(read(circumstances), circumstances),
    describe: (circumstances) => {
      const figure = read(circumstances);
      return describeMeasured(comparison, limit, figure, judge(figure, circumstances));
    },
  };
};

const levelClause = (
  comparison: Extract<Comparison, { kind: 'level' }>,
  { levelOfService = 'walkway' }: SitePlaces,
): ComparisonClause => {
  const { operator, place } = comparison;
  const limit = LEVELS.indexOf(comparison.level);
  const read = zoneFigureReader(place, 'densityPerM2');
  const judge = (density: MomentFigure): Truth => {
    if (density === null || Number.isNaN(density.value)) return null;
    const level = levelIndex(density.value, levelOfService);
    return compareBounds(level, density.partial ? LEVELS.length - 1 : level, operator, limit);
  };
  return {
    kind: 'comparison',
    judge: (circumstances) => judge(read(circumstances)),
    describe: (circumstances) => {
      const density = read(circumstances);
      const level = density && (LEVELS[levelIndex(density.value, levelOfService)] ?? null);
      return describeLevel(comparison, density, level, judge(density));
    },
  };
};

const healthClause = (comparison: Extract<Comparison, { kind: 'health' }>): ComparisonClause => {
  const read = stateReader(comparison.camera);
  const judge = (circumstances: Circumstances) =>
    (read(circumstances) === comparison.state) === (comparison.operator === '==');
  return {
    kind: 'comparison',
    judge,
    describe: (circumstances) => describeState(comparison, read(circumstances)),
  };
};

/** Makes a condition ready. */
export const clauseOf = (expression: Expression, site: SitePlaces): Clause => {
  if (expression.kind === 'measured') return measuredClause(expression);
  if (expression.kind === 'level') return levelClause(expression, site);
  if (expression.kind === 'health') return healthClause(expression);
  if (expression.kind === 'not') return { kind: 'not', part: clauseOf(expression.part, site) };
  return { kind: expression.kind, parts: expression.parts.map((part) => clauseOf(part, site)) };
};

/** `and` ends with the first that is false, `or` with the first that is true; else one that is unknown decides. */
const judgeParts = (parts: readonly Clause[], decisive: boolean, circumstances: Circumstances): Truth => {
  let truth: Truth = !decisive;
  for (const part of parts) {
    const one = judgeClause(part, circumstances);
    if (one === decisive) return decisive;
    if (one === null) truth = null;
  }
  return truth;
};

/**
 * Whether it holds, in Kleene's strong logic of three values: what is unknown stays so unless the rest decides.
 *
 * @see Kleene, Introduction to Metamathematics, 1952, section 64
 */
export const judgeClause = (clause: Clause, circumstances: Circumstances): Truth => {
  if (clause.kind === 'comparison') return clause.judge(circumstances);
  if (clause.kind !== 'not') return judgeParts(clause.parts, clause.kind === 'or', circumstances);
  const truth = judgeClause(clause.part, circumstances);
  return truth === null ? null : !truth;
};

/** The comparisons that make it so: of the parts of `and` and `or` those that came out as the whole did. */
const decisiveComparisons = (clause: Clause, circumstances: Circumstances): readonly ComparisonClause[] => {
  if (clause.kind === 'comparison') return [clause];
  if (clause.kind === 'not') return decisiveComparisons(clause.part, circumstances);
  const truth = judgeClause(clause, circumstances);
  return clause.parts
    .filter((part) => judgeClause(part, circumstances) === truth)
    .flatMap((part) => decisiveComparisons(part, circumstances));
};

const MOST_CHARACTERS = 500;
/** Room for the note that there is more. */
const MORE_CHARACTERS = 15;

/** What was found, as far as it decides: at most 500 characters. */
export const explainClause = (clause: Clause, circumstances: Circumstances): string => {
  const found = decisiveComparisons(clause, circumstances).map(({ describe }) => describe(circumstances));
  const different = [...new Set(found)];
  let text = different[0] ?? '';
  for (const [i, next] of different.entries()) {
    if (i === 0) continue;
    if (text.length + next.length > MOST_CHARACTERS - MORE_CHARACTERS)
      return `${text}; and ${different.length - i} more`;
    text += `; ${next}`;
  }
  return text;
};
