/**
 * Reads a condition from its start to its end, one word at a time and never twice, so that the work grows with the
 * length of the text and no faster. docs/alerts-grammar.md has the grammar.
 */
import { EQUALITIES, ORDERINGS } from './expression.ts';
import { FUNCTION_NAMES, isFunction, SIGNATURES } from './functions.ts';
import { misspelt } from './misspelt.ts';
import { either, quote, UnreadableError } from './problem.ts';
import { Scanner } from './scanner.ts';
import type { CallSyntax, ComparisonSyntax, LimitSyntax, Syntax, Wanted, Word } from './syntax.ts';

/** A text is no longer. */
const MOST_CHARACTERS = 1000;
/** Parentheses, `not` and functions stand within one another no deeper. */
const MOST_DEPTH = 32;

const NAME = /[a-z][\w-]*/iy;
// A length of time is one word here, also with a space in it; so is 10min-hall, which is a name.
const ARGUMENT = /\d+(?:\.\d+)?\s*(?:s|min|h)(?![\w.-])|[a-z0-9][\w.-]*/iy;
const OPERATOR = /[<>=!≥≤≠]+/y;
const NUMBER = /\d+(?:\.\d+)?/y;
// No function: a word before a parenthesis begins the next condition, of which `and` was forgotten.
const UNIT = /(?!(?:and|or|not)\b)(?:%|\/?[a-z°][a-z0-9°²^]*(?:\/[a-z][a-z0-9²^]*)?)(?!\w|\s*\()/iy;
const WORDS = { and: /and(?![\w-])/iy, or: /or(?![\w-])/iy, not: /not(?![\w-])/iy };
const SIGNS = { '(': /\(/y, ')': /\)/y, ',': /,/y };

const OPERATORS: readonly string[] = [...ORDERINGS, ...EQUALITIES];
/** What other languages write, and what is meant. */
const OTHER_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['===', '=='],
  ['=>', '>='],
  ['=<', '<='],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
  ['<>', '!='],
  ['!==', '!='],
]);
const OTHER_JOINERS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['|', 'or'],
]);

const EXAMPLE = SIGNATURES.density.replace('ZONE', 'square');
/** More digits than these nobody means, and fewer are exact. */
const WHOLE_DIGITS = 9;
const DECIMALS = 6;

class Parser {
  readonly #scanner: Scanner;
  readonly wanted: Wanted[] = [];

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  whole(): Syntax {
    const syntax = this.#either(0);
    const { next, isAtEnd } = this.#scanner;
    if (isAtEnd) return syntax;
    const joiner = OTHER_JOINERS.get(next.text);
    if (joiner) return this.#scanner.fail(`write ${quote(joiner)}`, [joiner], this.#twice(next.text));
    if (next.text === ')') return this.#scanner.fail('this ) closes nothing');
    if (this.#scanner.peek(OPERATOR))
      return this.#scanner.fail('this was compared already; join two comparisons with and');
    return this.#scanner.failAt('write and, or between two conditions');
  }

  /** The sign that stands here, and its twin behind it. */
  #twice(sign: string): { from: number; to: number } {
    const { at, text } = this.#scanner;
    return { from: at, to: at + (text[at + 1] === sign ? 2 : 1) };
  }

  #either(depth: number): Syntax {
    return this.#joined('or', depth, () => this.#joined('and', depth, () => this.#operand(depth)));
  }

  #joined(word: 'and' | 'or', depth: number, part: () => Syntax): Syntax {
    const first = part();
    const parts = [first];
    this.#want({ kind: 'joiner', isOpen: depth > 0 });
    while (this.#scanner.take(WORDS[word])) parts.push(part());
    if (parts.length === 1) return first;
    return { kind: word, parts: parts.flatMap((one) => (one.kind === word ? one.parts : [one])) };
  }

  #operand(depth: number): Syntax {
    this.#checkDepth(depth);
    this.#want({ kind: 'condition' });
    if (this.#scanner.take(WORDS.not)) return { kind: 'not', part: this.#operand(depth + 1) };
    const opening = this.#scanner.take(SIGNS['(']);
    if (!opening) return this.#comparison(depth);
    const inner = this.#either(depth + 1);
    if (!this.#scanner.take(SIGNS[')'])) this.#failUnclosed(opening);
    return inner;
  }

  #failUnclosed(opening: Word): never {
    const { next, isAtEnd } = this.#scanner;
    if (isAtEnd) return this.#scanner.fail('this ( is not closed', [], opening);
    const joiner = OTHER_JOINERS.get(next.text);
    if (joiner) return this.#scanner.fail(`write ${quote(joiner)}`, [joiner], this.#twice(next.text));
    return this.#scanner.failAt('write and, or, or close the parenthesis');
  }

  #comparison(depth: number): ComparisonSyntax {
    if (this.#scanner.peek(/!/y)) return this.#scanner.fail('write "not"', ['not']);
    if (this.#scanner.peek(/[-+.]?\d/y))
      return this.#scanner.fail(`the figure comes first, and then what it is compared with: ${EXAMPLE}`);
    const name = this.#scanner.take(NAME);
    if (!name) return this.#scanner.failAt(`write a condition such as ${EXAMPLE}`);
    const call = this.#call(name, null, depth);
    const operator = this.#operator(call);
    const limit = this.#limit(call, depth);
    return { kind: 'comparison', call, operator, limit, from: call.from, to: limit.to };
  }

  #call(name: Word, within: string | null, depth: number): CallSyntax {
    this.#checkDepth(depth);
    if (!this.#scanner.take(SIGNS['('])) this.#failUncalled(name);
    const asked: (Word | CallSyntax)[] = [];
    let closing: Word | null = null;
    while (closing === null) {
      asked.push(this.#argument(name, within, asked.length, depth));
      this.#want({ kind: 'separator', name: name.text, within, index: asked.length });
      closing = this.#scanner.take(SIGNS[')']);
      if (closing === null && !this.#scanner.take(SIGNS[','])) this.#scanner.failAt('write ) or a comma');
    }
    return { kind: 'call', name, arguments: asked, from: name.from, to: closing.to };
  }

  #failUncalled(name: Word): never {
    const lower = name.text.toLowerCase();
    if (isFunction(lower)) return this.#scanner.failAt(`write ${SIGNATURES[lower]}`);
    throw new UnreadableError(misspelt(name, 'function', FUNCTION_NAMES));
  }

  #argument(name: Word, within: string | null, index: number, depth: number): Word | CallSyntax {
    this.#want({ kind: 'argument', name: name.text, within, index });
    const word = this.#scanner.take(ARGUMENT);
    if (word) return this.#scanner.peek(SIGNS['(']) ? this.#call(word, name.text, depth + 1) : word;
    const lower = name.text.toLowerCase();
    const example = isFunction(lower) ? SIGNATURES[lower] : EXAMPLE;
    return this.#scanner.failAt(`write a name of letters, digits, - and _, without quotes, as in ${example}`);
  }

  #operator(call: CallSyntax): Word {
    this.#want({ kind: 'operator', call });
    const operator = this.#scanner.take(OPERATOR);
    if (!operator) return this.#scanner.failAt(`write ${either(OPERATORS)}`);
    if (OPERATORS.includes(operator.text)) return operator;
    const meant = OTHER_OPERATORS.get(operator.text);
    const instead = meant === undefined ? OPERATORS : [meant];
    const message = `${quote(operator.text)} is no comparison: write ${either(instead)}`;
    return this.#scanner.fail(message, meant === undefined ? [] : [meant], operator);
  }

  #limit(call: CallSyntax, depth: number): LimitSyntax {
    this.#want({ kind: 'limit', call });
    if (this.#scanner.peek(/-\s*[\d.]/y)) return this.#scanner.fail('no figure is ever negative');
    if (this.#scanner.peek(/\.\d/y)) return this.#scanner.fail('write 0 before the point');
    const number = this.#number();
    if (number) {
      this.#want({ kind: 'unit', call });
      this.#want({ kind: 'joiner', isOpen: depth > 0 });
    }
    const word = this.#scanner.take(number ? UNIT : NAME);
    const last = word ?? number;
    if (!last) return this.#scanner.failAt('write what it is compared with');
    if (!number && this.#scanner.peek(SIGNS['(']))
      return this.#scanner.fail('figures are compared with numbers, not with one another', [], last);
    return { number, word, from: (number ?? last).from, to: last.to };
  }

  #number(): Word | null {
    const number = this.#scanner.take(NUMBER);
    if (!number) return null;
    if (this.#scanner.peek(/[,.]\d/y)) this.#scanner.fail('write decimals with one point, and thousands with nothing');
    const [whole, decimals = ''] = number.text.split('.');
    if (whole.length > WHOLE_DIGITS || decimals.length > DECIMALS)
      this.#scanner.fail(`write at most ${WHOLE_DIGITS} digits before the point and ${DECIMALS} after it`, [], number);
    return number;
  }

  #checkDepth(depth: number): void {
    if (depth > MOST_DEPTH) this.#scanner.fail(`this stands in more than ${MOST_DEPTH} parentheses and nots`);
  }

  #want(wanted: WithoutPlace<Wanted>): void {
    this.wanted.push({ ...wanted, at: this.#scanner.at });
  }
}

/** Of each kind what it says but its place. */
type WithoutPlace<Kind> = Kind extends unknown ? Omit<Kind, 'at'> : never;

/**
 * Reads a text.
 *
 * @throws UnreadableError with the first problem
 */
export const parseCondition = (text: string): Syntax => {
  if (text.length <= MOST_CHARACTERS) return new Parser(text).whole();
  const message = `a condition has at most ${MOST_CHARACTERS} characters`;
  throw new UnreadableError({ from: MOST_CHARACTERS, to: text.length, message, suggestions: [] });
};

/** What may stand where, in a text that may be without its end; of text behind a mistake nothing is told. */
export const wantedIn = (text: string): readonly Wanted[] => {
  if (text.length > MOST_CHARACTERS) return [];
  const parser = new Parser(text);
  try {
    parser.whole();
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
  return parser.wanted;
};
