import * as z from 'zod';
import { CHANNELS } from './block-edges.ts';
import { BLOCKS } from './grid.ts';

const GREATEST_EDGE = 127;
const edges = z.array(z.int().min(-GREATEST_EDGE).max(GREATEST_EDGE)).length(BLOCKS * CHANNELS);

/**
 * What is kept of a view between runs.
 *
 * 192 blocks, 16 × 12 over the whole picture, row by row; each is 6.25 % of the picture's width wide and 8.3 % of its
 * height high, larger than a face at any distance at which people are counted. Of a block it holds ten numbers for the
 * directions of edges that lasted for seconds (five as first learnt, five as followed since) and one for its sharpness,
 * each a small whole number: 2,305 numbers in all, about 6 kB as text. There is no brightness in it, and no place within a
 * block: neither a person nor a thing can be made out.
 */
export const viewSignatureSchema = z.strictObject({
  version: z.literal(1),
  open: z.array(z.int().min(0).max(1)).length(BLOCKS).describe('1 for blocks that no mask covers'),
  edges: edges.describe('As first learnt: amount, and two harmonics of the direction, by block'),
  recentEdges: edges.describe('The same, following slow change of light'),
  detail: z
    .array(z.int().min(0).max(255))
    .length(BLOCKS)
    .describe('Fine detail for its brightness, by block; as first learnt'),
});

/** What is kept of a view between runs. */
export type ViewSignature = z.infer<typeof viewSignatureSchema>;

/** A view that is remembered. */
export interface RememberedView {
  readonly open: Uint8Array;
  /** As first learnt. */
  readonly edges: Float32Array;
  /** As followed since. */
  readonly recentEdges: Float32Array;
  /** Root mean square of second differences, over the picture's mean brightness. */
  readonly detail: Float32Array;
}

const EDGE_UNIT = 1 / 20;
const DETAIL_UNIT = 1 / 255;

const whole = (values: Float32Array, unit: number, least: number, most: number): number[] =>
  Array.from(values, (value) => Math.max(least, Math.min(most, Math.round(value / unit))) + 0);

/** A view as it is kept. */
export const toSignature = ({ open, edges: first, recentEdges, detail }: RememberedView): ViewSignature => ({
  version: 1,
  open: [...open],
  edges: whole(first, EDGE_UNIT, -GREATEST_EDGE, GREATEST_EDGE),
  recentEdges: whole(recentEdges, EDGE_UNIT, -GREATEST_EDGE, GREATEST_EDGE),
  detail: whole(detail, DETAIL_UNIT, 0, 255),
});

/** A view from what was kept of it. */
export const fromSignature = (signature: ViewSignature): RememberedView => ({
  open: Uint8Array.from(signature.open),
  edges: Float32Array.from(signature.edges, (value) => value * EDGE_UNIT),
  recentEdges: Float32Array.from(signature.recentEdges, (value) => value * EDGE_UNIT),
  detail: Float32Array.from(signature.detail, (value) => value * DETAIL_UNIT),
});
