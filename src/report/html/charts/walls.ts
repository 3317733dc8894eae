/** Walls: where people can walk ends there. */
import type { Point } from '../../../contract/index.ts';
import { html, type Piece } from '../markup.ts';
import { round } from './chart.ts';
import { polygonPath, type Project } from './shapes.ts';

/** A part of the drawing. */
interface Frame {
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Covers what lies outside the walls and inside the holes, and draws the walls.
 *
 * @param rings outer ring, then holes; null draws nothing
 */
export const drawWalls = (
  rings: readonly (readonly Point[])[] | null,
  project: Project,
  { left, width, height }: Frame,
): Piece => {
  if (rings === null) return null;
  const walls = rings.map((ring) => polygonPath(ring, project)).join('');
  const all = `M${left} 0h${round(width)}v${round(height)}h${round(-width)}Z`;
  return html`<path d="${all}${walls}" fill-rule="evenodd" class="outside"/><path d="${walls}" class="wall"/>`;
};
