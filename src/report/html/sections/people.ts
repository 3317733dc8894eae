import { formatCount, formatShort } from '../../format.ts';
import type { OccupancyHistory, Stretch } from '../../history.ts';
import { occupancyChart, topOf } from '../charts/occupancy.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { folded, section, table, unknown, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';

const MOST_PANELS = 12;
const TABLE_ROWS = 24;

/** Several stretches as one. */
const join = (stretches: readonly Stretch[]): Stretch => {
  const known = stretches.filter(({ mean }) => mean !== null);
  const [startMs, endMs] = [stretches[0]?.startMs ?? 0, stretches.at(-1)?.endMs ?? 0];
  if (known.length === 0) return { startMs, endMs, mean: null, min: null, max: null };
  const mean = known.reduce((sum, stretch) => sum + (stretch.mean ?? 0), 0) / known.length;
  const min = Math.min(...known.map((stretch) => stretch.min ?? 0));
  const max = Math.max(...known.map((stretch) => stretch.max ?? 0));
  return { startMs, endMs, mean, min, max };
};

const tableOf = ({ stretches }: OccupancyHistory, clock: Clock): Markup => {
  const perRow = Math.ceil(stretches.length / TABLE_ROWS);
  const rows: Piece[][] = [];
  for (let i = 0; i < stretches.length; i += perRow) {
    const { startMs, mean, min, max } = join(stretches.slice(i, i + perRow));
    const figures =
      mean === null || min === null || max === null
        ? [unknown(), unknown(), unknown()]
        : [formatShort(mean), formatCount(min), formatCount(max)];
    rows.push([clock.moment(startMs), ...figures]);
  }
  return table(
    'People in view over time',
    [
      { title: 'From', kind: 'words' },
      ...['Mean', 'Least', 'Most'].map((title) => ({ title, kind: 'figures' as const })),
    ],
    rows,
  );
};

const panel = (history: OccupancyHistory, index: number, top: number, data: ReportData, clock: Clock): Markup => {
  const mean = data.summary.zones[history.zone]?.occupancy?.mean ?? null;
  const id = `zone-${index + 1}`;
  return html`<figure class="panel"><figcaption>${zoneTitle(history.zone)}</figcaption>${occupancyChart({ id, title: `People in ${history.zone}`, history, clock, mean, top, height: 'low' })}</figure>`;
};

const panels = (data: ReportData, clock: Clock): Piece => {
  const zones = data.histories.filter(({ zone }) => zone !== 'view');
  if (zones.length === 0) return null;
  const shown = zones.slice(0, MOST_PANELS);
  const top = topOf(shown);
  const rest =
    zones.length > shown.length
      ? html`<p class="footnote">Another ${zones.length - shown.length} zones are in series.csv.</p>`
      : null;
  return html`<h3>In each zone</h3>${shown.map((history, i) => panel(history, i, top, data, clock))}${rest}`;
};

/** How many people there were, and when. */
export const peopleSection = (data: ReportData, clock: Clock): Markup => {
  const history = data.histories.find(({ zone }) => zone === 'view');
  if (!history || history.stretches.length === 0) {
    return section('people', 'How many people, and when', null, html`<p>${unknown('No frame was measured.')}</p>`);
  }
  const mean = data.summary.zones['view']?.occupancy?.mean ?? null;
  const drawn = occupancyChart({
    id: 'view',
    title: 'People in view over time',
    history,
    clock,
    mean,
    top: topOf([history]),
    height: 'tall',
  });
  const about = html`<p>The line is the mean of each short stretch of time, the band around it reaches from the least to the most, the dashed line is the mean of all. Hatched: nothing was measured.</p>`;
  return section(
    'people',
    'How many people, and when',
    about,
    html`<figure><figcaption>In view</figcaption>${drawn}</figure>${folded('As a table', tableOf(history, clock))}${panels(data, clock)}`,
  );
};
