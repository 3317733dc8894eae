/** Zones and gates, on a plan or in the outline of a picture. */
import { isCounted } from '../counted-gates.ts';
import { mean } from 'd3-array';
import type { Gate, Point, Summary, Zone } from '../../../contract/index.ts';
import { formatCount, formatShort } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { round, text } from './chart.ts';
import { CHARACTER, type LabelBoard } from './labels.ts';

/** From the ground or the picture to the drawing. */
export type Project = (point: Point) => Point;

/** A drawing in the making. */
export interface Sketch {
  readonly project: Project;
  readonly board: LabelBoard;
  /** Counts to write beside the gates; null leaves them out where there is no room. */
  readonly counted: Summary['gates'] | null;
}

/** A zone's outline with its name. */
interface Outline {
  readonly id: string;
  readonly corners: readonly Point[];
}

/** A gate's line with its name. */
interface GateLine {
  readonly id: string;
  readonly ends: readonly [Point, Point];
}

/** Zones and gates of one plane. */
export interface Shapes {
  readonly zones: readonly Outline[];
  readonly gates: readonly GateLine[];
}

/** Those drawn in metres. */
export const groundShapes = (zones: readonly Zone[], gates: readonly Gate[]): Shapes => ({
  zones: zones.flatMap((zone) => ('polygon' in zone ? [{ id: zone.id, corners: zone.polygon }] : [])),
  gates: gates.flatMap((gate) => ('line' in gate ? [{ id: gate.id, ends: gate.line }] : [])),
});

/** Those drawn on the picture. */
export const imageShapes = (zones: readonly Zone[], gates: readonly Gate[]): Shapes => ({
  zones: zones.flatMap((zone) => ('image' in zone ? [{ id: zone.id, corners: zone.image }] : [])),
  gates: gates.flatMap((gate) => ('image' in gate ? [{ id: gate.id, ends: gate.image }] : [])),
});

/** Whether there is anything to draw. */
export const hasShapes = ({ zones, gates }: Shapes): boolean => zones.length + gates.length > 0;

/** A polygon as the data of a path. */
export const polygonPath = (corners: readonly Point[], project: Project): string =>
  `M${corners.map((corner) => project(corner).map(round).join(' ')).join('L')}Z`;

const NAME_HEIGHT = 18;

/** Names of zones stand inside, near an upper corner, or in the middle. */
const zoneName = (id: string, corners: readonly Point[], { project, board }: Sketch): Markup => {
  const projected = corners.map(project);
  const half = (id.length * CHARACTER) / 2 + 8;
  const [left, right] = [Math.min(...projected.map(([x]) => x)), Math.max(...projected.map(([x]) => x))];
  const top = Math.min(...projected.map(([, y]) => y));
  const middle: Point = [mean(projected, ([x]) => x) ?? 0, mean(projected, ([, y]) => y) ?? 0];
  const upper = projected.filter(([, y]) => y - top < 12).map(([x]) => x);
  const isFlat = upper.length > 1;
  const corner: Point = isFlat ? [Math.min(...upper) + half, top + 14] : [middle[0], top + 26];
  const opposite: Point = [isFlat ? Math.max(...upper) - half : middle[0], top + 14];
  const below: Point = [(left + right) / 2, Math.max(...projected.map(([, y]) => y)) - 12];
  const [x, y] = board.place([corner, opposite, middle, below], half * 2 - 8, NAME_HEIGHT);
  return text(id, { x, y: y + 4, anchor: 'middle' }, 'halo zone-name');
};

/** Outlines of zones with their names. */
export const drawZones = ({ zones }: Shapes, sketch: Sketch): Piece =>
  zones.map(({ id, corners }) => {
    const path = polygonPath(corners, sketch.project);
    return html`<path d="${path}" class="case"/><path d="${path}" class="zone"/>${zoneName(id, corners, sketch)}`;
  });

const ARROW = 22;

interface Placed {
  readonly a: Point;
  readonly b: Point;
  /** Where the arrow begins: the middle of the line, or beside it where another gate runs through. */
  readonly foot: Point;
  /** Unit vector towards the inside: the left of the arrow a to b as it is seen. */
  readonly inward: Point;
}

/** Steps along a gate's line at which it keeps names away. */
const GUARD = 8;
const FEET = [0.5, 0.38, 0.62, 0.25, 0.75];

const alongLine = ([ax, ay]: Point, [bx, by]: Point, share: number): Point => [
  ax + (bx - ax) * share,
  ay + (by - ay) * share,
];

const guardLine = (a: Point, b: Point, board: LabelBoard): void => {
  const steps = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / GUARD);
  for (let i = 0; i <= steps; i++) board.take(alongLine(a, b, i / steps), 4, 4);
};

const place = ({ ends }: GateLine, { project, board }: Sketch): Placed => {
  const [a, b] = [project(ends[0]), project(ends[1])];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy) || 1;
  const inward: Point = [dy / length, -dx / length];
  const [reachX, reachY] = [inward[0] * ARROW * 0.6, inward[1] * ARROW * 0.6];
  const middles = FEET.map((share): Point => {
    const [x, y] = alongLine(a, b, share);
    return [x + reachX, y + reachY];
  });
  const [x, y] = board.place(middles, 12, 12);
  return { a, b, foot: [x - reachX, y - reachY], inward };
};

const arrow = ({ foot: [x, y], inward: [ix, iy] }: Placed): Markup => {
  const [tipX, tipY] = [x + ix * ARROW, y + iy * ARROW];
  const wing = (side: 1 | -1): string =>
    `${round(tipX - 7 * ix - side * 4.5 * iy)} ${round(tipY - 7 * iy + side * 4.5 * ix)}`;
  return html`<path d="M${round(x)} ${round(y)}L${round(tipX)} ${round(tipY)}M${wing(1)}L${round(tipX)} ${round(tipY)}L${wing(-1)}" class="gate-arrow"/>`;
};

const countWords = (id: string, gates: Summary['gates'] | null): string => {
  const counted = gates?.[id];
  if (!counted) return '';
  return isCounted(counted) ? `in ${formatCount(counted.in)}, out ${formatCount(counted.out)}` : 'not seen';
};

/** Places for a gate's name: beside the arrow's foot, away from the arrow or along it, then further along the line. */
const namePlaces = ({ a, b, foot, inward }: Placed, half: number, halfHeight: number): Point[] => {
  const reach = Math.abs(inward[0]) * half + Math.abs(inward[1]) * halfHeight + 7;
  const from = ([x, y]: Point, distance: number): Point => [x + inward[0] * distance, y + inward[1] * distance];
  const onLine = [0.3, 0.7, 0.15, 0.85].map((share) => alongLine(a, b, share));
  return [
    from(foot, -reach),
    from(foot, reach + ARROW),
    ...onLine.flatMap((point) => [from(point, -reach), from(point, reach)]),
  ];
};

/** A gate's name, with its counts below where there is room for them. */
const gateName = (gate: GateLine, placed: Placed, { board, counted }: Sketch): Markup => {
  const words = countWords(gate.id, counted);
  const half = (Math.max(gate.id.length, words.length) * CHARACTER) / 2;
  const height = words === '' ? NAME_HEIGHT : 32;
  const [x, y] = board.place(namePlaces(placed, half, height / 2), half * 2, height);
  const first = y - height / 2 + 13;
  return html`${text(gate.id, { x, y: first, anchor: 'middle' }, 'halo gate-name')}${words === '' ? null : text(words, { x, y: first + 14, anchor: 'middle' }, 'halo gate-count')}`;
};

/** Gates as lines with an arrow towards 'in', their names and counts. */
export const drawGates = ({ gates }: Shapes, sketch: Sketch): Piece => {
  for (const { ends } of gates) guardLine(sketch.project(ends[0]), sketch.project(ends[1]), sketch.board);
  const all = gates.map((gate) => ({ gate, placed: place(gate, sketch) }));
  const lines = all.map(({ placed }) => {
    const ends = [placed.a, placed.b].map(
      ([x, y]) => html`<circle cx="${round(x)}" cy="${round(y)}" r="3" class="gate-end"/>`,
    );
    const path = `M${placed.a.map(round).join(' ')}L${placed.b.map(round).join(' ')}`;
    return html`<path d="${path}" class="case"/><path d="${path}" class="gate"/>${ends}${arrow(placed)}`;
  });
  return [lines, all.map(({ gate, placed }) => gateName(gate, placed, sketch))];
};

/** A length in words. */
export const metres = (length: number): string => `${formatShort(length)} m`;
