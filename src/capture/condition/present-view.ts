import type { LumaPicture } from '../live/luma-picture.ts';
import { type BlockEdges, CHANNELS, createBlockEdges } from './block-edges.ts';
import { createLastingDetail } from './detail.ts';
import { createLastingEdges } from './edges.ts';
import { BLOCK_CELLS, BLOCK_COLUMNS, BLOCKS, blockOfCell, cellsWhere, LEAST_OPEN_SHARE } from './grid.ts';
import { type Sample, TAPS } from './sample.ts';
import type { RememberedView } from './signature.ts';

/** Time constant of the mean, s: a walker is gone from it, and a new view there, after two or three. */
const MEMORY_S = 2.5;
/** Share of one picture at most, when they come seldom. */
const GREATEST_SHARE = 0.3;
/** Shorter means are of people rather than of the place. */
const LEAST_S = 3;
const LEAST_SAMPLES = 8;

/** Amount of edges, √E, from which a block has structure: 1.3 is a line of 6 cells two thirds of the time… */
const LEAST_STRUCTURE = 1.3;
/** …or, of a few noisy pictures, so many times what noise alone leaves: cells × mean square of a noisy gradient. */
const NOISE_ENERGY = BLOCK_CELLS * BLOCK_CELLS * 0.36;
const ABOVE_NOISE = 1.6;
/** Share of the open blocks with structure, below which two views cannot be told apart. */
const LEAST_STRUCTURED_SHARE = 0.12;
const LEAST_BLOCKS = 24;

/** What the camera sees now, as the mean of the last seconds. */
export interface PresentView {
  /** Its blocks, wherever they lie. */
  readonly blocks: BlockEdges;
  /** Edges in place, as {@link RememberedView}. */
  readonly edges: Float32Array;
  readonly open: Uint8Array;
  /** Detail over the picture's mean brightness. */
  readonly detail: Float32Array;
  /** Mean brightness of each block, 0 to 255. */
  readonly luma: Float32Array;
  /** Takes a picture in. */
  add(picture: LumaPicture, sample: Sample, clockMs: number): void;
  /** Brings the columns above up to date; false when too little was seen yet. */
  refresh(sample: Sample): boolean;
  /** Whether there is enough to see to tell it from another view. */
  hasStructure(): boolean;
}

/**
 * After so many times the usual time without a picture, what was seen before says nothing of what is seen now: a camera
 * that was away for long enough to be turned is looked at anew.
 */
const HOLE = 2.5;
const USUAL_SHARE = 0.2;
const FIRST_USUAL_MS = 1000;

/** Black of the range from 16 to 235, and a little, so that the dark does not divide by nothing. */
const contrastUnit = (meanLuma: number): number => Math.max(8, meanLuma - 8);

/** Mean brightness by block, of the cells that may be looked at. */
const createBlockLuma = (open: Uint8Array): ((sample: Sample, into: Float32Array) => void) => {
  const indexes = cellsWhere((cell) => open[cell] === 1);
  const blocks = Uint8Array.from(indexes, blockOfCell);
  const counts = new Uint16Array(BLOCKS);
  for (const block of blocks) counts[block]++;
  return ({ cells }, into) => {
    into.fill(0);
    for (let i = 0; i < indexes.length; i++) into[blocks[i]] += cells[indexes[i]];
    for (let block = 0; block < BLOCKS; block++) into[block] /= TAPS * Math.max(1, counts[block]);
  };
};

/**
 * Creates the view of nothing yet.
 *
 * @param openCells 1 for cells that may be looked at
 */
export const createPresentView = (openCells: Uint8Array): PresentView => {
  const lasting = createLastingEdges(openCells);
  const fine = createLastingDetail(openCells);
  const blocks = createBlockEdges();
  const edges = new Float32Array(BLOCKS * CHANNELS);
  const open = new Uint8Array(BLOCKS);
  const detail = new Float32Array(BLOCKS);
  const luma = new Float32Array(BLOCKS);
  const readLuma = createBlockLuma(openCells);
  const own = new Float64Array(CHANNELS);
  let startedAtMs = 0;
  let addedAtMs = 0;
  /** Taken in since the last hole. */
  let samples = 0;
  let usualMs = FIRST_USUAL_MS;

  const readBlocks = (): void => {
    blocks.refresh(lasting);
    for (let block = 0; block < BLOCKS; block++) {
      const column = (block % BLOCK_COLUMNS) * BLOCK_CELLS;
      const share = blocks.read(column, Math.floor(block / BLOCK_COLUMNS) * BLOCK_CELLS, own);
      open[block] = share >= LEAST_OPEN_SHARE ? 1 : 0;
      for (let k = 0; k < CHANNELS; k++) edges[block * CHANNELS + k] = own[k];
    }
  };

  const hasStructure = (): boolean => {
    const least = Math.max(LEAST_STRUCTURE, ABOVE_NOISE * Math.sqrt(NOISE_ENERGY * lasting.noiseShare));
    let seen = 0;
    let structured = 0;
    for (let block = 0; block < BLOCKS; block++) {
      seen += open[block];
      if (open[block] === 1 && edges[block * CHANNELS] >= least) structured++;
    }
    return seen >= LEAST_BLOCKS && structured >= LEAST_STRUCTURED_SHARE * seen;
  };

  return {
    blocks,
    edges,
    open,
    detail,
    luma,
    add(picture, sample, clockMs) {
      const sinceMs = clockMs - addedAtMs;
      if (samples === 0 || sinceMs > HOLE * usualMs) {
        samples = 0;
        startedAtMs = clockMs;
      } else usualMs += USUAL_SHARE * (sinceMs - usualMs);
      const recent = Math.min(GREATEST_SHARE, 1 - Math.exp(-sinceMs / (1000 * MEMORY_S)));
      const share = Math.max(1 / (samples + 1), recent);
      addedAtMs = clockMs;
      samples++;
      lasting.add(sample, share);
      fine.add(picture, share);
    },
    refresh(sample) {
      readBlocks();
      fine.read(detail);
      const unit = contrastUnit(sample.mean);
      for (let block = 0; block < BLOCKS; block++) detail[block] /= unit;
      readLuma(sample, luma);
      return samples >= LEAST_SAMPLES && addedAtMs - startedAtMs >= 1000 * LEAST_S;
    },
    hasStructure,
  };
};

/** The present view, to be remembered. */
export const remember = ({ open, edges, detail }: PresentView): RememberedView => ({
  open: open.slice(),
  edges: edges.slice(),
  recentEdges: edges.slice(),
  detail: detail.slice(),
});

/** Brings what is remembered of a view's light a little nearer to the present. */
export const follow = ({ recentEdges }: RememberedView, { edges }: PresentView, share: number): void => {
  for (let i = 0; i < edges.length; i++) recentEdges[i] += share * (edges[i] - recentEdges[i]);
};
