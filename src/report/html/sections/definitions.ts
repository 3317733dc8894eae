/** What each figure is, and whose method it follows. */
import { formatShort, NBSP } from '../../format.ts';
import { limitWords, tableWords } from '../levels.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import type { ReportData, ReportKind } from '../report-data.ts';

/** A term with its explanation. */
export const entry = (term: string, words: Piece): Markup => html`<dt>${term}</dt><dd>${words}</dd>`;

const metres = (length: number): string => `${formatShort(length)}${NBSP}m`;

const OF_CAMERA = (): readonly Markup[] => [
  entry(
    'People in a zone',
    'People whose foot point (where they meet the ground) lies in the zone at a frame. Somebody counts once seen in enough frames to be real.',
  ),
  entry(
    'Speed',
    'The steady part of each person’s movement on the ground over 1.6 s (least squares), so that a trembling foot point adds nothing; then the mean.',
  ),
  entry(
    'Crossing',
    'A foot point passes from one side of the gate to the other, between its two ends, and gets further from the line than its own uncertainty. In is from the right of the arrow to the left.',
  ),
];

const OF_TRAJECTORIES = ({ methods: { analysis } }: ReportData): readonly Markup[] => [
  entry('People in a zone', 'People whose position in the file lies in the zone at a frame.'),
  entry(
    'Speed',
    `Displacement from ${analysis.speedFrames} frames before to ${analysis.speedFrames} after, over the time between them, single-sided where somebody’s way begins and ends; then the mean.`,
  ),
  entry(
    'Crossing',
    'The step from one frame to the next crosses the line of the gate between its two ends, and does not end on it. In is from the right of the arrow to the left.',
  ),
  entry(
    'Passing',
    'Per passage of the stretch behind a gate: mean classic density of the stretch meanwhile, and its depth over the time taken (JPSreport’s method B). passing.csv has them, without anybody’s number.',
  ),
];

const BY_KIND: Readonly<Record<ReportKind, (data: ReportData) => readonly Markup[]>> = {
  camera: OF_CAMERA,
  trajectories: OF_TRAJECTORIES,
};

const MAPS: Readonly<Record<ReportKind, (data: ReportData) => string>> = {
  camera: ({ methods: { analysis } }) =>
    `Mean over time in cells of ${metres(analysis.gridM)} or more. Each person is spread over the cells near with a Gaussian kernel, ${metres(analysis.kernelM)} wide (one sigma) and widened by the uncertainty of the position (Silverman 1986).`,
  trajectories: ({ methods: { analysis } }) =>
    `Mean over time in cells of ${metres(analysis.gridM)} or more, from the Voronoi cells: of density over the frames, of speed over the ground that the cells cover.`,
};

const DENSITY = entry(
  'Density',
  'Classic density: people in the zone divided by its area, per frame, then the mean over time.',
);

/** Figures that need metres, whatever they are made of. */
const metricDefinitions = (data: ReportData): readonly Markup[] => {
  const { analysis } = data.methods;
  const cutoff = analysis.cutoff
    ? ` With the cut-off, nobody’s cell reaches further than ${metres(analysis.cutoff.radiusM)}.`
    : '';
  return [
    entry(
      'Voronoi density and speed',
      `Each person’s cell is the ground that is nearer to them than to anybody else, up to the walls. Density: the shares of the cells that lie in the zone, together, over its area; speed: weighted by the part of the zone that each cell covers (Steffen and Seyfried, Physica A 389, 2010).${cutoff}`,
    ),
    entry('Maps', MAPS[data.kind](data)),
    entry(
      'Fundamental diagram',
      'Density, flow and speed of short stretches of time: flow is the mean of density times speed, speed is flow over density (Edie 1963). Dashed curve: Weidmann, Transporttechnik der Fussgänger, 1993, v = 1.34 (1 − exp(−1.913 (1/ρ − 1/5.4))).',
    ),
    entry(
      'Level of service',
      `Fruin, Pedestrian Planning and Design, 1971, for ${tableWords(analysis.levelOfService)}: ${limitWords(analysis.levelOfService)}. His tables for walkways, queues and stairs differ.`,
    ),
    entry(
      'Crowd pressure',
      `Density times the variance of the velocity vectors, averaged with a Gaussian kernel of radius ${metres(analysis.pressureRadiusM)} (Helbing, Johansson and Al-Abideen, Phys. Rev. E 75, 2007).`,
    ),
    entry(
      'Congestion Number',
      'How much the way people turn differs from one spot to the next: range of the rotor of the velocity field over the mean speed, without a dimension (Feliciani and Nishinari 2018; Zanlungo et al. 2023).',
    ),
  ];
};

/** Whether the data hold anything in metres. */
const isMetric = ({ grid, zones }: ReportData): boolean =>
  grid !== null || zones.some(({ density }) => density.length > 0);

/** What the figures of this page are. */
export const definitions = (data: ReportData): readonly Markup[] => [
  ...BY_KIND[data.kind](data),
  DENSITY,
  entry('Flow', 'People who crossed, divided by the time measured; per metre, also by the width of the gate.'),
  ...(isMetric(data) ? metricDefinitions(data) : []),
];
