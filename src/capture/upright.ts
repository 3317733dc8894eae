import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { type Frame as Picture, Rational, type Stream } from 'node-av/lib';

/** Quarter turns clockwise that bring a picture upright. */
export type QuarterTurns = 0 | 1 | 2 | 3;

const TURNS: readonly QuarterTurns[] = [0, 1, 2, 3];
const FILTERS = ['null', 'transpose=clock', 'hflip,vflip', 'transpose=cclock'] as const;
const MATRIX_BYTES = 36;

/**
 * How a recording is to be turned for showing: telephones film sideways and say so in the header, as a matrix. Turns
 * that are not by a quarter are taken as the nearest quarter.
 */
export const turnsOf = (stream: Stream): QuarterTurns => {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < MATRIX_BYTES) return 0;
  // Fixed-point [a b; c d], row by row: a is the cosine and b the sine of the clockwise angle.
  const angle = Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0));
  return TURNS[(Math.round((angle * 2) / Math.PI) + 4) % 4] ?? 0;
};

/** Turns pictures upright. */
export interface Turner {
  /** The turned picture; the caller frees it. */
  turn(picture: Picture): Promise<Picture>;
  close(): void;
}

/** Creates a turner; the filters are loaded only for recordings that need them. */
export const createTurner = async (turns: QuarterTurns): Promise<Turner> => {
  const { FilterAPI } = await import('node-av/api');
  const filter = FilterAPI.create(FILTERS[turns]);
  return {
    async turn(picture) {
      // The filter refuses a picture without a unit of time, and has no other use for it.
      picture.timeBase = new Rational(1, 1000);
      const [turned] = await filter.processAll(picture);
      if (!turned) throw new Error('the picture could not be turned upright');
      return turned;
    },
    close: () => filter.close(),
  };
};
