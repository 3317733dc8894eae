import { extent, ticks } from 'd3-array';
import type { GroundGrid, Point, Summary } from '../../../contract/index.ts';
import { formatDecimals, formatShort } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
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
import { type CellRun, cellRuns, type DensityLimits, stepClass } from './density-classes.ts';
import { LabelBoard } from './labels.ts';
import { drawGates, drawZones, metres, polygonPath, type Project, type Shapes } from './shapes.ts';

/** A plan of the ground with what was measured on it. */
export interface PlanChart {
  readonly grid: GroundGrid | null;
  readonly limits: DensityLimits;
  readonly shapes: Shapes;
  readonly visibleArea: readonly Point[] | null;
  readonly gates: Summary['gates'];
}

interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Corners of the cells that the camera sees. */
const seenCorners = (grid: GroundGrid): Point[] => {
  const corners: Point[] = [];
  for (let i = 0; i < grid.densityPerM2.length; i++) {
    if (Number.isNaN(grid.densityPerM2[i])) continue;
    const [column, row] = [i % grid.columns, Math.floor(i / grid.columns)];
    const [x, y] = [grid.originXM + column * grid.cellM, grid.originYM + row * grid.cellM];
    corners.push([x, y], [x + grid.cellM, y + grid.cellM]);
  }
  return corners;
};

const MARGIN_SHARE = 0.04;

const extentOf = ({ grid, shapes, visibleArea }: PlanChart): Extent => {
  const drawn = [...shapes.zones.flatMap(({ corners }) => corners), ...shapes.gates.flatMap(({ ends }) => ends)];
  const seen = grid ? seenCorners(grid) : [];
  const points = seen.length + drawn.length > 0 ? [...seen, ...drawn] : (visibleArea ?? []);
  const [left = 0, right = 1] = extent(points, ([x]) => x);
  const [bottom = 0, top = 1] = extent(points, ([, y]) => y);
  const margin = MARGIN_SHARE * Math.max(right - left, top - bottom, 1);
  return { left: left - margin, right: right + margin, bottom: bottom - margin, top: top + margin };
};

interface PlanView {
  readonly extent: Extent;
  readonly unitsPerM: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly project: Project;
}

const LABELS_LEFT = 30;
const LABELS_BELOW = 24;

const viewOf = (plan: PlanChart, { name, width }: ChartSize): PlanView => {
  const within = extentOf(plan);
  const [widthM, heightM] = [within.right - within.left, within.top - within.bottom];
  const unitsPerM = Math.min((width - LABELS_LEFT) / widthM, (name === 'wide' ? 600 : 480) / heightM);
  const project: Project = ([x, y]) => [LABELS_LEFT + (x - within.left) * unitsPerM, (within.top - y) * unitsPerM];
  return {
    extent: within,
    unitsPerM,
    left: LABELS_LEFT,
    width: widthM * unitsPerM,
    height: heightM * unitsPerM,
    project,
  };
};

const runPath = (runs: readonly CellRun[], grid: GroundGrid, { project, unitsPerM }: PlanView): string => {
  const side = grid.cellM * unitsPerM;
  const data = runs.map(({ row, from, to }) => {
    const [x, y] = project([grid.originXM + from * grid.cellM, grid.originYM + (row + 1) * grid.cellM]);
    const [left, top] = [round(x), round(y)];
    return `M${left} ${top}h${round(round(x + (to - from) * side) - left)}v${round(round(y + side) - top)}H${left}Z`;
  });
  return data.join('');
};

const cells = ({ grid, limits }: PlanChart, view: PlanView): Piece =>
  grid === null
    ? null
    : [...cellRuns(grid, limits)].map(
        ([step, runs]) => html`<path d="${runPath(runs, grid, view)}" class="cell ${stepClass(step, limits)}"/>`,
      );

/** Lines every so many metres, with their places below and to the left. */
const metreGrid = ({ extent: within, project, left, width, height, unitsPerM }: PlanView): Piece => {
  const wanted = Math.max(2, Math.min(8, (within.right - within.left) * unitsPerM * 0.012));
  const across = ticks(within.left, within.right, wanted);
  const step = (across[1] ?? 1) - (across[0] ?? 0);
  const up = ticks(within.bottom, within.top, Math.max(1, (within.top - within.bottom) / step));
  return [
    across.map((xM) => {
      const [x] = project([xM, 0]);
      return [line(x, 0, x, height, 'metre'), text(formatShort(xM), { x, y: height + 16, anchor: 'middle' }, 'tick')];
    }),
    up.map((yM) => {
      const [, y] = project([0, yM]);
      return [
        line(left, y, left + width, y, 'metre'),
        text(formatShort(yM), { x: left - 6, y: y + 4, anchor: 'end' }, 'tick'),
      ];
    }),
  ];
};

/** The largest of 1, 2, 5, 10, 20… (or 0.5, 0.2…) that is no larger. */
const roundBelow = (length: number): number => {
  const power = 10 ** Math.floor(Math.log10(length));
  return ([5, 2].find((digit) => digit * power <= length) ?? 1) * power;
};

const scaleBar = ({ extent: within, unitsPerM, left, width, height }: PlanView): Markup => {
  const lengthM = roundBelow((within.right - within.left) / 4);
  const length = lengthM * unitsPerM;
  const [x, y] = [left + width - length - 14, height - 14];
  return html`<g class="scale"><rect x="${round(x - 8)}" y="${round(y - 20)}" width="${round(length + 16)}" height="28" class="scale-ground"/><path d="M${round(x)} ${round(y - 5)}v5h${round(length)}v-5" class="scale-bar"/>${text(metres(lengthM), { x: x + length / 2, y: y - 5, anchor: 'middle' }, 'tick')}</g>`;
};

const draw = (plan: PlanChart, size: ChartSize, id: string): Drawing => {
  const view = viewOf(plan, size);
  const { left, width, height, project, unitsPerM } = view;
  const hatch = `${id}-hatch`;
  const clip = `${id}-clip`;
  const { grid } = plan;
  const board = new LabelBoard({ width: left + width, height });
  const sketch = { project, board, counted: size.name === 'wide' ? plan.gates : null };
  const content = html`${hatchPattern(hatch)}<defs><clipPath id="${clip}"><rect x="${left}" y="0" width="${round(width)}" height="${round(height)}"/></clipPath></defs>
<rect x="${left}" y="0" width="${round(width)}" height="${round(height)}" fill="url(#${hatch})"/>
<g clip-path="url(#${clip})">${cells(plan, view)}${plan.visibleArea ? html`<path d="${polygonPath(plan.visibleArea, project)}" class="visible"/>` : null}</g>
${metreGrid(view)}<rect x="${left}" y="0" width="${round(width)}" height="${round(height)}" class="edge"/>
${drawZones(plan.shapes, sketch)}${drawGates(plan.shapes, sketch)}${scaleBar(view)}${rectangle(0, 0, 0, 0, 'cursor')}`;
  const drawing = { height: round(height + LABELS_BELOW), content };
  if (grid === null) return drawing;
  const [x, y] = project([grid.originXM, grid.originYM + grid.rows * grid.cellM]);
  return { ...drawing, box: [x, y, grid.columns * grid.cellM * unitsPerM, grid.rows * grid.cellM * unitsPerM] };
};

const MOST_READ_CELLS = 6000;

/** Densities row by row from the top, as the page shows them; none for grids too large to carry along. */
const readOut = (grid: GroundGrid | null): ReadOut | null => {
  if (grid === null || grid.densityPerM2.length > MOST_READ_CELLS) return null;
  const labels: string[] = [];
  for (let row = grid.rows - 1; row >= 0; row--) {
    for (const density of grid.densityPerM2.subarray(row * grid.columns, (row + 1) * grid.columns)) {
      labels.push(Number.isNaN(density) ? 'not seen' : `${formatDecimals(density, 3)} people per m²`);
    }
  }
  return { columns: grid.columns, labels };
};

/** The plan: density in cells, zones and gates over it, metres along its edges, hatched where the camera does not see. */
export const planChart = (plan: PlanChart): Markup => {
  const words = {
    id: 'plan',
    title: plan.grid ? 'Mean density on the plan' : 'Plan',
    description: `Map of the ground seen from above, with ${plan.shapes.zones.length} zones and ${plan.shapes.gates.length} gates. The tables below have the figures.`,
  };
  return chart(words, (size, id) => draw(plan, size, id), readOut(plan.grid));
};
