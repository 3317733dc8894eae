import type { CrowdWindow, GateWindow, Health, ZoneWindow } from '../../../contract/index.ts';
import { formatCount, formatDuration, formatShare } from '../../format.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { countEstimate, estimate, figure, section, table, unknown, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { type Subject, subjectOf } from '../subject.ts';

const HEALTH_WORDS: Readonly<Record<Health['state'], string>> = {
  ok: 'ok',
  degraded: 'doubtful',
  unknown: 'not measured',
};

const healthCell = ({ health }: ZoneWindow | GateWindow): Markup =>
  html`<span class="health ${health.state}">${HEALTH_WORDS[health.state]}</span>`;

const start = ({ startMs }: ZoneWindow | GateWindow, clock: Clock): string => clock.moment(startMs);

const zoneRow = (window: ZoneWindow, clock: Clock, subject: Subject): Piece[] => [
  start(window, clock),
  zoneTitle(window.zone, subject),
  formatShare(window.coverage),
  estimate(window.occupancyMean),
  figure(window.occupancyMax, null),
  estimate(window.densityPerM2),
  estimate(window.speedMps),
  healthCell(window),
];

const gateRow = (window: GateWindow, clock: Clock): Piece[] => [
  start(window, clock),
  html`<bdi>${window.gate}</bdi>`,
  formatShare(window.coverage),
  countEstimate(window.in),
  countEstimate(window.out),
  estimate(window.flowPerS),
  estimate(window.specificFlowPerMS),
  estimate(window.headwayS),
  healthCell(window),
];

const columns = (what: string, figures: readonly string[]) => [
  { title: 'From', kind: 'words' as const },
  { title: what, kind: 'words' as const },
  { title: 'Measured', kind: 'figures' as const },
  ...figures.map((title) => ({ title, kind: 'figures' as const })),
  { title: 'Health', kind: 'words' as const },
];

const ZONE_FIGURES = ['People, mean', 'Most', 'Per m²', 'Speed, m/s'];
const GATE_FIGURES = ['In', 'Out', 'Per s', 'Per s and m', 'Headway, s'];

const CROWD_FIGURES = [
  'Voronoi, per m²',
  'Pressure, most, 1/s²',
  'Congestion Number',
  'Counterflow',
  'Stop and go',
  'Queue, people',
  'Stay, s',
];

const share = (value: number | null): Piece => (value === null ? unknown() : formatShare(value));

const crowdRow = (window: ZoneWindow, crowd: CrowdWindow, clock: Clock, subject: Subject): Piece[] => [
  start(window, clock),
  zoneTitle(window.zone, subject),
  estimate(crowd.densityVoronoiPerM2),
  figure(crowd.pressureMaxPerS2, null),
  figure(crowd.congestionNumber, null),
  figure(crowd.counterflowIndex, null),
  share(crowd.stopAndGoShare),
  estimate(crowd.queueLength),
  estimate(crowd.dwellS),
];

const CROWD_NOTE =
  'Counterflow: 0 when all go one way, 1 when as many go one way as the other. Stop and go: share of the time that people spent so. Stay: mean time in the zone of those who left it.';

/** Windows in which a crowd was past its capacity. */
const pastCapacity = (zones: readonly ZoneWindow[], clock: Clock, subject: Subject): Piece => {
  const past = zones.filter(({ crowd }) => crowd?.pastCapacity);
  if (past.length === 0) return null;
  return html`<p class="footnote"><b>Past its capacity</b>, so that flow fell while density rose: ${past.map((window, i) => html`${i === 0 ? null : ', '}${zoneTitle(window.zone, subject)} from ${start(window, clock)}`)}.</p>`;
};

const crowdTable = (zones: readonly ZoneWindow[], clock: Clock, subject: Subject): Piece => {
  const rows = zones.flatMap((window) =>
    window.crowd === null ? [] : [crowdRow(window, window.crowd, clock, subject)],
  );
  if (rows.length === 0) return null;
  const titles = [
    { title: 'From', kind: 'words' as const },
    { title: 'Zone', kind: 'words' as const },
    ...CROWD_FIGURES.map((title) => ({ title, kind: 'figures' as const })),
  ];
  return html`${table('The crowd by window', titles, rows)}<p class="footnote">${CROWD_NOTE}</p>${pastCapacity(zones, clock, subject)}`;
};

const rest = (shown: number, rows: number): Piece =>
  shown < rows
    ? html`<p class="footnote">These are the first ${formatCount(shown)} of ${formatCount(rows)} rows. All are in measurements.csv and measurements.parquet.</p>`
    : html`<p class="footnote">The same rows are in measurements.csv and measurements.parquet, with more figures and the reasons for every doubt.</p>`;

/** The windows as tables: the first of them, when there are many. */
export const windowsSection = (data: ReportData, clock: Clock): Markup | null => {
  const { windows } = data;
  const subject = subjectOf(data);
  const first = windows.first[0];
  if (!first) return null;
  const zones = windows.first.filter((window) => 'zone' in window);
  const gates = windows.first.filter((window) => 'gate' in window);
  const about = html`<p>The recording in windows of ${formatDuration((first.endMs - first.startMs) / 1000)}. ‘Measured’ is the share of the window for which there are ${subject.measuredShare}.</p>`;
  const zoneTable =
    zones.length === 0
      ? null
      : table(
          'Zones by window',
          columns('Zone', ZONE_FIGURES),
          zones.map((window) => zoneRow(window, clock, subject)),
        );
  const gateTable =
    gates.length === 0
      ? null
      : table(
          'Gates by window',
          columns('Gate', GATE_FIGURES),
          gates.map((window) => gateRow(window, clock)),
        );
  return section(
    'windows',
    'Window by window',
    about,
    html`${zoneTable}${crowdTable(zones, clock, subject)}${gateTable}${rest(windows.first.length, windows.rows)}`,
  );
};
