import { quote, UnreadableError } from './problem.ts';
import type { Span, Word } from './syntax.ts';

const SPACES = /\s*/y;
/** What is marked when it cannot be understood: a word, or one character. */
const ANYTHING = /[\w-]+|./suy;

/** A text, read from its start to its end. Patterns are sticky: they match here or not at all. */
export class Scanner {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
    this.#skipSpaces();
  }

  /** Where the next word begins. */
  get at(): number {
    return this.#at;
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  /** The next word, where it is of this pattern; it stays. */
  peek(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.text)?.[0] ?? null;
  }

  /** The next word, where it is of this pattern, and the spaces behind it. */
  take(pattern: RegExp): Word | null {
    const text = this.peek(pattern);
    if (text === null) return null;
    const from = this.#at;
    this.#at += text.length;
    this.#skipSpaces();
    return { kind: 'word', text, from, to: from + text.length };
  }

  /** What stands here, whatever it is; nothing at the end. */
  get next(): Span & { readonly text: string } {
    const text = this.peek(ANYTHING) ?? '';
    return { from: this.#at, to: this.#at + text.length, text };
  }

  /** Ends reading. */
  fail(message: string, suggestions: readonly string[] = [], { from, to }: Span = this.next): never {
    throw new UnreadableError({ from, to, message, suggestions });
  }

  /** Ends reading: what stands here is told, with what should. */
  failAt(wanted: string): never {
    const { text } = this.next;
    return this.fail(text === '' ? wanted : `${quote(text)} cannot stand here: ${wanted}`);
  }

  #skipSpaces(): void {
    SPACES.lastIndex = this.#at;
    this.#at += SPACES.exec(this.text)?.[0].length ?? 0;
  }
}
