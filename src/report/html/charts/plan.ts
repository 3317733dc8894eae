import { extent, ticks } from 'd3-array';
import type { GroundGrid, Point, Summary } from '../../../contract/index.ts';
import { formatShort, plural } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import {
  chart,
  type ChartSize,
  type ChartSizes,
  type Drawing,
  hatchPattern,
  line,
  type ReadOut,
  rectangle,
  round,
  text,
} from './chart.ts';
import { LabelBoard } from './labels.ts';
import { type CellRun, cellRuns, type MapFigure, stepClass } from './map-classes.ts';
import { drawGates, drawZones, metres, polygonPath, type Project, type Shapes } from './shapes.ts';
import { drawWalls } from './walls.ts';

/** The ground, and what stands on it. */
export interface Ground {
  readonly grid: GroundGrid | null;
  readonly shapes: Shapes;
  readonly walkable: readonly (readonly Point[])[] | null;
  readonly visibleArea: readonly Point[] | null;
}

/** A figure of the cells, and how it is read out. */
export interface PlanFigure extends MapFigure {
  readonly inWords: (value: number) => string;
}

/** A plan of the ground with what was measured on it. */
export interface PlanChart {
  readonly id: string;
  readonly title: string;
  readonly ground: Ground;
  /** What the cells show; null leaves them out. */
  readonly figure: PlanFigure | null;
  /** Counts to write beside the gates where there is room; null leaves them out. */
  readonly counted: Summary['gates'] | null;
  readonly sizes: ChartSizes;
}

interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Corners of the cells of which something is known. */
const knownCorners = (grid: GroundGrid): Point[] => {
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

/** What must be on the drawing: what is known and drawn; the walls too, unless a camera sees but a part of them. */
const pointsOf = ({ grid, shapes, walkable, visibleArea }: Ground): readonly Point[] => {
  const drawn = [...shapes.zones.flatMap(({ corners }) => corners), ...shapes.gates.flatMap(({ ends }) => ends)];
  const walls = visibleArea === null ? (walkable?.[0] ?? []) : [];
  const points = [...(grid ? knownCorners(grid) : []), ...drawn, ...walls];
  return points.length > 0 ? points : (visibleArea ?? []);
};

const extentOf = (ground: Ground): Extent => {
  const points = pointsOf(ground);
  const [left = 0, right = 1] = extent(points, ([x]) => x);
  const [bottom = 0, top = 1] = extent(points, ([, y]) => y);
  const margin = MARGIN_SHARE * Math.max(right - left, top - bottom, 1);
  return { left: left - margin, right: right + margin, bottom: bottom - margin, top: top + margin };
};

/** Whether two plans go side by side: one is not much wider than it is high. */
export const isUpright = (ground: Ground): boolean => {
  const { left, right, bottom, top } = extentOf(ground);
  return top - bottom > 0.95 * (right - left);
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

const viewOf = (ground: Ground, { name, width }: ChartSize): PlanView => {
  const within = extentOf(ground);
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

const cells = (grid: GroundGrid, figure: MapFigure, view: PlanView): Markup[] =>
  [...cellRuns(grid, figure)].map(
    ([step, runs]) => html`<path d="${runPath(runs, grid, view)}" class="cell ${stepClass(step, figure)}"/>`,
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

/** A drawing has room for counts beside the gates from this width on. */
const ROOM_FOR_COUNTS = 500;

const draw = ({ ground, figure, counted }: PlanChart, size: ChartSize, id: string): Drawing => {
  const { grid, shapes, walkable, visibleArea } = ground;
  const view = viewOf(ground, size);
  const { left, width, height, project, unitsPerM } = view;
  const hatch = `${id}-hatch`;
  const clip = `${id}-clip`;
  const board = new LabelBoard({ width: left + width, height });
  const sketch = { project, board, counted: size.width > ROOM_FOR_COUNTS ? counted : null };
  const content = html`${hatchPattern(hatch)}<defs><clipPath id="${clip}"><rect x="${left}" y="0" width="${round(width)}" height="${round(height)}"/></clipPath></defs>
<rect x="${left}" y="0" width="${round(width)}" height="${round(height)}" fill="url(#${hatch})"/>
<g clip-path="url(#${clip})">${grid && figure ? cells(grid, figure, view) : null}${drawWalls(walkable, project, view)}${visibleArea ? html`<path d="${polygonPath(visibleArea, project)}" class="visible"/>` : null}</g>
${metreGrid(view)}<rect x="${left}" y="0" width="${round(width)}" height="${round(height)}" class="edge"/>
${drawZones(shapes, sketch)}${drawGates(shapes, sketch)}${scaleBar(view)}${rectangle(0, 0, 0, 0, 'cursor')}`;
  const drawing = { height: round(height + LABELS_BELOW), content };
  if (grid === null) return drawing;
  const [x, y] = project([grid.originXM, grid.originYM + grid.rows * grid.cellM]);
  return { ...drawing, box: [x, y, grid.columns * grid.cellM * unitsPerM, grid.rows * grid.cellM * unitsPerM] };
};

const MOST_READ_CELLS = 6000;

/** Figures row by row from the top, as the page shows them; none for grids too large to carry along. */
const readOut = (grid: GroundGrid | null, figure: PlanFigure | null): ReadOut | null => {
  if (grid === null || figure === null || figure.values.length > MOST_READ_CELLS) return null;
  const labels: string[] = [];
  for (let row = grid.rows - 1; row >= 0; row--) {
    for (const value of figure.values.subarray(row * grid.columns, (row + 1) * grid.columns)) {
      labels.push(Number.isNaN(value) ? 'not known' : figure.inWords(value));
    }
  }
  return { columns: grid.columns, labels };
};

/** The plan: a figure in cells, walls, zones and gates over it, metres along its edges, hatched where it is not known. */
export const planChart = (plan: PlanChart): Markup => {
  const { id, title, ground, figure, sizes } = plan;
  const { zones, gates } = ground.shapes;
  const description = `Map of the ground seen from above, with ${plural(zones.length, 'zone')} and ${plural(gates.length, 'gate')}. The tables below have the figures.`;
  const drawOne = (size: ChartSize, unique: string): Drawing => draw(plan, size, unique);
  return chart({ id, title, description }, drawOne, readOut(ground.grid, figure), sizes);
};
