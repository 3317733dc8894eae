import { scaleLinear } from 'd3-scale';
import { FRUIN_LIMITS_PER_M2, type LevelOfService, type LevelOfServiceTable } from '../../../contract/index.ts';
import { formatShort } from '../../format.ts';
import type { Stretch } from '../../timeline.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { bottomAxis, type Plot, type Scale, timeTicks } from './axes.ts';
import { chart, type ChartSize, type Drawing, hatchPattern, rectangle, round, text } from './chart.ts';
import { isKnown } from './quantities.ts';
import { domainOf, TIME_LEFT, timeReadOut, timeRight } from './time-chart.ts';

/** The levels of service of one zone over time. */
export interface LevelsChart {
  readonly id: string;
  readonly title: string;
  /** Density, people/m². */
  readonly density: readonly Stretch[];
  readonly table: LevelOfServiceTable;
  readonly clock: Clock;
}

const levelAt = (densityPerM2: number, table: LevelOfServiceTable): LevelOfService =>
  FRUIN_LIMITS_PER_M2[table].find(([, atMost]) => densityPerM2 <= atMost)?.[0] ?? 'F';

/** A stretch of one level; null where it is not known. */
interface Run {
  readonly level: LevelOfService | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** Neighbours of one level as one run. */
const runsOf = ({ density, table }: LevelsChart): Run[] => {
  const runs: Run[] = [];
  for (const stretch of density) {
    const level = isKnown(stretch) ? levelAt(stretch.mean, table) : null;
    const last = runs.at(-1);
    if (last?.level === level) runs[runs.length - 1] = { ...last, endMs: stretch.endMs };
    else runs.push({ level, startMs: stretch.startMs, endMs: stretch.endMs });
  }
  return runs;
};

/** The colour class of a level: `l1` for A to `l6` for F. */
export const levelClass = (level: LevelOfService): string => `l${'ABCDEF'.indexOf(level) + 1}`;

const HEIGHT = 28;
const ROOM_FOR_LETTER = 15;

const letter = ({ level, startMs, endMs }: Run, x: Scale, plot: Plot): Piece => {
  if (level === null || x(endMs) - x(startMs) < ROOM_FOR_LETTER) return null;
  const place = { x: (x(startMs) + x(endMs)) / 2, y: plot.top + HEIGHT / 2 + 4.5, anchor: 'middle' } as const;
  return text(level, place, `level-letter ${levelClass(level)}`);
};

const blocks = (runs: readonly Run[], x: Scale, { top }: Plot): string =>
  runs
    .map(({ startMs, endMs }) => {
      const left = round(x(startMs));
      return `M${left} ${top}h${round(x(endMs) - left)}v${HEIGHT}H${left}Z`;
    })
    .join('');

const strip = (runs: readonly Run[], x: Scale, plot: Plot, hatch: string): Piece => {
  const levels = [...new Set(runs.map(({ level }) => level))];
  return levels.map((level) => {
    const path = blocks(
      runs.filter((run) => run.level === level),
      x,
      plot,
    );
    if (level === null) return html`<path d="${path}" fill="url(#${hatch})"/>`;
    return html`<path d="${path}" class="level-block ${levelClass(level)}"/>`;
  });
};

const draw = (options: LevelsChart, { name, width }: ChartSize, id: string): Drawing => {
  const plot = { left: TIME_LEFT, top: 1, right: width - timeRight(name), bottom: HEIGHT + 1 };
  const x = scaleLinear(domainOf(options.density), [plot.left, plot.right]);
  const runs = runsOf(options);
  const hatch = `${id}-hatch`;
  const content = [
    hatchPattern(hatch),
    strip(runs, x, plot, hatch),
    runs.map((run) => letter(run, x, plot)),
    html`<rect x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${HEIGHT}" class="edge"/>`,
    bottomAxis(timeTicks(x, options.clock, name === 'wide' ? 9 : 4), plot),
    rectangle(0, plot.top, 0, HEIGHT, 'cursor'),
  ];
  return { height: HEIGHT + 24, content, box: [plot.left, plot.top, plot.right - plot.left, HEIGHT] };
};

/** Levels of service as a strip of time, coloured and lettered by the level of each stretch's mean density. */
export const levelsChart = (options: LevelsChart): Markup => {
  const { id, title, density, table, clock } = options;
  const seen = [...new Set(runsOf(options).flatMap(({ level }) => level ?? []))].sort();
  const description =
    seen.length === 0 ? 'Nothing is known.' : `A strip of time. Levels that occur: ${seen.join(', ')}.`;
  const inWords = (stretch: Stretch): string =>
    isKnown(stretch)
      ? `level ${levelAt(stretch.mean, table)}, ${formatShort(stretch.mean)} people per m²`
      : 'not known';
  return chart(
    { id, title, description },
    (size, unique) => draw(options, size, unique),
    timeReadOut(density, clock, inWords),
  );
};
