import { scaleLinear } from 'd3-scale';
import { area, line as linePath } from 'd3-shape';
import { coarser, type Stretch } from '../../timeline.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { bottomAxis, type Plot, type Scale, timeTicks, valueAxis } from './axes.ts';
import {
  chart,
  type ChartSize,
  type Drawing,
  hatchPattern,
  line,
  type ReadOut,
  rectangle,
  round,
  text,
} from './chart.ts';
import { isKnown, type KnownStretch, type Quantity } from './quantities.ts';

/** How one chart over time differs from another. */
export interface TimeChart {
  readonly id: string;
  readonly title: string;
  readonly quantity: Quantity;
  readonly stretches: readonly Stretch[];
  readonly clock: Clock;
  /** Drawn as a dashed line; null leaves it out. */
  readonly mean: number | null;
  /** Top of the scale: a chart may share it with others. */
  readonly top: number;
  readonly height: 'tall' | 'low';
}

const sameFigures = (a: Stretch, b: Stretch): boolean => a.mean === b.mean && a.min === b.min && a.max === b.max;

/** Neighbours with the same figures become one stretch, which is the same drawing in fewer points. */
const merge = (stretches: readonly Stretch[]): Stretch[] => {
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last && sameFigures(last, stretch)) merged[merged.length - 1] = { ...last, endMs: stretch.endMs };
    else merged.push(stretch);
  }
  return merged;
};

interface Corner {
  readonly timeMs: number;
  readonly stretch: Stretch;
}

const corners = (stretches: readonly Stretch[]): Corner[] =>
  stretches.flatMap((stretch) => [
    { timeMs: stretch.startMs, stretch },
    { timeMs: stretch.endMs, stretch },
  ]);

const curves = (stretches: readonly Stretch[], x: Scale, y: Scale): Piece => {
  const points = corners(merge(stretches));
  const band = area<Corner>()
    .digits(1)
    .defined(({ stretch }) => isKnown(stretch))
    .x(({ timeMs }) => x(timeMs))
    .y0(({ stretch }) => y(stretch.min ?? 0))
    .y1(({ stretch }) => y(stretch.max ?? 0));
  const mean = linePath<Corner>()
    .digits(1)
    .defined(({ stretch }) => isKnown(stretch))
    .x(({ timeMs }) => x(timeMs))
    .y(({ stretch }) => y(stretch.mean ?? 0));
  return html`<path class="band" d="${band(points) ?? ''}"/><path class="curve" d="${mean(points) ?? ''}"/>`;
};

/** Room that a label in a gap needs, in the drawing's units. */
const LABEL_WIDTH = 84;

/** Hatched parts of a plot, where nothing is known, with a word in those that have room for it. */
export const gaps = (stretches: readonly Stretch[], x: Scale, plot: Plot, hatch: string, words: string): Piece =>
  merge(stretches).map((stretch) => {
    if (isKnown(stretch)) return null;
    const { startMs, endMs } = stretch;
    const [from, to] = [x(startMs), x(endMs)];
    const place = { x: (from + to) / 2, y: (plot.top + plot.bottom) / 2 + 4, anchor: 'middle' } as const;
    const label = to - from > LABEL_WIDTH ? text(words, place, 'halo note') : null;
    return html`<rect x="${round(from)}" y="${plot.top}" width="${round(to - from)}" height="${round(plot.bottom - plot.top)}" fill="url(#${hatch})"/>${label}`;
  });

const peakOf = (stretches: readonly Stretch[]): KnownStretch | null => {
  let peak: KnownStretch | null = null;
  for (const stretch of stretches) if (isKnown(stretch) && (peak === null || stretch.max > peak.max)) peak = stretch;
  return peak;
};

const peakMark = (peak: KnownStretch | null, x: Scale, y: Scale, { clock, quantity }: TimeChart): Piece => {
  if (peak === null || peak.max === 0) return null;
  const at = { x: (x(peak.startMs) + x(peak.endMs)) / 2, y: y(peak.max) };
  const [left = 0, right = 0] = x.range();
  const anchor = at.x > (left + right) / 2 ? 'end' : 'start';
  const words = `most: ${quantity.label(peak.max)}, at ${clock.moment(peak.startMs)}`;
  return html`<circle cx="${round(at.x)}" cy="${round(at.y)}" r="3.2" class="peak"/>${text(words, { x: at.x + (anchor === 'end' ? -4 : 4), y: at.y - 8, anchor }, 'halo note')}`;
};

/** A dashed line for the mean. */
const meanLine = ({ mean, quantity }: TimeChart, y: Scale, plot: Plot): Piece =>
  mean === null
    ? null
    : [
        line(plot.left, y(mean), plot.right, y(mean), 'mean'),
        text(quantity.meanLabel(mean), { x: plot.right + 6, y: y(mean) + 4 }, 'note'),
      ];

/** Room to the left and to the right of time: the same in all charts, so that one can be read below the other. */
export const TIME_LEFT = 38;
/** Room to the right, for words beside the plot. */
export const timeRight = (name: ChartSize['name']): number => (name === 'wide' ? 76 : 84);

/** The time that some stretches take up. */
export const domainOf = (stretches: readonly Stretch[]): [number, number] => [
  stretches[0]?.startMs ?? 0,
  stretches.at(-1)?.endMs ?? 1,
];

/** Width of a stretch in the drawing: low charts are glanced at, and cost less than tall ones. */
const STRETCH_WIDTH = { tall: 1.8, low: 3.6 } as const;

const draw = (options: TimeChart, { name, width }: ChartSize, id: string): Drawing => {
  const { quantity } = options;
  const tall = options.height === 'tall';
  const height = tall ? 270 : 112;
  const plot = {
    left: TIME_LEFT,
    top: tall ? 40 : 8,
    right: width - timeRight(name),
    bottom: height - (tall ? 46 : 24),
  };
  const stretches = coarser(options.stretches, (plot.right - plot.left) / STRETCH_WIDTH[options.height]);
  const x = scaleLinear(domainOf(stretches), [plot.left, plot.right]);
  const y = scaleLinear([0, Math.max(quantity.leastTop, options.top)], [plot.bottom, plot.top]);
  const hatch = `${id}-hatch`;
  const content = [
    hatchPattern(hatch),
    tall ? text(quantity.axisTitle, { x: 0, y: 14 }, 'axis-title') : null,
    valueAxis(y, quantity.ticks(y, tall ? 6 : 3), plot, quantity.label),
    gaps(stretches, x, plot, hatch, quantity.missing),
    curves(stretches, x, y),
    meanLine(options, y, plot),
    tall ? peakMark(peakOf(options.stretches), x, y, options) : null,
    bottomAxis(timeTicks(x, options.clock, name === 'wide' ? 9 : 4), plot),
    tall ? text(options.clock.title, { x: plot.right, y: height - 6, anchor: 'end' }, 'axis-title') : null,
    rectangle(0, plot.top, 0, plot.bottom - plot.top, 'cursor'),
  ];
  return { height, content, box: [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top] };
};

const READ_OUT_COLUMNS = 120;

/** What is read out under the pointer along a time axis. */
export const timeReadOut = (
  stretches: readonly Stretch[],
  clock: Clock,
  inWords: (stretch: Stretch) => string,
): ReadOut => {
  const [fromMs, toMs] = domainOf(stretches);
  const labels = Array.from({ length: READ_OUT_COLUMNS }, (_, i) => {
    const timeMs = fromMs + ((i + 0.5) * (toMs - fromMs)) / READ_OUT_COLUMNS;
    const stretch = stretches.find(({ endMs }) => endMs > timeMs);
    return stretch ? `${clock.moment(timeMs)}: ${inWords(stretch)}` : '';
  });
  return { columns: READ_OUT_COLUMNS, labels };
};

/** A figure over time: the mean as a line, the least and most of each stretch as a band, gaps hatched. */
export const timeChart = (options: TimeChart): Markup => {
  const { id, title, quantity, stretches, clock } = options;
  const peak = peakOf(stretches);
  const description = peak
    ? `Line chart. The most was ${quantity.label(peak.max)} at ${clock.moment(peak.startMs)}.`
    : 'Nothing was measured.';
  const inWords = (stretch: Stretch): string => (isKnown(stretch) ? quantity.inWords(stretch) : quantity.missing);
  return chart(
    { id, title, description },
    (size, unique) => draw(options, size, unique),
    timeReadOut(stretches, clock, inWords),
  );
};
