/**
 * Understands a site file, and says what is wrong with one, with the line that is to be mended.
 */
import { type Site, StarlingError, siteSchema } from '../contract/index.ts';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Of a union's branches, the one that the author most likely meant: the one with the least to complain about. */
const innermost = (issue: Issue): { path: Path; issue: Issue } => {
  let found: { path: Path; issue: Issue } = { path: issue.path, issue };
  while (found.issue.code === 'invalid_union' && found.issue.errors.length > 0) {
    const [branch = []] = found.issue.errors.toSorted((a, b) => a.length - b.length);
    const [first] = branch;
    if (!first) break;
    found = { path: [...found.path, ...first.path], issue: first };
  }
  return found;
};

const spell = (path: Path): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');

const say = (path: Path, issue: Issue): string => {
  const where = spell(path);
  if (!where && issue.code === 'invalid_type') return 'the file holds no site: it begins with site: { id: …, name: … }';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${where ? `in ${where}, ` : ''}${keys} is not something that a site file can say`;
  }
  return where ? `${where}: ${issue.message}` : issue.message;
};

/** Line of the deepest part of `path` that the file has. */
const lineOf = (document: Document, lines: LineCounter, path: Path): number => {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};

/** Where a key stands that should not be there. */
const pathOfKey = (path: Path, issue: Issue): Path =>
  issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path;

/** The document as plain data. Aliases may point nowhere, or multiply without end. */
const toPlain = (document: Document, path: string): unknown => {
  try {
    return document.toJS();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'not YAML';
    throw new StarlingError('SITE_NOT_YAML', { place: path, problem }, { cause });
  }
};

/** A site file that was read: as it is understood, and as it is written. */
export interface SiteFile {
  readonly site: Site;
  readonly written: unknown;
}

/**
 * Understands the text of a site file, and checks all of it.
 *
 * @param path what to call it in an error
 * @throws SITE_NOT_YAML, SITE_INVALID, each with the line that is to be mended
 */
export const parseSite = (text: string, path: string): SiteFile => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    const place = `${path}:${lines.linePos(syntax.pos[0]).line}`;
    throw new StarlingError('SITE_NOT_YAML', { place, problem: syntax.message.split('\n')[0] ?? 'not YAML' });
  }
  const written = toPlain(document, path);
  const result = siteSchema.safeParse(written);
  if (result.success) return { site: result.data, written };
  const [first] = result.error.issues;
  if (!first) throw new StarlingError('SITE_INVALID', { place: path, problem: 'not a site' });
  const found = innermost(first);
  const more = result.error.issues.length - 1;
  const place = `${path}:${lineOf(document, lines, pathOfKey(found.path, found.issue))}`;
  const problem = `${say(found.path, found.issue)}${more > 0 ? ` (and ${more} more)` : ''}`;
  throw new StarlingError('SITE_INVALID', { place, problem });
};
