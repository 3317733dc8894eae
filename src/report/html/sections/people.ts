import { formatCount, formatShort } from '../../format.ts';
import type { ZoneHistory } from '../../history.ts';
import { coarser, type Stretch } from '../../timeline.ts';
import { PEOPLE, topOf } from '../charts/quantities.ts';
import { timeChart } from '../charts/time-chart.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { folded, named, section, table, unknown } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

const MOST_PANELS = 12;
const TABLE_ROWS = 24;

const tableRow = ({ startMs, mean, min, max }: Stretch, clock: Clock): Piece[] =>
  mean === null || min === null || max === null
    ? [clock.moment(startMs), unknown(), unknown(), unknown()]
    : [clock.moment(startMs), formatShort(mean), formatCount(min), formatCount(max)];

const tableOf = (stretches: readonly Stretch[], caption: string, clock: Clock): Markup =>
  table(
    caption,
    [
      { title: 'From', kind: 'words' },
      ...['Mean', 'Least', 'Most'].map((title) => ({ title, kind: 'figures' as const })),
    ],
    coarser(stretches, TABLE_ROWS).map((stretch) => tableRow(stretch, clock)),
  );

const panel = (history: ZoneHistory, index: number, top: number, data: ReportData, clock: Clock): Markup => {
  const { zone, occupancy } = history;
  const drawn = timeChart({
    id: `zone-${index + 1}`,
    title: `People in ${zone}`,
    quantity: PEOPLE,
    stretches: occupancy,
    clock,
    mean: data.summary.zones[zone]?.occupancy?.mean ?? null,
    top,
    height: 'low',
  });
  return html`<figure class="panel"><figcaption>${named(zone)}</figcaption>${drawn}</figure>`;
};

const panels = (data: ReportData, clock: Clock): Piece => {
  const zones = data.zones.filter(({ zone }) => zone !== 'view');
  if (zones.length === 0) return null;
  const shown = zones.slice(0, MOST_PANELS);
  const top = topOf(shown.map(({ occupancy }) => occupancy));
  const rest =
    zones.length > shown.length
      ? html`<p class="footnote">Another ${zones.length - shown.length} zones are in series.csv.</p>`
      : null;
  return html`<h3>In each zone</h3>${shown.map((history, i) => panel(history, i, top, data, clock))}${rest}`;
};

/** How many people there were, and when. */
export const peopleSection = (data: ReportData, clock: Clock): Markup => {
  const occupancy = data.zones.find(({ zone }) => zone === 'view')?.occupancy ?? [];
  if (occupancy.length === 0) {
    return section('people', 'How many people, and when', null, html`<p>${unknown('No frame was measured.')}</p>`);
  }
  const { inView, inViewTitle } = subjectOf(data);
  const title = `People ${inView} over time`;
  const drawn = timeChart({
    id: 'view',
    title,
    quantity: PEOPLE,
    stretches: occupancy,
    clock,
    mean: data.summary.zones['view']?.occupancy?.mean ?? null,
    top: topOf([occupancy]),
    height: 'tall',
  });
  const about = html`<p>The line is the mean of each short stretch of time, the band around it reaches from the least to the most, the dashed line is the mean of all. Hatched: nothing was measured.</p>`;
  return section(
    'people',
    'How many people, and when',
    about,
    html`<figure><figcaption>${inViewTitle}</figcaption>${drawn}</figure>${folded('As a table', tableOf(occupancy, title, clock))}${panels(data, clock)}`,
  );
};
