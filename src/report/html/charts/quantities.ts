/** The figures that are drawn over time, and how they are written. */
import { max } from 'd3-array';
import { formatCount, formatDecimals, formatShort, NBSP } from '../../format.ts';
import type { Stretch } from '../../timeline.ts';
import type { Scale } from './axes.ts';

/** A stretch whose figures are known. */
export interface KnownStretch extends Stretch {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Whether a stretch's figures are known. */
export const isKnown = (stretch: Stretch): stretch is KnownStretch => stretch.mean !== null;

/** A kind of figure. */
export interface Quantity {
  readonly axisTitle: string;
  /** Marks of the axis. */
  readonly ticks: (scale: Scale, atMost: number) => number[];
  /** A mark, or the greatest figure. */
  readonly label: (value: number) => string;
  readonly meanLabel: (value: number) => string;
  /** A stretch in words. */
  readonly inWords: (stretch: KnownStretch) => string;
  /** What a stretch is of which nothing is known. */
  readonly missing: string;
  /** The scale reaches at least this far. */
  readonly leastTop: number;
}

/** People at once. */
export const PEOPLE: Quantity = {
  axisTitle: 'People at once',
  // Whole numbers only: there is no half a person on the axis.
  ticks: (scale, atMost) => scale.ticks(atMost).filter(Number.isInteger),
  label: formatCount,
  meanLabel: (value) => `mean ${value < 100 ? formatDecimals(value, 1) : formatCount(value)}`,
  inWords: ({ mean, min, max: most }) =>
    min === most
      ? `${formatCount(most)}${NBSP}${most === 1 ? 'person' : 'people'}`
      : `${formatCount(min)} to ${formatCount(most)} people, mean ${formatShort(mean)}`,
  missing: 'not measured',
  leastTop: 1,
};

/** Greatest crowd pressure in a zone. */
export const PRESSURE: Quantity = {
  axisTitle: 'Crowd pressure, 1/s²',
  ticks: (scale, atMost) => scale.ticks(atMost),
  label: formatShort,
  meanLabel: (value) => `mean ${formatShort(value)}`,
  inWords: ({ mean, max: most }) => `mean ${formatShort(mean)}, at most ${formatShort(most)} 1/s²`,
  missing: 'not known',
  leastTop: 0.025,
};

/** The greatest figure of several series: the top of a scale that they share. */
export const topOf = (series: readonly (readonly Stretch[])[]): number =>
  max(series.flatMap((stretches) => stretches.map((stretch) => stretch.max ?? 0))) ?? 0;
