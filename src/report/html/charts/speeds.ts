import { max, sum } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Histogram } from '../../../contract/index.ts';
import { formatDecimals, formatShare, formatShort } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { bottomAxis, type Plot, type Scale, valueAxis } from './axes.ts';
import { chart, type ChartSize, type Drawing, line, type ReadOut, rectangle, text } from './chart.ts';

/** Where a distribution lies. */
export interface Centre {
  readonly mean: number;
  readonly median: number;
  /** Entries in all. */
  readonly count: number;
}

/**
 * Mean and median of a histogram: every entry counts as its bin's middle in the mean, and as spread evenly over its
 * bin in the median. Null for an empty one.
 */
export const centreOf = ({ binWidth, counts }: Histogram): Centre | null => {
  const count = sum(counts);
  if (count === 0) return null;
  const mean = sum(counts, (entries, i) => entries * (i + 0.5) * binWidth) / count;
  let below = 0;
  let bin = 0;
  while (below + counts[bin] < count / 2) below += counts[bin++];
  return { mean, median: (bin + (count / 2 - below) / counts[bin]) * binWidth, count };
};

/** Bars with anything in them or after them, at most sixty: finer bins are put together. */
const visibleBins = ({ binWidth, counts }: Histogram): Histogram => {
  const used = counts.findLastIndex((entries) => entries > 0) + 1;
  const perBar = Math.max(1, Math.ceil(used / 60));
  const bars = Float64Array.from({ length: Math.ceil(used / perBar) }, (_, i) =>
    sum(counts.slice(i * perBar, (i + 1) * perBar)),
  );
  return { binWidth: binWidth * perBar, counts: bars };
};

const bars = ({ binWidth, counts }: Histogram, total: number, x: Scale, y: Scale): Markup[] =>
  Array.from(counts, (entries, i) => {
    const [left, right] = [x(i * binWidth), x((i + 1) * binWidth)];
    const top = y(entries / total);
    return rectangle(left + 0.5, top, right - left - 1, y(0) - top, 'bar');
  });

const centreMarks = ({ mean, median }: Centre, x: Scale, plot: Plot): Piece => {
  const meanFirst = mean < median;
  const mark = (value: number, name: string, isLeft: boolean, style: string): Piece => [
    line(x(value), plot.top, x(value), plot.bottom - 1, 'line-case'),
    line(x(value), plot.top - 14, x(value), plot.bottom, style),
    text(
      `${name} ${formatDecimals(value, 2)}`,
      { x: x(value) + (isLeft ? -5 : 5), y: plot.top - 5, anchor: isLeft ? 'end' : 'start' },
      'note',
    ),
  ];
  return [mark(mean, 'mean', meanFirst, 'mean-line'), mark(median, 'median', !meanFirst, 'median-line')];
};

const draw = (shown: Histogram, centre: Centre, { name, width }: ChartSize): Drawing => {
  const height = 260;
  const plot = { left: 42, top: 44, right: width - 12, bottom: height - 46 };
  const x = scaleLinear([0, shown.counts.length * shown.binWidth], [plot.left, plot.right]);
  const y = scaleLinear([0, (max(shown.counts) ?? 1) / centre.count], [plot.bottom, plot.top + 6]).nice(4);
  const xTicks = x.ticks(name === 'wide' ? 8 : 5).map((tick) => ({ x: x(tick), label: formatShort(tick) }));
  const content = [
    text('Share of the observations', { x: 0, y: 14 }, 'axis-title'),
    valueAxis(y, y.ticks(4), plot, formatShare),
    bars(shown, centre.count, x, y),
    centreMarks(centre, x, plot),
    bottomAxis(xTicks, plot),
    text('Speed, metres per second', { x: plot.right, y: height - 6, anchor: 'end' }, 'axis-title'),
    rectangle(0, plot.top, 0, plot.bottom - plot.top, 'cursor'),
  ];
  return { height, content, box: [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top] };
};

const readOut = ({ binWidth, counts }: Histogram, total: number): ReadOut => ({
  columns: counts.length,
  labels: Array.from(
    counts,
    (entries, i) =>
      `${formatShort(i * binWidth)} to ${formatShort((i + 1) * binWidth)} m/s: ${formatDecimals((100 * entries) / total, 1)} %`,
  ),
});

/** Speeds as a histogram with their mean and median. */
export const speedChart = (speeds: Histogram, centre: Centre): Markup => {
  const shown = visibleBins(speeds);
  const words = {
    id: 'speeds',
    title: 'Distribution of speeds',
    description: `Histogram. Mean ${formatDecimals(centre.mean, 2)}, median ${formatDecimals(centre.median, 2)} metres per second.`,
  };
  return html`${chart(words, (size) => draw(shown, centre, size), readOut(shown, centre.count))}`;
};
