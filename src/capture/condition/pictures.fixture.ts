/** Drawn pictures of a place, seen by a camera with noise, and what can happen to them. */
import type { Frame } from '../frame.ts';
import type { LumaPicture } from '../live/luma-picture.ts';
import { createPictureWatch, type PictureWatch, type PictureWatchOptions } from './picture-watch.ts';
import type { ViewSignature } from './signature.ts';
import { createRandom } from '../../../test/helpers/random.ts';

/** Width of a picture, pixels. */
export const WIDTH = 288;
/** Height of a picture, pixels. */
export const HEIGHT = 216;
/** The place goes on beyond the picture on every side. */
const MARGIN = 60;
const PLACE_WIDTH = WIDTH + 2 * MARGIN;
const PLACE_HEIGHT = HEIGHT + 2 * MARGIN;
const NOISE = 4;

/** A place, larger than the picture. */
export type Place = Uint8Array;

/** Houses, kerbs and signs: rectangles of any brightness over a gradient, with a rough ground. */
export const createPlace = (seed: number, rectangles = 150): Place => {
  const random = createRandom(seed);
  const place = Uint8Array.from(
    { length: PLACE_WIDTH * PLACE_HEIGHT },
    (_pixel, i) => 80 + (60 * i) / PLACE_WIDTH / PLACE_HEIGHT,
  );
  for (let k = 0; k < rectangles; k++) {
    const left = Math.floor(random() * PLACE_WIDTH);
    const top = Math.floor(random() * PLACE_HEIGHT);
    const right = Math.min(PLACE_WIDTH, left + 3 + Math.floor(random() * 45));
    const bottom = Math.min(PLACE_HEIGHT, top + 3 + Math.floor(random() * 30));
    const luma = 40 + random() * 150;
    for (let y = top; y < bottom; y++) place.fill(luma, y * PLACE_WIDTH + left, y * PLACE_WIDTH + right);
  }
  for (let i = 0; i < place.length; i++) place[i] += random() * 24 - 12;
  return place;
};

const NOISES = 1 << 20;
const noise = createRandom(99);
const noises = Int8Array.from({ length: NOISES }, () => Math.round((noise() + noise() + noise() - 1.5) * 2 * NOISE));

/** What a camera at the place sees, shifted by whole pixels. */
export const see = (place: Place, columns = 0, rows = 0): Uint8Array => {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    const from = (y + MARGIN + rows) * PLACE_WIDTH + MARGIN + columns;
    data.set(place.subarray(from, from + WIDTH), y * WIDTH);
  }
  return data;
};

/** Brightness changed by a function of it. */
export const toned = (data: Uint8Array, tone: (luma: number) => number): Uint8Array => {
  const table = Uint8ClampedArray.from({ length: 256 }, (_luma, luma) => tone(luma));
  return data.map((luma) => table[luma]);
};

const pixelAt = (from: Uint8Array, x: number, y: number): number =>
  from[Math.min(HEIGHT - 1, Math.max(0, y)) * WIDTH + Math.min(WIDTH - 1, Math.max(0, x))];

/** Blurred by two running means along rows and columns. */
export const blurred = (data: Uint8Array, radius: number): Uint8Array => {
  const mean = (from: Uint8Array, across: number, down: number): Uint8Array =>
    from.map((_luma, i) => {
      let sum = 0;
      for (let k = -radius; k <= radius; k++)
        sum += pixelAt(from, (i % WIDTH) + k * across, Math.floor(i / WIDTH) + k * down);
      return sum / (2 * radius + 1);
    });
  return mean(mean(mean(mean(data, 1, 0), 0, 1), 1, 0), 0, 1);
};

/** Draws a person: a dark coat and light trousers, with a pattern of their own. */
export const drawPerson = (data: Uint8Array, seed: number, left: number, top: number): void => {
  for (let y = Math.max(0, Math.round(top)); y < Math.min(HEIGHT, Math.round(top) + 36); y++)
    for (let x = Math.max(0, Math.round(left)); x < Math.min(WIDTH, Math.round(left) + 12); x++)
      data[y * WIDTH + x] = (y - top < 21 ? 40 : 170) + ((seed * 37 + x * 5 + y * 3) % 40);
};

/** A picture with the noise of a sensor. */
export const picture = (data: Uint8Array, number: number, damaged = false): LumaPicture => {
  const noisy = new Uint8ClampedArray(data.length);
  let from = Math.floor(createRandom(number)() * NOISES);
  for (let i = 0; i < data.length; i++) {
    from = (from + 1) % NOISES;
    noisy[i] = data[i] + noises[from];
  }
  return { width: WIDTH, height: HEIGHT, stride: WIDTH, data: new Uint8Array(noisy.buffer), damaged };
};

/** Brightness of a frame of a recording: Rec. 601, as in H.264's own plane, 16 to 235. */
export const lumaOf = ({ data, width, height }: Frame): LumaPicture => {
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3)
    luma[i] = 16 + (25 * data[at] + 129 * data[at + 1] + 66 * data[at + 2]) / 256;
  return { width, height, stride: width, data: luma, damaged: false };
};

/** Shows pictures to a watch, five a second, and writes down what it says. */
export interface Show {
  readonly watch: PictureWatch;
  /** Views that were told to be kept. */
  readonly references: ViewSignature[];
  /** Pictures shown so far. */
  readonly shown: number;
  /**
   * Shows pictures for a while.
   *
   * @returns for each code told meanwhile, when it was told first and last, s from the beginning of this; and how many
   *   pictures were not to be measured
   */
  play(seconds: number, next: (number: number) => LumaPicture): Told;
}

/** What was told of a stretch of pictures. */
export interface Told {
  readonly first: Partial<Record<string, number>>;
  readonly last: Partial<Record<string, number>>;
  readonly refused: number;
}

/** Pictures a second, unless a show is told otherwise. */
export const PER_S = 5;

/** Creates a show for one watch. */
export const createShow = (options: Partial<PictureWatchOptions> = {}, perS = PER_S): Show => {
  const references: ViewSignature[] = [];
  const onReference = (signature: ViewSignature): void => void references.push(signature);
  const watch = createPictureWatch({ expectedSize: null, reference: null, onReference, ...options });
  let shown = 0;
  return {
    watch,
    references,
    get shown() {
      return shown;
    },
    play(seconds, next) {
      const first: Partial<Record<string, number>> = {};
      const last: Partial<Record<string, number>> = {};
      let refused = 0;
      for (let i = 0; i < seconds * perS; i++) {
        const timeMs = (1000 * shown) / perS;
        if (!watch.look(next(shown), timeMs)) refused++;
        for (const { code } of watch.reasons(timeMs)) {
          first[code] ??= i / perS;
          last[code] = i / perS;
        }
        shown++;
      }
      return { first, last, refused };
    },
  };
};
