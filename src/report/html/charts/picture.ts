import type { Summary } from '../../../contract/index.ts';
import { plural } from '../../format.ts';
import { html, type Markup } from '../markup.ts';
import { chart, type ChartSize, type Drawing, rectangle, round, text } from './chart.ts';
import { LabelBoard } from './labels.ts';
import { drawGates, drawZones, type Project, type Shapes } from './shapes.ts';

/** The outline of a camera's picture with what was drawn on it; there is no picture in it. */
export interface PictureChart {
  readonly shapes: Shapes;
  readonly gates: Summary['gates'];
  /** Width over height. */
  readonly aspect: number;
}

const WIDEST = 560;
const GUIDES = [1 / 3, 2 / 3];

const draw = ({ shapes, gates, aspect }: PictureChart, size: ChartSize): Drawing => {
  const width = Math.min(WIDEST, size.width) - 2;
  const height = round(width / aspect);
  const project: Project = ([x, y]) => [1 + x * width, 1 + y * height];
  const sketch = { project, board: new LabelBoard({ width, height }), counted: size.name === 'wide' ? gates : null };
  const guides = GUIDES.map(
    (share) =>
      html`<path d="M${round(1 + share * width)} 1v${height}M1 ${round(1 + share * height)}h${width}" class="metre"/>`,
  );
  const content = html`${rectangle(1, 1, width, height, 'picture')}${guides}${drawZones(shapes, sketch)}${drawGates(shapes, sketch)}${text('outline of the picture', { x: width - 8, y: height - 8, anchor: 'end' }, 'halo note')}`;
  return { height: height + 4, content };
};

/** Zones and gates where only the picture's plane is known. */
export const pictureChart = (picture: PictureChart): Markup => {
  const { zones, gates } = picture.shapes;
  const words = {
    id: 'picture',
    title: "Zones and gates in the camera's picture",
    description: `The outline of the picture with ${plural(zones.length, 'zone')} and ${plural(gates.length, 'gate')}. It holds no picture.`,
  };
  return chart(words, (size) => draw(picture, size));
};
