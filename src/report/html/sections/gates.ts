import type { GateSummary, Summary } from '../../../contract/index.ts';
import { formatCount, formatShort } from '../../format.ts';
import type { Clock } from '../clock.ts';
import { isCounted } from '../counted-gates.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { countEstimate, figure, folded, named, section, table, unknown } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';
import { crossingsOverTime } from './crossings-over-time.ts';
import { journeys } from './journeys.ts';

const bar = (count: number, most: number, direction: 'in' | 'out'): Markup => {
  const share = most === 0 ? 0 : count / most;
  return html`<span class="bar-row ${direction}"><span class="bar-fill" style="--share:${Math.round(share * 1000) / 1000}"></span><span class="bar-count">${formatCount(count)}</span></span>`;
};

const row = ([id, gate]: readonly [string, GateSummary], most: number, notSeen: string): Markup => {
  if (!isCounted(gate)) return html`<tr><th scope="row">${named(id)}</th><td colspan="3">${unknown(notSeen)}</td></tr>`;
  return html`<tr><th scope="row">${named(id)}</th><td>${bar(gate.out, most, 'out')}</td><td>${bar(gate.in, most, 'in')}</td><td class="figures">${countEstimate({ value: gate.in + gate.out, standardError: gate.standardError })}</td></tr>`;
};

const bars = ({ gates }: Summary, notSeen: string): Markup => {
  const most = Math.max(
    0,
    ...Object.values(gates)
      .filter(isCounted)
      .flatMap((gate) => [gate.in, gate.out]),
  );
  return html`<table class="gate-bars"><caption>Crossings of each gate</caption><thead><tr><th scope="col">Gate</th><th scope="col" class="out">← out</th><th scope="col" class="in">in →</th><th scope="col" class="figures">both</th></tr></thead><tbody>${Object.entries(gates).map((each) => row(each, most, notSeen))}</tbody></table>`;
};

const classRows = ({ gates }: Summary): Piece[][] =>
  Object.entries(gates).flatMap(([id, gate]) =>
    Object.entries(gate.byClass).map(([name, counts]) => [
      named(id),
      name,
      formatCount(counts.in),
      formatCount(counts.out),
    ]),
  );

const classes = (summary: Summary): Piece => {
  const rows = classRows(summary);
  if (rows.length === 0) return null;
  const columns = [
    { title: 'Gate', kind: 'words' as const },
    { title: 'What crossed', kind: 'words' as const },
    { title: 'In', kind: 'figures' as const },
    { title: 'Out', kind: 'figures' as const },
  ];
  const drawn = table('Crossings by class', columns, rows);
  const several = new Set(Object.values(summary.gates).flatMap(({ byClass }) => Object.keys(byClass))).size > 1;
  return several ? drawn : folded('By class', drawn);
};

const PER_MINUTE = 60;

const flowRow = ([id, gate]: readonly [string, GateSummary], durationS: number): Piece[] => {
  const perMinute = gate.specificFlowPerMS === undefined ? undefined : gate.specificFlowPerMS * PER_MINUTE;
  const isKnown = isCounted(gate) && durationS > 0;
  const flow = isKnown ? ((gate.in + gate.out) / durationS) * PER_MINUTE : undefined;
  const error = isKnown && gate.standardError !== null ? (gate.standardError / durationS) * PER_MINUTE : undefined;
  return [named(id), figure(flow, error), figure(gate.widthM, null), figure(perMinute, null)];
};

const flows = ({ gates, durationS }: Summary): Markup => {
  const columns = [
    { title: 'Gate', kind: 'words' as const },
    ...['Crossings per minute', 'Width, m', 'Per minute and metre'].map((title) => ({
      title,
      kind: 'figures' as const,
    })),
  ];
  const isMissing = Object.values(gates).some(({ specificFlowPerMS }) => specificFlowPerMS === undefined);
  const why = isMissing
    ? html`<p class="footnote">A width is known for a gate drawn in metres, and for one on the picture whose both ends lie on calibrated ground. Without a width there is no flow per metre.</p>`
    : null;
  return html`${table(
    'Flow through each gate, both directions',
    columns,
    Object.entries(gates).map((each) => flowRow(each, durationS)),
  )}${why}`;
};

/** Crossings of each gate: how many, when, by class, and where from and to. */
export const gatesSection = (data: ReportData, clock: Clock): Markup | null => {
  const { summary } = data;
  const gates = Object.values(summary.gates);
  if (gates.length === 0) return null;
  const { unseenGate, lingering } = subjectOf(data);
  const longest = formatShort(gates.length);
  const about = html`<p>Who crosses the line from the right of its arrow to the left is counted in, the other way out. ${lingering} ${gates.length > 1 ? `All ${longest} gates share one scale.` : null}</p>`;
  return section(
    'gates',
    'Through the gates',
    about,
    html`<figure>${bars(summary, unseenGate)}</figure>${crossingsOverTime(data, clock)}${classes(summary)}${flows(summary)}${journeys(summary)}`,
  );
};
