import { scaleLinear } from 'd3-scale';
import { line as linePath } from 'd3-shape';
import { formatCount, formatShort, NBSP } from '../../format.ts';
import type { Crossed, GateHistory } from '../../history.ts';
import type { Stretch } from '../../timeline.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { bottomAxis, type Scale, timeTicks, valueAxis } from './axes.ts';
import { chart, type ChartSize, type Drawing, hatchPattern, rectangle, round, text } from './chart.ts';
import { isKnown } from './quantities.ts';
import { domainOf, gaps, TIME_LEFT, timeReadOut, timeRight } from './time-chart.ts';

/** How one N–t curve differs from another. */
export interface CumulativeChart {
  readonly id: string;
  readonly title: string;
  readonly history: GateHistory;
  readonly clock: Clock;
  /** Top of the scale: a chart may share it with others. */
  readonly top: number;
  readonly height: 'tall' | 'low';
}

/**
 * Mean flow of a gate: the slope of the N–t curve between the first and the last crossing.
 *
 *   J = (N_last − N_first) / (t_last − t_first)
 *
 * @returns people per second; null when all crossed at once, or fewer than two
 */
export const meanFlowPerS = ({ first, last }: GateHistory): number | null =>
  first === null || last === null || last.timeMs <= first.timeMs
    ? null
    : ((last.count - first.count) / (last.timeMs - first.timeMs)) * 1000;

type Corner = readonly [timeMs: number, count: number] | null;

/** The curve's corners: one where a stretch begins after a gap, one at the end of each in which somebody crossed. */
const cornersOf = (stretches: readonly Stretch[]): Corner[] => {
  const corners: Corner[] = [];
  for (const [i, stretch] of stretches.entries()) {
    if (!isKnown(stretch)) {
      corners.push(null);
      continue;
    }
    const { startMs, endMs, min, max } = stretch;
    const [before, after] = [stretches[i - 1], stretches[i + 1]];
    if (!before || !isKnown(before)) corners.push([startMs, min]);
    if (after && isKnown(after) && before && isKnown(before) && before.max === max && after.max === max) continue;
    corners.push([endMs, max]);
  }
  return corners;
};

const curve = (stretches: readonly Stretch[], x: Scale, y: Scale): Markup => {
  const path = linePath<Corner>()
    .digits(1)
    .defined((corner) => corner !== null)
    .x((corner) => x(corner?.[0] ?? 0))
    .y((corner) => y(corner?.[1] ?? 0));
  return html`<path class="curve" d="${path(cornersOf(stretches)) ?? ''}"/>`;
};

const flowWords = (flowPerS: number): string => `${formatShort(flowPerS)}${NBSP}per${NBSP}s`;

/** The straight line from the first crossing to the last. */
const slope = ({ first, last }: GateHistory, x: Scale, y: Scale): Piece => {
  if (first === null || last === null || last.timeMs <= first.timeMs) return null;
  const at = ({ timeMs, count }: Crossed): string => `${round(x(timeMs))} ${round(y(count))}`;
  return html`<path d="M${at(first)}L${at(last)}" class="mean"/>`;
};

const endWords = ({ last }: GateHistory, x: Scale, y: Scale): Piece => {
  if (last === null) return null;
  const [, right = 0] = x.range();
  return text(`in all ${formatCount(last.count)}`, { x: right + 6, y: y(last.count) + 4 }, 'note');
};

const draw = (
  { history, clock, top, height: size }: CumulativeChart,
  { name, width }: ChartSize,
  id: string,
): Drawing => {
  const tall = size === 'tall';
  const height = tall ? 270 : 130;
  const plot = {
    left: TIME_LEFT,
    top: tall ? 34 : 10,
    right: width - timeRight(name),
    bottom: height - (tall ? 46 : 24),
  };
  const { cumulative } = history;
  const x = scaleLinear(domainOf(cumulative), [plot.left, plot.right]);
  const y = scaleLinear([0, Math.max(1, top)], [plot.bottom, plot.top]);
  const hatch = `${id}-hatch`;
  const content = [
    hatchPattern(hatch),
    tall ? text('Crossings so far', { x: 0, y: 14 }, 'axis-title') : null,
    valueAxis(y, y.ticks(tall ? 6 : 3).filter(Number.isInteger), plot, formatCount),
    gaps(cumulative, x, plot, hatch, 'not measured'),
    slope(history, x, y),
    curve(cumulative, x, y),
    endWords(history, x, y),
    bottomAxis(timeTicks(x, clock, name === 'wide' ? 9 : 4), plot),
    tall ? text(clock.title, { x: plot.right, y: height - 6, anchor: 'end' }, 'axis-title') : null,
    rectangle(0, plot.top, 0, plot.bottom - plot.top, 'cursor'),
  ];
  return { height, content, box: [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top] };
};

const inWords = (stretch: Stretch): string => (isKnown(stretch) ? formatCount(stretch.max) : 'not measured');

/** The N–t curve of a gate: how many had crossed it by a time, with the slope of the mean flow. */
export const cumulativeChart = (options: CumulativeChart): Markup => {
  const { id, title, history, clock } = options;
  const flowPerS = meanFlowPerS(history);
  const mean = flowPerS === null ? '' : ` The mean flow between the first and the last was ${flowWords(flowPerS)}.`;
  const description = `Line chart that only rises, to ${formatCount(history.last?.count ?? 0)} crossings.${mean}`;
  return chart(
    { id, title, description },
    (size, unique) => draw(options, size, unique),
    timeReadOut(history.cumulative, clock, inWords),
  );
};
