import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line as linePath } from 'd3-shape';
import { formatCount, formatDecimals, formatShort, NBSP } from '../../format.ts';
import type { OccupancyHistory, Stretch } from '../../history.ts';
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

/** How one occupancy chart differs from another. */
export interface OccupancyChart {
  readonly id: string;
  readonly title: string;
  readonly history: OccupancyHistory;
  readonly clock: Clock;
  /** Drawn as a dashed line; null leaves it out. */
  readonly mean: number | null;
  /** Top of the scale: a chart may share it with others. */
  readonly top: number;
  readonly height: 'tall' | 'low';
}

interface Known extends Stretch {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

const isKnown = (stretch: Stretch): stretch is Known => stretch.mean !== null;

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

const gaps = (stretches: readonly Stretch[], x: Scale, plot: Plot, hatch: string): Piece =>
  merge(stretches.filter((stretch) => !isKnown(stretch))).map(({ startMs, endMs }) => {
    const [from, to] = [x(startMs), x(endMs)];
    const label =
      to - from > 84
        ? text('not measured', { x: (from + to) / 2, y: (plot.top + plot.bottom) / 2, anchor: 'middle' }, 'halo note')
        : null;
    return html`<rect x="${round(from)}" y="${plot.top}" width="${round(to - from)}" height="${round(plot.bottom - plot.top)}" fill="url(#${hatch})"/>${label}`;
  });

const peakOf = (stretches: readonly Stretch[]): Known | null => {
  let peak: Known | null = null;
  for (const stretch of stretches) if (isKnown(stretch) && (peak === null || stretch.max > peak.max)) peak = stretch;
  return peak;
};

const peakMark = (peak: Known | null, x: Scale, y: Scale, { clock }: OccupancyChart): Piece => {
  if (peak === null || peak.max === 0) return null;
  const at = { x: (x(peak.startMs) + x(peak.endMs)) / 2, y: y(peak.max) };
  const [left = 0, right = 0] = x.range();
  const anchor = at.x > (left + right) / 2 ? 'end' : 'start';
  const words = `most: ${formatCount(peak.max)}, at ${clock.moment(peak.startMs)}`;
  return html`<circle cx="${round(at.x)}" cy="${round(at.y)}" r="3.2" class="peak"/>${text(words, { x: at.x + (anchor === 'end' ? -4 : 4), y: at.y - 8, anchor }, 'halo note')}`;
};

const meanMark = (mean: number | null, y: Scale, plot: Plot): Piece =>
  mean === null
    ? null
    : [
        line(plot.left, y(mean), plot.right, y(mean), 'mean'),
        text(`mean ${formatDecimals(mean, 1)}`, { x: plot.right + 6, y: y(mean) + 4 }, 'note'),
      ];

const domainOf = (stretches: readonly Stretch[]): [number, number] => [
  stretches[0]?.startMs ?? 0,
  stretches.at(-1)?.endMs ?? 1,
];

/** Whole numbers only: there is no half a person on the axis. */
const personTicks = (y: Scale, atMost: number): number[] => y.ticks(atMost).filter(Number.isInteger);

const draw = (options: OccupancyChart, { name, width }: ChartSize, id: string): Drawing => {
  const tall = options.height === 'tall';
  const height = tall ? 270 : 112;
  const plot = {
    left: 34,
    top: tall ? 40 : 8,
    right: width - (name === 'wide' ? 76 : 84),
    bottom: height - (tall ? 46 : 24),
  };
  const { stretches } = options.history;
  const x = scaleLinear(domainOf(stretches), [plot.left, plot.right]);
  const y = scaleLinear([0, Math.max(1, options.top)], [plot.bottom, plot.top]);
  const hatch = `${id}-hatch`;
  const content = [
    hatchPattern(hatch),
    tall ? text('People at once', { x: 0, y: 14 }, 'axis-title') : null,
    valueAxis(y, personTicks(y, tall ? 6 : 3), plot, formatCount),
    gaps(stretches, x, plot, hatch),
    curves(stretches, x, y),
    meanMark(options.mean, y, plot),
    tall ? peakMark(peakOf(stretches), x, y, options) : null,
    bottomAxis(timeTicks(x, options.clock, name === 'wide' ? 9 : 4), plot),
    tall ? text(options.clock.title, { x: plot.right, y: height - 6, anchor: 'end' }, 'axis-title') : null,
    rectangle(0, plot.top, 0, plot.bottom - plot.top, 'cursor'),
  ];
  return { height, content, box: [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top] };
};

const READ_OUT_COLUMNS = 180;

const readOut = ({ history, clock }: OccupancyChart): ReadOut => {
  const [fromMs, toMs] = domainOf(history.stretches);
  const labels = Array.from({ length: READ_OUT_COLUMNS }, (_, i) => {
    const timeMs = fromMs + ((i + 0.5) * (toMs - fromMs)) / READ_OUT_COLUMNS;
    const stretch = history.stretches.find(({ endMs }) => endMs > timeMs);
    if (!stretch) return '';
    return `${clock.moment(timeMs)}: ${stretchWords(stretch)}`;
  });
  return { columns: READ_OUT_COLUMNS, labels };
};

/** A stretch in words. */
const stretchWords = (stretch: Stretch): string => {
  if (!isKnown(stretch)) return 'not measured';
  if (stretch.min === stretch.max)
    return `${formatCount(stretch.max)}${NBSP}${stretch.max === 1 ? 'person' : 'people'}`;
  return `${formatCount(stretch.min)} to ${formatCount(stretch.max)} people, mean ${formatShort(stretch.mean)}`;
};

/** People in a zone over time: the mean as a line, the least and most of each stretch as a band, gaps hatched. */
export const occupancyChart = (options: OccupancyChart): Markup => {
  const peak = peakOf(options.history.stretches);
  const description = peak
    ? `Line chart. The most were ${formatCount(peak.max)} at ${options.clock.moment(peak.startMs)}. The table below has the figures.`
    : 'Nothing was measured.';
  return chart(
    { id: options.id, title: options.title, description },
    (size, id) => draw(options, size, id),
    readOut(options),
  );
};

/** Most people at once in any of these histories: the top of a shared scale. */
export const topOf = (histories: readonly OccupancyHistory[]): number =>
  max(histories.flatMap(({ stretches }) => stretches.map((stretch) => stretch.max ?? 0))) ?? 0;
