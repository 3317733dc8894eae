import { StarlingError } from '../../contract/index.ts';

/** What is wrong with a text, for editors: they mark it, and offer what may stand there instead. */
export interface RuleProblem {
  /** Where it begins, in UTF-16 units from the start of the text, as editors count. */
  readonly from: number;
  /** Behind its last character; at least one further, but at the end of the text. */
  readonly to: number;
  /** What is wrong and how to mend it; without a capital and a full stop, to stand in a sentence. */
  readonly message: string;
  /** What could stand there instead, best first. */
  readonly suggestions: readonly string[];
}

/** Where problems go. */
export type Note = (problem: RuleProblem) => void;

/** A text that cannot be read on: caught where reading began. */
export class UnreadableError extends Error {
  readonly problem: RuleProblem;

  constructor(problem: RuleProblem) {
    super(problem.message);
    this.name = 'UnreadableError';
    this.problem = problem;
  }
}

const MOST_QUOTED = 40;
/** So much of the text is shown on each side of what is wrong. */
const AROUND = 50;

/** Control characters, line ends and what turns the direction of writing become spaces, one for each. */
const onOneLine = (text: string): string =>
  text.replaceAll(/[\p{C}\p{Z}]/gu, (character) => ' '.repeat(character.length));

/** Words of the text as they are told: short, in quotes, on one line. */
export const quote = (text: string): string =>
  `"${onOneLine(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text)}"`;

/** "a, b or c". */
export const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** A question to the one who wrote it; nothing where nothing is near. */
export const didYouMean = (suggestions: readonly string[]): string =>
  suggestions.length === 0 ? '' : ` (did you mean ${either(suggestions.map(quote))}?)`;

/** Where in the text it is, for people, who count from 1. */
const problemPlace = ({ from }: RuleProblem): string => `character ${from + 1}`;

/**
 * The text around a problem, and under it what is wrong with it:
 *
 *   density(sqare) > 3.5
 *           ^^^^^
 */
const excerpt = (text: string, { from, to }: RuleProblem): string => {
  const start = from > AROUND ? from - AROUND : 0;
  const line = onOneLine(text.slice(start, from + AROUND));
  const marks = '^'.repeat(Math.max(1, Math.min(to, start + line.length) - from));
  const [before, after] = [start > 0 ? '…' : '', from + AROUND < text.length ? '…' : ''];
  return `\n  ${before}${line}${after}\n  ${' '.repeat(before.length + from - start)}${marks}`;
};

/** The error that says so. */
export const ruleError = (text: string, problem: RuleProblem): StarlingError =>
  new StarlingError('ALERT_BAD_RULE', {
    place: problemPlace(problem),
    excerpt: excerpt(text, problem),
    problem: problem.message,
  });
