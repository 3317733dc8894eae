/** A condition as it was written: what belongs together is known, what it means is not yet. */

/** A piece of the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A word, a number or a sign, as it stands in the text. */
export interface Word extends Span {
  readonly kind: 'word';
  readonly text: string;
}

/** A function and what it is about: `flow(north-gate, in)`. */
export interface CallSyntax extends Span {
  readonly kind: 'call';
  readonly name: Word;
  readonly arguments: readonly (Word | CallSyntax)[];
}

/** A number and its unit, or a word such as `E`. */
export interface LimitSyntax extends Span {
  readonly number: Word | null;
  /** The unit behind the number; the word where there is no number. */
  readonly word: Word | null;
}

/** A figure, how it is compared, and with what. */
export interface ComparisonSyntax extends Span {
  readonly kind: 'comparison';
  readonly call: CallSyntax;
  readonly operator: Word;
  readonly limit: LimitSyntax;
}

/** A condition. `and` within `and` is one, and so is `or` within `or`. */
export type Syntax =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'not'; readonly part: Syntax }
  | ComparisonSyntax;

/** What may stand at a place of the text: completion is made of it. */
export type Wanted =
  | { readonly kind: 'condition'; readonly at: number }
  | { readonly kind: 'joiner'; readonly at: number; readonly isOpen: boolean }
  | ArgumentWanted
  | { readonly kind: 'operator' | 'limit' | 'unit'; readonly at: number; readonly call: CallSyntax };

/** What a function is about, or what stands behind that: `)` or a comma. */
interface ArgumentWanted {
  readonly kind: 'argument' | 'separator';
  readonly at: number;
  readonly name: string;
  /** Name of the function that this one is in. */
  readonly within: string | null;
  /** How many went before it. */
  readonly index: number;
}
