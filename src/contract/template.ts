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
