import type { Summary } from '../../../contract/index.ts';
import { formatCount, formatShort, NBSP } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { named, section, unknown } from '../parts.ts';
import type { ReportData, ReportKind } from '../report-data.ts';
import { definitions, entry } from './definitions.ts';

const calibrationWords = ({ calibration }: Summary): Markup => {
  if (calibration === null) return unknown('The camera is not calibrated.');
  const { points, residualM, leaveOneOutM } = calibration;
  const left =
    leaveOneOutM === null
      ? 'With four points there is none to spare, so the error between them is not known.'
      : `Each point, when the others have to predict it, comes out ${formatShort(leaveOneOutM)} m off (root mean square).`;
  return html`${points} points on the ground, known in metres. The fitted points lie ${formatShort(residualM)}${NBSP}m from the given ones (root mean square). ${left}`;
};

const modelEntry = ({ model }: Summary): Piece =>
  model === null
    ? null
    : entry(
        'Detector',
        html`${named(model.name)} <span class="quiet hash">SHA-256 ${model.sha256.slice(0, 16)}…</span>`,
      );

const framesWords = ({ frames, frameRate }: Summary): string =>
  `${formatCount(frames)} frames, ${formatShort(frameRate)} a second`;

const SOURCES: Readonly<Record<ReportKind, (summary: Summary) => Piece>> = {
  camera: (summary) => [
    modelEntry(summary),
    entry(
      'Pictures',
      `${framesWords(summary)}, each looked at for people and vehicles, then followed from frame to frame.`,
    ),
    entry('Calibration', calibrationWords(summary)),
  ],
  trajectories: (summary) => [
    entry(
      'Positions',
      `As they stand in the trajectory file: ${framesWords(summary)}. No camera was involved: nobody was detected or followed here, and there is no calibration whose error could be added.`,
    ),
  ],
};

/** How it was measured. */
export const methodSection = (data: ReportData): Markup =>
  section(
    'method',
    'How it was measured',
    null,
    html`<dl class="method">${SOURCES[data.kind](data.summary)}${definitions(data)}</dl>`,
  );

const NEVER = [
  'recognise a face or a number plate',
  'estimate age, sex, origin, mood or attention',
  'match a person across cameras or visits',
  'keep a record of a person, or of who met whom',
];

const HANDLING: Readonly<Record<ReportKind, string>> = {
  camera:
    'It holds numbers about places, and no picture of anybody. Pictures were looked at one by one in memory and dropped. Who is who was known only from one frame to the next, by counters that were never stored.',
  trajectories:
    'It holds numbers about places, and nobody’s way. No camera was involved: there was a file of positions, whose numbers for people were used to follow them from one frame to the next and are in no result. passing.csv counts passages afresh.',
};

/** What this report holds about people, and what never happens. */
export const privacySection = ({ kind }: ReportData): Markup =>
  section(
    'privacy',
    'Nobody is in this report',
    null,
    html`<p>${HANDLING[kind]}</p><p>Starling does not:</p><ul>${NEVER.map((words) => html`<li>${words}</li>`)}</ul><p>It has no place for these: they are not switches that are off.</p>`,
  );
