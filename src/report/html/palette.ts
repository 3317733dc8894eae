/**
 * The colours of the density map: a ramp whose steps differ equally in perceived lightness, so that twice the
 * difference in density looks like twice the difference, also in grey and to colour-blind eyes. Light pages go from
 * pale to dark, dark pages from dark to pale: more people always stand out more from the page.
 *
 * OKLab: Björn Ottosson, "A perceptual color space for image processing", 2020.
 */

/** Steps of the ramp. */
export const RAMP_STEPS = 7;

interface Ramp {
  readonly lightness: readonly [first: number, last: number];
  readonly chroma: readonly [first: number, last: number];
  readonly hue: readonly [first: number, last: number];
}

const ON_LIGHT: Ramp = { lightness: [0.92, 0.3], chroma: [0.06, 0.11], hue: [165, 285] };
const ON_DARK: Ramp = { lightness: [0.36, 0.94], chroma: [0.09, 0.12], hue: [275, 105] };

const gamma = (linear: number): number => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);

const hexByte = (channel: number): string =>
  Math.round(255 * Math.min(1, Math.max(0, gamma(Math.max(0, channel)))))
    .toString(16)
    .padStart(2, '0');

/** A colour given by OKLCh (hue in degrees) as `#rrggbb`, clipped to sRGB. */
export const oklchToHex = (lightness: number, chroma: number, hue: number): string => {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  return `#${hexByte(red)}${hexByte(green)}${hexByte(blue)}`;
};

const between = ([first, last]: readonly [number, number], share: number): number => first + (last - first) * share;

const colours = ({ lightness, chroma, hue }: Ramp): string[] =>
  Array.from({ length: RAMP_STEPS }, (_, i) => {
    const share = i / (RAMP_STEPS - 1);
    return oklchToHex(between(lightness, share), between(chroma, share), between(hue, share));
  });

/** The ramp for light pages, least to most. */
export const RAMP_ON_LIGHT: readonly string[] = colours(ON_LIGHT);
/** The ramp for dark pages, least to most. */
export const RAMP_ON_DARK: readonly string[] = colours(ON_DARK);

/** The ramp as CSS variables `--d1` to `--d7`. */
export const rampVariables = (ramp: readonly string[]): string =>
  ramp.map((colour, i) => `--d${i + 1}:${colour};`).join('');
