/**
 * The colours of maps and levels: ramps whose steps differ equally in perceived lightness, so that twice the
 * difference looks like twice the difference, also in grey and to colour-blind eyes. Light pages go from pale to dark,
 * dark pages from dark to pale: more always stands out more from the page.
 *
 * OKLab: Björn Ottosson, "A perceptual color space for image processing", 2020.
 */

/** Steps of the ramps of a map. */
export const RAMP_STEPS = 7;

interface Course {
  readonly lightness: readonly [first: number, last: number];
  readonly chroma: readonly [first: number, last: number];
  readonly hue: readonly [first: number, last: number];
}

/** The colours of a ramp on light and on dark pages, least to most. */
export interface Ramp {
  readonly onLight: readonly string[];
  readonly onDark: readonly string[];
}

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

const colours = ({ lightness, chroma, hue }: Course, steps: number): string[] =>
  Array.from({ length: steps }, (_, i) => {
    const share = i / (steps - 1);
    return oklchToHex(between(lightness, share), between(chroma, share), between(hue, share));
  });

const ramp = (onLight: Course, onDark: Course, steps: number): Ramp => ({
  onLight: colours(onLight, steps),
  onDark: colours(onDark, steps),
});

/** Density on a map: green to violet, dark blue to yellow. */
export const DENSITY_RAMP = ramp(
  { lightness: [0.92, 0.3], chroma: [0.06, 0.11], hue: [165, 285] },
  { lightness: [0.36, 0.94], chroma: [0.09, 0.12], hue: [275, 105] },
  RAMP_STEPS,
);

/** Speed on a map: yellow to dark red, and back, so that nobody takes one map for the other. */
export const SPEED_RAMP = ramp(
  { lightness: [0.94, 0.32], chroma: [0.07, 0.11], hue: [100, 15] },
  { lightness: [0.35, 0.95], chroma: [0.1, 0.07], hue: [0, 95] },
  RAMP_STEPS,
);

/** Levels of service A to F: pale blue over violet to dark red, and back. */
export const LEVEL_RAMP = ramp(
  { lightness: [0.93, 0.36], chroma: [0.04, 0.13], hue: [225, 380] },
  { lightness: [0.34, 0.94], chroma: [0.07, 0.06], hue: [255, 400] },
  6,
);

/** Relative luminance, WCAG 2. */
const luminance = (colour: string): number => {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
};

/** Luminance on which black and white read equally well. */
const EVEN_LUMINANCE = Math.sqrt(1.05 * 0.05) - 0.05;

/** Black or white, whichever reads better on a colour: at least 4.5 : 1 on any. */
export const inkOn = (colour: string): string => (luminance(colour) > EVEN_LUMINANCE ? '#000000' : '#ffffff');

/** A ramp as CSS variables, such as `--d1` to `--d7`. */
export const rampVariables = (name: string, shades: readonly string[]): string =>
  shades.map((colour, i) => `--${name}${i + 1}:${colour};`).join('');
