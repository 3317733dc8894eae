import type { GateWindow, Health, ZoneWindow } from '../../../contract/index.ts';
import { formatCount, formatDuration, formatShare } from '../../format.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { countEstimate, estimate, figure, section, table, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';

const HEALTH_WORDS: Readonly<Record<Health['state'], string>> = {
  ok: 'ok',
  degraded: 'doubtful',
  unknown: 'not measured',
};

const healthCell = ({ health }: ZoneWindow | GateWindow): Markup =>
  html`<span class="health ${health.state}">${HEALTH_WORDS[health.state]}</span>`;

const start = ({ startMs }: ZoneWindow | GateWindow, clock: Clock): string => clock.moment(startMs);

const zoneRow = (window: ZoneWindow, clock: Clock): Piece[] => [
  start(window, clock),
  zoneTitle(window.zone),
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
  healthCell(window),
];

const columns = (subject: string, figures: readonly string[]) => [
  { title: 'From', kind: 'words' as const },
  { title: subject, kind: 'words' as const },
  { title: 'Measured', kind: 'figures' as const },
  ...figures.map((title) => ({ title, kind: 'figures' as const })),
  { title: 'Health', kind: 'words' as const },
];

const ZONE_FIGURES = ['People, mean', 'Most', 'Per m²', 'Speed, m/s'];
const GATE_FIGURES = ['In', 'Out', 'Per s', 'Per s and m'];

const rest = (shown: number, rows: number): Piece =>
  shown < rows
    ? html`<p class="footnote">These are the first ${formatCount(shown)} of ${formatCount(rows)} rows. All are in measurements.csv and measurements.parquet.</p>`
    : html`<p class="footnote">The same rows are in measurements.csv and measurements.parquet, with the reasons for every doubt.</p>`;

/** The windows as tables: the first of them, when there are many. */
export const windowsSection = ({ windows }: ReportData, clock: Clock): Markup | null => {
  const first = windows.first[0];
  if (!first) return null;
  const zones = windows.first.filter((window) => 'zone' in window);
  const gates = windows.first.filter((window) => 'gate' in window);
  const about = html`<p>The recording in windows of ${formatDuration((first.endMs - first.startMs) / 1000)}. ‘Measured’ is the share of the window for which there are pictures that could be measured.</p>`;
  const zoneTable =
    zones.length === 0
      ? null
      : table(
          'Zones by window',
          columns('Zone', ZONE_FIGURES),
          zones.map((window) => zoneRow(window, clock)),
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
    html`${zoneTable}${gateTable}${rest(windows.first.length, windows.rows)}`,
  );
};
