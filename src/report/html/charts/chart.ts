/** What all charts share: each is drawn twice, for wide and for narrow screens, and style sheets show one of them. */
import { html, type Markup, type Piece } from '../markup.ts';

/** Room that a drawing has, in its own units. */
export interface ChartSize {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
}

/** A drawing for wide screens and one for narrow ones. */
export type ChartSizes = readonly ChartSize[];

/** As wide as the text. */
export const WHOLE_WIDTH: ChartSizes = [
  { name: 'wide', width: 760 },
  { name: 'narrow', width: 360 },
];

/** Two of them fit side by side on wide screens. */
export const HALF_WIDTH: ChartSizes = [
  { name: 'wide', width: 366 },
  { name: 'narrow', width: 360 },
];

/** A drawing and its height. */
export interface Drawing {
  readonly height: number;
  readonly content: Piece;
  /** Where the data lie, for the read-out: x, y, width, height. */
  readonly box?: readonly [x: number, y: number, width: number, height: number];
}

/** Words for those who cannot see the drawing. */
export interface ChartWords {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Values for the read-out under the pointer, row by row from the top; an empty text reads nothing. */
export interface ReadOut {
  readonly columns: number;
  readonly labels: readonly string[];
}

const svg = ({ name, width }: ChartSize, words: ChartWords, { height, content, box }: Drawing): Markup => {
  const id = `${words.id}-${name}`;
  return html`<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"${box ? html` data-box="${box.map(round).join(' ')}"` : null}><title id="${id}-t">${words.title}</title><desc id="${id}-d">${words.description}</desc>${content}</svg>`;
};

/** A coordinate, to a tenth: finer than any screen. */
export const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * A chart for all widths of screen.
 *
 * @param draw makes the drawing for one width; `id` is unique to it, for patterns and clips
 */
export const chart = (
  words: ChartWords,
  draw: (size: ChartSize, id: string) => Drawing,
  readOut: ReadOut | null = null,
  sizes: ChartSizes = WHOLE_WIDTH,
): Markup => {
  const drawings = sizes.map((size) => svg(size, words, draw(size, `${words.id}-${size.name}`)));
  if (readOut === null) return html`<div class="chart">${drawings}</div>`;
  const values = JSON.stringify(readOut.labels);
  return html`<div class="chart" data-columns="${readOut.columns}" data-labels="${values}">${drawings}</div>`;
};

/** Slanted lines that mean 'not known' everywhere on the page. */
export const hatchPattern = (id: string): Markup =>
  html`<defs><pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/><line x1="0" y1="0" x2="0" y2="6" class="hatch-line"/></pattern></defs>`;

/** Where text stands. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** A text in a drawing. */
export const text = (words: Piece, { x, y, anchor = 'start' }: TextPlace, style = ''): Markup =>
  html`<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${style}">${words}</text>`;

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, style: string): Markup =>
  html`<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${style}"/>`;

/** A rectangle. */
export const rectangle = (x: number, y: number, width: number, height: number, style: string): Markup =>
  html`<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" class="${style}"/>`;
