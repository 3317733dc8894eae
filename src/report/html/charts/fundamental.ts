import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { weidmannSpeedMps } from '../../../contract/index.ts';
import { formatShort } from '../../format.ts';
import type { FlowHistory } from '../../history.ts';
import type { FlowState } from '../../slots.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { bottomAxis, type Plot, type Scale, valueAxis } from './axes.ts';
import { chart, type ChartSize, type Drawing, round, text } from './chart.ts';

/** A fundamental diagram of one zone. */
export interface FundamentalChart {
  readonly id: string;
  readonly title: string;
  readonly flow: FlowHistory;
}

/** One of the two halves: what stands against density. */
interface Half {
  readonly title: string;
  readonly of: (state: FlowState) => number;
  /** Weidmann's curve. */
  readonly curve: (densityPerM2: number) => number;
}

const SPEED: Half = { title: 'Speed, m/s', of: ({ speedMps }) => speedMps, curve: weidmannSpeedMps };

const FLOW: Half = {
  title: 'Flow, people/(m·s)',
  of: ({ flowPerMS }) => flowPerMS,
  curve: (densityPerM2) => densityPerM2 * weidmannSpeedMps(densityPerM2),
};

/** The axis of density reaches as far as this at least. */
const LEAST_DENSITY_PER_M2 = 0.1;
const SAMPLES = 64;

const samples = (upTo: number): number[] => Array.from({ length: SAMPLES + 1 }, (_, i) => (i / SAMPLES) * upTo);

const curvePath = ({ curve }: Half, x: Scale, y: Scale): string => {
  const [, most = 0] = x.domain();
  return `M${samples(most)
    .map((density) => `${round(x(density))} ${round(y(curve(density)))}`)
    .join('L')}`;
};

/** Points this close to each other are one dot. */
const DOT = 2;
/** Dots of one point, of some and of many: the more, the stronger. */
const STRENGTHS: readonly (readonly [style: string, atLeast: number])[] = [
  ['few', 1],
  ['some', 2],
  ['many', 4],
];

const strengthOf = (points: number): string => STRENGTHS.findLast(([, atLeast]) => points >= atLeast)?.[0] ?? 'few';

/** Points as dots of three strengths, which is a small drawing however many there are. */
const dots = (states: readonly FlowState[], { of }: Half, x: Scale, y: Scale): Piece => {
  const counts = new Map<string, number>();
  for (const state of states) {
    const place = `${Math.round(x(state.densityPerM2) / DOT) * DOT} ${Math.round(y(of(state)) / DOT) * DOT}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return STRENGTHS.map(([style]) => {
    const places = [...counts].filter(([, points]) => strengthOf(points) === style).map(([place]) => `M${place}h0`);
    return places.length === 0 ? null : html`<path d="${places.join('')}" class="dot ${style}"/>`;
  });
};

const drawHalf = (half: Half, states: readonly FlowState[], mostDensity: number, plot: Plot): Piece => {
  const x = scaleLinear([0, mostDensity], [plot.left, plot.right]).nice(5);
  const [, reach = mostDensity] = x.domain();
  const highest = Math.max(max(states, half.of) ?? 0, max(samples(reach), half.curve) ?? 0);
  const y = scaleLinear([0, highest * 1.04], [plot.bottom, plot.top]).nice(4);
  return [
    text(half.title, { x: plot.left - 34, y: plot.top - 14 }, 'axis-title'),
    text('– – Weidmann 1993', { x: plot.right, y: plot.top - 14, anchor: 'end' }, 'published-name'),
    valueAxis(y, y.ticks(4), plot, formatShort),
    bottomAxis(
      x.ticks(5).map((tick) => ({ x: x(tick), label: formatShort(tick) })),
      plot,
    ),
    html`<path d="${curvePath(half, x, y)}" class="published"/>`,
    dots(states, half, x, y),
    text('Density, people per m²', { x: plot.right, y: plot.bottom + 38, anchor: 'end' }, 'axis-title'),
  ];
};

const PLOT_HEIGHT = 220;
const ABOVE = 34;
const BELOW = 48;
const LEFT = 36;
const BETWEEN = 40;

/** Side by side where there is room, else one above the other. */
const plotsOf = ({ name, width }: ChartSize): readonly Plot[] => {
  const [top, bottom] = [ABOVE, ABOVE + PLOT_HEIGHT];
  if (name === 'narrow') {
    const shift = bottom + BELOW;
    return [0, shift].map((down) => ({ left: LEFT, right: width - 10, top: top + down, bottom: bottom + down }));
  }
  const each = (width - BETWEEN) / 2;
  return [0, each + BETWEEN].map((across) => ({ left: across + LEFT, right: across + each - 4, top, bottom }));
};

const draw = ({ states }: FlowHistory, size: ChartSize): Drawing => {
  const plots = plotsOf(size);
  const most = Math.max(LEAST_DENSITY_PER_M2, (max(states, ({ densityPerM2 }) => densityPerM2) ?? 0) * 1.1);
  const content = [SPEED, FLOW].map((half, i) => {
    const plot = plots[i];
    return plot ? drawHalf(half, states, most, plot) : null;
  });
  return { height: (plots.at(-1)?.bottom ?? 0) + BELOW, content };
};

/** Speed and flow against density, with Weidmann's curve behind the points. */
export const fundamentalChart = ({ id, title, flow }: FundamentalChart): Markup => {
  const { states } = flow;
  const densest = states.reduce<FlowState | null>((a, b) => (a && a.densityPerM2 >= b.densityPerM2 ? a : b), null);
  const words = densest
    ? ` At the highest density, ${formatShort(densest.densityPerM2)} people per m², the speed was ${formatShort(densest.speedMps)} metres per second.`
    : '';
  const description = `Two scatter plots of ${states.length} points against density: speed, and flow.${words}`;
  return chart({ id, title, description }, (size) => draw(flow, size));
};
