/**
 * Pictures for calibration: frames of one recording, varied until they no longer look like it.
 *
 * The ranges of int8 should hold for other places, so frames are cropped and zoomed, mirrored,
 * made brighter, darker, paler and harder, tinted and given noise. Chance is seeded: the same
 * frames give the same pictures.
 */

/** A picture of BGR bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Cuts out a window of the picture and stretches it to `width` × `height`, nearest pixel. */
function zoom(
  picture: Picture,
  window: { left: number; top: number; part: number; mirror: boolean },
  width: number,
  height: number,
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const fromY = Math.floor((window.top + (y / height) * window.part) * picture.height);
    for (let x = 0; x < width; x++) {
      const column = window.mirror ? width - 1 - x : x;
      const fromX = Math.floor((window.left + (column / width) * window.part) * picture.width);
      const from = (fromY * picture.width + fromX) * 3;
      data.set(picture.data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

/** Contrast, brightness, tint and noise, in place. */
function relight(picture: Picture, random: () => number): void {
  const contrast = 0.6 + 0.8 * random();
  const brightness = 100 * (random() - 0.5);
  const tint = [0, 0, 0].map(() => 30 * (random() - 0.5));
  const noise = 25 * random() ** 2;
  picture.data.forEach((value, at) => {
    const lit = 128 + contrast * (value - 128) + brightness + tint[at % 3] + noise * (random() - 0.5);
    picture.data[at] = Math.max(0, Math.min(255, Math.round(lit)));
  });
}

/**
 * One variation of a picture.
 *
 * @param picture the frame, larger than the result so that zooming in has something to show
 * @param random source of chance
 * @param size width and height of the result
 */
export function vary(picture: Picture, random: () => number, size: { width: number; height: number }): Picture {
  const part = random() < 0.4 ? 1 : 0.3 + 0.7 * random();
  const window = { left: (1 - part) * random(), top: (1 - part) * random(), part, mirror: random() < 0.5 };
  const varied = zoom(picture, window, size.width, size.height);
  if (random() < 0.75) relight(varied, random);
  return varied;
}
