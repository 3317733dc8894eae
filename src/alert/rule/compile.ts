/**
 * The text of rules.
 *
 * ```
 * density(square) > 3.5 and not health(cam-1) == unknown
 *   parser.ts      what belongs together
 *   check.ts       what it means at this site          -> problems, for editors
 *   clause.ts      judged every second, in three values
 * ```
 *
 * @example compileCondition('density(square) > 3.5', placesOf(site)).judge(circumstances)
 */
import { checkCondition } from './check.ts';
import { clauseOf, explainClause, judgeClause } from './clause.ts';
import type { Circumstances, Condition } from './condition.ts';
import type { Expression } from './expression.ts';
import { type FigureReader, figureReader } from './figures.ts';
import { parseCondition } from './parser.ts';
import { printCondition } from './print.ts';
import { type RuleProblem, ruleError, UnreadableError } from './problem.ts';
import { durationS } from './quantity.ts';
import type { SitePlaces } from './site-places.ts';

/** More are not told: they come of one slip. */
const MOST_PROBLEMS = 10;

/** What a text was found to be: a condition, or problems. */
export type ReadCondition =
  | { readonly expression: Expression; readonly problems: readonly [] }
  | { readonly expression: null; readonly problems: readonly [RuleProblem, ...RuleProblem[]] };

const unreadable = (problems: readonly RuleProblem[]): ReadCondition => {
  const [first, ...others] = problems.toSorted((a, b) => a.from - b.from);
  if (first === undefined) throw new TypeError('a condition without a meaning has a problem');
  return { expression: null, problems: [first, ...others] };
};

/** Reads a text. */
export const readCondition = (text: string, site: SitePlaces): ReadCondition => {
  const problems: RuleProblem[] = [];
  const note = (problem: RuleProblem): void => {
    // To look for what was meant takes time: no further than it is told.
    if (problems.length === MOST_PROBLEMS - 1) throw new UnreadableError(problem);
    problems.push(problem);
  };
  try {
    const expression = checkCondition(parseCondition(text), site, note);
    return expression ? { expression, problems: [] } : unreadable(problems);
  } catch (error) {
    if (error instanceof UnreadableError) return unreadable([...problems, error.problem]);
    throw error;
  }
};

/** What is wrong with a text, from its start to its end; nothing when it is well. For editors. */
export const conditionProblems = (text: string, site: SitePlaces): readonly RuleProblem[] =>
  readCondition(text, site).problems;

/** A forecast that a condition asks for. */
export interface ForecastAsked {
  readonly zone: string;
  readonly aheadS: number;
}

/** A condition that was understood, and what has to be foreseen for it. */
export interface CompiledCondition extends Condition {
  readonly forecasts: readonly ForecastAsked[];
  /** The first figure that it compares, in its own unit; null when that is unknown, or it compares none. */
  readonly leading: (circumstances: Circumstances) => number | null;
}

const forecastsOf = (expression: Expression): readonly ForecastAsked[] => {
  if ('parts' in expression) return expression.parts.flatMap(forecastsOf);
  if (expression.kind === 'not') return forecastsOf(expression.part);
  if (expression.kind !== 'measured' || expression.subject.kind !== 'forecast') return [];
  const { zone, ahead } = expression.subject;
  return [{ zone, aheadS: durationS(ahead) }];
};

const leadingOf = (expression: Expression): FigureReader | null => {
  if (expression.kind === 'measured') return figureReader(expression.subject);
  if (expression.kind === 'not') return leadingOf(expression.part);
  if ('parts' in expression) return expression.parts.map(leadingOf).find((reader) => reader !== null) ?? null;
  return null;
};

/**
 * Understands a condition.
 *
 * @param text such as `density(square) > 3.5`; docs/alerts-grammar.md has the grammar
 * @throws ALERT_BAD_RULE with the place of the first problem
 */
export const compileCondition = (text: string, site: SitePlaces): CompiledCondition => {
  const { expression, problems } = readCondition(text, site);
  if (expression === null) throw ruleError(text, problems[0]);
  const clause = clauseOf(expression, site);
  const leading = leadingOf(expression);
  return {
    text: printCondition(expression),
    forecasts: forecastsOf(expression),
    leading: (circumstances) => leading?.(circumstances)?.value ?? null,
    judge: (circumstances) => judgeClause(clause, circumstances),
    explain: (circumstances) => explainClause(clause, circumstances),
  };
};
