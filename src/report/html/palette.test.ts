import { describe, expect, it } from 'vitest';
import { DENSITY_RAMP, inkOn, LEVEL_RAMP, oklchToHex, RAMP_STEPS, SPEED_RAMP } from './palette.ts';
import { STYLE } from './style.ts';

const linear = (hex: string): [number, number, number] => {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};

/** Relative luminance, WCAG 2. */
const luminance = (hex: string): number => {
  const [red, green, blue] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Lightness of CIELAB, a second opinion on OKLab's. */
const labLightness = (hex: string): number => {
  const y = luminance(hex);
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27;
};

const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

it('turns OKLCh into sRGB as published', () => {
  expect(oklchToHex(1, 0, 0)).toBe('#ffffff');
  expect(oklchToHex(0, 0, 0)).toBe('#000000');
  // The primaries of sRGB: OKLab's own table, B. Ottosson 2020.
  expect(oklchToHex(0.627955, 0.257683, 29.2339)).toBe('#ff0000');
  expect(oklchToHex(0.452014, 0.313214, 264.052)).toBe('#0000ff');
});

describe.each([
  // ramp, page, colours, steps, direction of lightness
  ['density', 'light', DENSITY_RAMP.onLight, RAMP_STEPS, -1],
  ['density', 'dark', DENSITY_RAMP.onDark, RAMP_STEPS, 1],
  ['speed', 'light', SPEED_RAMP.onLight, RAMP_STEPS, -1],
  ['speed', 'dark', SPEED_RAMP.onDark, RAMP_STEPS, 1],
  ['levels', 'light', LEVEL_RAMP.onLight, 6, -1],
  ['levels', 'dark', LEVEL_RAMP.onDark, 6, 1],
] as const)('the ramp of %s on %s pages', (_what, _page, ramp, length, direction) => {
  it('changes in lightness by equal steps, in one direction', () => {
    expect(ramp).toHaveLength(length);
    const steps = ramp.slice(1).map((colour, i) => direction * (labLightness(colour) - labLightness(ramp[i] ?? '')));
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    for (const step of steps) expect(Math.abs(step / mean - 1)).toBeLessThan(0.25);
    expect(mean).toBeGreaterThan(8);
  });

  it('has letters on it that read well (WCAG AA, 4.5 : 1)', () => {
    for (const colour of ramp) expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
  });
});

/** A colour of a theme by its variable. */
const colour = (theme: string, name: string): string => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(theme)?.[1] ?? '';

describe('texts on the page', () => {
  const [light = '', dark = ''] = STYLE.split('prefers-color-scheme:dark');

  it.each([
    ['ink', 'paper'],
    ['quiet', 'paper'],
    ['accent', 'paper'],
    ['gate', 'halo'],
    ['ink', 'warn-ground'],
    ['ink', 'stop-ground'],
    ['accent', 'warn-ground'],
    ['ink', 'hatch-ground'],
    ['ink', 'faint'],
  ])('%s on %s reads well (WCAG AA, 4.5 : 1), light and dark', (text, ground) => {
    for (const theme of [light, dark])
      expect(contrast(colour(theme, text), colour(theme, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it('has bars that stand out from the page (3 : 1)', () => {
    for (const theme of [light, dark]) {
      for (const bar of ['accent', 'second'])
        expect(contrast(colour(theme, bar), colour(theme, 'paper'))).toBeGreaterThanOrEqual(3);
    }
  });
});
