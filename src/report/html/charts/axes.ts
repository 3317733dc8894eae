import type { ScaleLinear } from 'd3-scale';
import type { Clock } from '../clock.ts';
import type { Markup, Piece } from '../markup.ts';
import { line, text } from './chart.ts';

/** Where the data of a chart lie, in the drawing's units. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A scale from a figure to the drawing. */
export type Scale = ScaleLinear<number, number>;

/** Horizontal hairlines with their values to the left of the plot. */
export const valueAxis = (
  scale: Scale,
  ticks: readonly number[],
  plot: Plot,
  label: (value: number) => string,
): Markup[] =>
  ticks.flatMap((tick) => [
    line(plot.left, scale(tick), plot.right, scale(tick), tick === 0 ? 'axis' : 'grid'),
    text(label(tick), { x: plot.left - 7, y: scale(tick) + 4, anchor: 'end' }, 'tick'),
  ]);

/** A mark on the axis below a plot. */
interface BottomTick {
  readonly x: number;
  readonly label: string;
}

const HALF_CHARACTER = 3.4;

interface PlacedTick extends BottomTick {
  readonly anchor: 'start' | 'middle' | 'end';
  readonly from: number;
  readonly to: number;
}

const placeTick = ({ x, label }: BottomTick, { left, right }: Plot): PlacedTick => {
  const half = label.length * HALF_CHARACTER;
  if (x + half > right + 30) return { x, label, anchor: 'end', from: x - 2 * half, to: x };
  if (x - half < left - 30) return { x, label, anchor: 'start', from: x, to: x + 2 * half };
  return { x, label, anchor: 'middle', from: x - half, to: x + half };
};

/** Small marks below a plot with their labels; a label that would run into the one before it is left out. */
export const bottomAxis = (ticks: readonly BottomTick[], plot: Plot): Piece[] => {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.map((tick) => {
    const { x, label, anchor, from, to } = placeTick(tick, plot);
    const mark = line(x, plot.bottom, x, plot.bottom + 5, 'axis');
    if (from < end + 6) return mark;
    end = to;
    return [mark, text(label, { x, y: plot.bottom + 18, anchor }, 'tick')];
  });
};

/** Round times below a plot. */
export const timeTicks = (scale: Scale, clock: Clock, atMost: number): BottomTick[] => {
  const [fromMs = 0, toMs = 0] = scale.domain();
  return clock.ticks(fromMs, toMs, atMost).map(({ timeMs, label }) => ({ x: scale(timeMs), label }));
};
