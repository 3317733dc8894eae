/** Messages with blanks: `{name}` is filled in, and the compiler knows which names a message needs. */

/** The names between braces in a message. */
export type Blanks<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never;

/** What a message needs to be filled in. */
export type Details<Text extends string> = { readonly [Name in Blanks<Text>]: string | number };

/** Fills the blanks of a message; one that nothing is known about stays as it is. */
export const fill = (text: string, details: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(details[name] ?? blank));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * Recognises a message that was made from a template: the words are the template's own, and what fills a blank is a
 * number, or words of at most `mostLetters` on one line where the blank is one of `worded`.
 */
export const templatePattern = (text: string, worded: readonly string[], mostLetters: number): RegExp => {
  const parts = text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return escaped(part);
    return worded.includes(part) ? `[^\\p{Cc}]{0,${mostLetters}}` : String.raw`-?\d{1,9}(?:\.\d{1,3})?`;
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
};
