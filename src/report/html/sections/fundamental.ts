import { formatCount, formatDuration } from '../../format.ts';
import type { FlowHistory, ZoneHistory } from '../../history.ts';
import { fundamentalChart } from '../charts/fundamental.ts';
import { html, type Markup } from '../markup.ts';
import { section, zoneName, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

const MOST_ZONES = 6;
/** Fewer points than this show no relation. */
const LEAST_STATES = 3;

interface Charted extends ZoneHistory {
  readonly flow: FlowHistory;
}

const isCharted = (zone: ZoneHistory): zone is Charted => (zone.flow?.states.length ?? 0) >= LEAST_STATES;

/** Zones that somebody drew; the whole view where there is none. */
const chartedZones = ({ zones }: ReportData): Charted[] => {
  const charted = zones.filter(isCharted);
  const drawn = charted.filter(({ zone }) => zone !== 'view');
  return drawn.length > 0 ? drawn : charted;
};

const methodWords = ({ method, stretchS, states }: FlowHistory): string => {
  const what = method === 'Voronoi' ? 'Voronoi density and speed' : 'classic density and mean speed';
  return `${formatCount(states.length)} stretches of ${formatDuration(stretchS)}, ${what}`;
};

const diagram = ({ zone, flow }: Charted, index: number, data: ReportData): Markup => {
  const drawn = fundamentalChart({
    id: `fundamental-${index + 1}`,
    title: `Speed and flow against density, ${zoneName(zone, subjectOf(data))}`,
    flow,
  });
  return html`<figure class="panel"><figcaption>${zoneTitle(zone, subjectOf(data))} <span class="quiet">${methodWords(flow)}</span></figcaption>${drawn}</figure>`;
};

/** Fundamental diagrams; null when no zone has density and speed. */
export const fundamentalSection = (data: ReportData): Markup | null => {
  const charted = chartedZones(data);
  const shown = charted.slice(0, MOST_ZONES);
  if (shown.length === 0) return null;
  const rest =
    charted.length > shown.length
      ? html`<p class="footnote">Another ${charted.length - shown.length} zones are in series.csv.</p>`
      : null;
  const about = html`<p>The fundamental diagram: the denser, the slower; flow, density times speed, rises until there is no more room, then falls. Each point is the mean of a stretch of time; stronger points are several.</p><p>Dashed: Weidmann (1993), a mean over many studies with a wide spread, for comparison.</p>`;
  return section(
    'fundamental',
    'Speed and flow against density',
    about,
    html`${shown.map((zone, i) => diagram(zone, i, data))}${rest}`,
  );
};
