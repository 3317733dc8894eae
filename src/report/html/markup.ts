/** HTML by template literals. Whatever is put in is text and gets escaped, unless it is markup itself. */

/** Markup that may stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

/** What a template takes: text, figures, markup, lists of these; null leaves nothing. */
export type Piece = string | number | Markup | null | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are not allowed in HTML; the other two ranges turn the direction of the text after them round. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Text made safe for an element's contents or a quoted attribute. */
export const escapeText = (text: string): string =>
  text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const render = (piece: Piece): string => {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(render).join('');
};

/**
 * Markup from a template.
 *
 * @example html`<p>${'<script>'}</p>`.markup // '<p>&lt;script&gt;</p>'
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => {
  let markup = strings[0] ?? '';
  for (const [i, piece] of pieces.entries()) markup += render(piece) + (strings[i + 1] ?? '');
  return { markup };
};

/** Text that is markup already: only for what this room itself writes, never for a name or a message. */
export const trusted = (markup: string): Markup => ({ markup });
