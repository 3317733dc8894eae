import type { Summary } from '../../../contract/index.ts';
import { formatCount, formatShort, NBSP } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { named, section, unknown } from '../parts.ts';
import type { ReportData } from '../report-data.ts';

const calibrationWords = ({ calibration }: Summary): Markup => {
  if (calibration === null) return unknown('The camera is not calibrated.');
  const { points, residualM, leaveOneOutM } = calibration;
  const left =
    leaveOneOutM === null
      ? 'With four points there is none to spare, so the error between them is not known.'
      : `Each point, when the others have to predict it, comes out ${formatShort(leaveOneOutM)} m off (root mean square).`;
  return html`${points} points on the ground, known in metres. The fitted points lie ${formatShort(residualM)}${NBSP}m from the given ones (root mean square). ${left}`;
};

const entry = (term: string, words: Piece): Markup => html`<dt>${term}</dt><dd>${words}</dd>`;

const modelEntry = ({ model }: Summary): Markup =>
  entry('Detector', html`${named(model.name)} <span class="quiet hash">SHA-256 ${model.sha256.slice(0, 16)}…</span>`);

const frameEntry = ({ frames, frameRate }: Summary): Markup =>
  entry(
    'Pictures',
    `${formatCount(frames)} frames, ${formatShort(frameRate)} a second, each looked at for people and vehicles, then followed from frame to frame.`,
  );

const DEFINITIONS: readonly Markup[] = [
  entry(
    'People in a zone',
    'People whose foot point (where they meet the ground) lies in the zone at a frame. Somebody counts once seen in enough frames to be real.',
  ),
  entry(
    'Density',
    'Classic density: people in the zone divided by its area, per frame, then the mean over time. The map does the same with small cells.',
  ),
  entry(
    'Speed',
    'The steady part of each person’s movement on the ground over 1.6 s (least squares), so that a trembling foot point adds nothing; then the mean.',
  ),
  entry(
    'Crossing',
    'A foot point passes from one side of the gate to the other, between its two ends, and gets further from the line than its own uncertainty. In is from the right of the arrow to the left.',
  ),
  entry('Flow', 'People who crossed, divided by the time measured; per metre, also by the width of the gate.'),
  entry(
    'Level of service',
    'Fruin, Pedestrian Planning and Design, 1971, walkways, of the mean density: A up to 0.31, B 0.43, C 0.72, D 1.08, E 2.15 people per m², F above. Thresholds for queues and stairs differ.',
  ),
];

/** How it was measured. */
export const methodSection = ({ summary }: ReportData): Markup =>
  section(
    'method',
    'How it was measured',
    null,
    html`<dl class="method">${modelEntry(summary)}${frameEntry(summary)}${entry('Calibration', calibrationWords(summary))}${DEFINITIONS}</dl>`,
  );

const NEVER = [
  'recognise a face or a number plate',
  'estimate age, sex, origin, mood or attention',
  'match a person across cameras or visits',
  'keep a record of a person, or of who met whom',
];

/** What this report holds about people, and what never happens. */
export const privacySection = (): Markup =>
  section(
    'privacy',
    'Nobody is in this report',
    null,
    html`<p>It holds numbers about places, and no picture of anybody. Pictures were looked at one by one in memory and dropped. Who is who was known only from one frame to the next, by counters that were never stored.</p><p>Starling does not:</p><ul>${NEVER.map((words) => html`<li>${words}</li>`)}</ul><p>It has no place for these: they are not switches that are off.</p>`,
  );
