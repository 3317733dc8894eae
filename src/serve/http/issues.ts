/** What is wrong with something that was sent, place by place, for whoever sent it. */
import * as z from 'zod';

/** One thing that is wrong. */
export const inputIssueSchema = z.strictObject({
  path: z.string().describe('Where, such as body.zones[2].polygon'),
  message: z.string(),
});

/** One thing that is wrong. */
export type InputIssue = z.infer<typeof inputIssueSchema>;

type Issue = z.core.$ZodIssue;

const MOST_ISSUES = 20;
const MOST_LETTERS = 200;

/** A key that was sent can be anything: no more of it is told than helps to find it. */
const shorten = (text: string): string => {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ').toWellFormed();
  return plain.length > MOST_LETTERS ? `${plain.slice(0, MOST_LETTERS).toWellFormed()}…` : plain;
};

const spell = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');

/** Of a union's branches, the one that was most likely meant: the one with the least to complain about. */
const innermost = (issue: Issue, path: readonly PropertyKey[]): InputIssue[] => {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [branch = []] = issue.errors.toSorted((a, b) => a.length - b.length);
    if (branch.length > 0)
      return branch.slice(0, MOST_ISSUES).flatMap((inner) => innermost(inner, [...path, ...inner.path]));
  }
  return [{ path: shorten(spell(path)), message: shorten(issue.message) }];
};

/** The first things that are wrong, at most 20 of them. */
export const inputIssues = ({ issues }: z.ZodError): InputIssue[] =>
  issues
    .slice(0, MOST_ISSUES)
    .flatMap((issue) => innermost(issue, issue.path))
    .slice(0, MOST_ISSUES);
