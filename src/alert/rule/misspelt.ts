import { nearestNames } from './nearest-names.ts';
import { didYouMean, quote, type RuleProblem } from './problem.ts';
import type { Word } from './syntax.ts';

const MOST_LISTED = 12;

/** A name that is not among those there are. */
export const misspelt = ({ text, from, to }: Word, what: string, names: readonly string[]): RuleProblem => {
  const suggestions = nearestNames(text, names);
  const few = names.length > 0 && names.length <= MOST_LISTED ? `; there are ${names.join(', ')}` : '';
  const none = names.length === 0 ? '; the site has none' : '';
  return {
    from,
    to,
    message: `there is no ${what} ${quote(text)}${didYouMean(suggestions) || few || none}`,
    suggestions,
  };
};
