/** Areas as well-known text (WKT), as far as a walkable area needs it. */
import type { Point } from '../contract/index.ts';

/** Outer ring, then holes; no ring repeats its first point. */
export type Rings = readonly (readonly Point[])[];

const TOKEN = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[a-z]+|\S/gi;

class Malformed extends Error {}

/** Tokens of a text, one after the other. */
class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.toUpperCase().match(TOKEN) ?? [];
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  take(): string {
    this.#at += 1;
    return this.#tokens[this.#at - 1] ?? '';
  }

  expect(token: string): void {
    if (this.take() !== token) throw new Malformed();
  }

  /** `(item, item, …)`. */
  list<T>(item: () => T): T[] {
    this.expect('(');
    const items = [item()];
    while (this.peek() === ',') {
      this.take();
      items.push(item());
    }
    this.expect(')');
    return items;
  }
}

const readPoint = (tokens: Tokens): Point => {
  const numbers: number[] = [];
  while (/[\d.]$/.test(tokens.peek())) numbers.push(Number(tokens.take()));
  const [x, y] = numbers;
  if (numbers.length < 2 || !Number.isFinite(x) || !Number.isFinite(y)) throw new Malformed();
  return [x, y];
};

const opened = (ring: readonly Point[]): readonly Point[] => {
  const [[x, y]] = ring;
  const [lastX, lastY] = ring[ring.length - 1];
  return ring.length > 1 && x === lastX && y === lastY ? ring.slice(0, -1) : ring;
};

const readPolygon = (tokens: Tokens): Rings => tokens.list(() => opened(tokens.list(() => readPoint(tokens))));

const readGeometry = (tokens: Tokens): Rings[] => {
  const kind = tokens.take();
  if (/^(?:Z|M|ZM)$/.test(tokens.peek())) tokens.take();
  if (tokens.peek() === 'EMPTY') {
    tokens.take();
    return [];
  }
  if (kind === 'POLYGON') return [readPolygon(tokens)];
  if (kind === 'MULTIPOLYGON') return tokens.list(() => readPolygon(tokens));
  if (kind === 'GEOMETRYCOLLECTION') return tokens.list(() => readGeometry(tokens)).flat();
  throw new Malformed();
};

/**
 * The polygons of a POLYGON, a MULTIPOLYGON or a GEOMETRYCOLLECTION of such; heights are left out.
 *
 * @returns null when the text is nothing of the kind
 */
export const parsePolygons = (text: string): readonly Rings[] | null => {
  const tokens = new Tokens(text);
  try {
    const polygons = readGeometry(tokens);
    return tokens.isAtEnd ? polygons : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
};
