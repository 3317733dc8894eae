import type { Summary } from '../../../contract/index.ts';
import { formatCount, formatDuration, plural } from '../../format.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { drawnZones, lacksMetres, namedList, section } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

/** Something that is not known, and why. */
interface Doubt {
  readonly what: string;
  readonly why: string;
}

const incomplete = ({ complete, durationS }: Summary): Doubt[] =>
  complete
    ? []
    : [
        {
          what: 'The rest of the recording',
          why: `Measuring was stopped after ${formatDuration(durationS)}. What came later was not looked at.`,
        },
      ];

const health = ({ health: { reasons } }: Summary): Doubt[] =>
  reasons.map(({ code, message }) => ({ what: code.replaceAll(/[_-]/g, ' ').toLowerCase(), why: message }));

const metres = (data: ReportData): Doubt[] =>
  lacksMetres(data)
    ? [
        {
          what: 'Density, speed, flow per metre',
          why: 'The camera is not calibrated: nobody has said which point of its picture is which place on the ground. Counts need no calibration; everything in metres does. Four point pairs in the site file are enough.',
        },
      ]
    : [];

const startTime = (data: ReportData): Doubt[] =>
  data.summary.startTime === null
    ? [
        {
          what: 'Time of day',
          why: subjectOf(data).undatedRemedy,
        },
      ]
    : [];

const emptyZones = (summary: Summary): Doubt[] => {
  const names = drawnZones(summary).flatMap(([id, { occupancy }]) => (occupancy === null ? [id] : []));
  return names.length === 0
    ? []
    : [
        {
          what: `Zones ${namedList(names)}`,
          why: 'No frame was measured there. That is not the same as nobody being there.',
        },
      ];
};

const coverage = ({ windows }: ReportData): Doubt[] => {
  const { uncovered, partlyCovered, rows } = windows;
  const nothing =
    uncovered > 0 ? [`${formatCount(uncovered)} of ${plural(rows, 'row')} by window have nothing measured`] : [];
  const part =
    partlyCovered > 0 ? [`${formatCount(partlyCovered)} of ${plural(rows, 'row')} were measured in part`] : [];
  const why = [...nothing, ...part].join('; ');
  return why === ''
    ? []
    : [{ what: 'Parts of the time', why: `${why}. Their figures are about the part that was measured.` }];
};

const windowReasons = ({ summary, windows }: ReportData): Doubt[] => {
  const said = new Set(summary.health.reasons.map(({ code }) => code));
  return windows.reasons
    .filter(({ code }) => !said.has(code))
    .map(({ code, message, rows }) => ({
      what: code.replaceAll(/[_-]/g, ' ').toLowerCase(),
      why: `${message} (${formatCount(rows)} of ${plural(windows.rows, 'row')} by window)`,
    }));
};

/** Everything that is not known about this recording, with the reason. */
const doubtsOf = (data: ReportData): Doubt[] => [
  ...incomplete(data.summary),
  ...health(data.summary),
  ...metres(data),
  ...emptyZones(data.summary),
  ...coverage(data),
  ...windowReasons(data),
  ...startTime(data),
];

const always = (data: ReportData): Markup => {
  const { neverKnown, validated } = subjectOf(data);
  return html`<p class="footnote">${neverKnown}${validated ? html`: <code>starling validate</code>` : null}.</p>`;
};

/** What is not known, and why. */
export const doubtsSection = (data: ReportData): Markup => {
  const doubts = doubtsOf(data);
  const list: Piece =
    doubts.length === 0
      ? html`<p>Every frame of the ${subjectOf(data).source} was measured, and no reason for doubt was found.</p>`
      : html`<dl class="doubts">${doubts.map(({ what, why }) => html`<dt>${what}</dt><dd>${why}</dd>`)}</dl>`;
  return section(
    'doubts',
    'What is not known, and why',
    html`<p>Unknown is not zero: where nothing could be measured, this report says so.</p>`,
    html`${list}${always(data)}`,
  );
};
