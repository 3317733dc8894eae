import type { Summary, ZoneSummary } from '../../../contract/index.ts';
import {
  formatCount,
  formatCountEstimate,
  formatDuration,
  formatEstimate,
  formatShort,
  NBSP,
  plural,
} from '../../format.ts';
import { isCounted } from '../counted-gates.ts';
import { levelWords } from '../levels.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { drawnZones, named, unknown, whyNoMetres, whyNothing, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

/** Crossings of all gates that the camera sees, together; null without any. */
const crossings = ({ gates }: Summary): { in: number; out: number; standardError: number; gates: number } | null => {
  const all = Object.values(gates).filter(isCounted);
  if (all.length === 0) return null;
  return {
    gates: all.length,
    in: all.reduce((sum, gate) => sum + gate.in, 0),
    out: all.reduce((sum, gate) => sum + gate.out, 0),
    standardError: Math.hypot(...all.map(({ standardError }) => standardError ?? 0)),
  };
};

const people = (value: string): Markup => html`<b>${value}${NBSP}people</b>`;

const peopleSentence = (data: ReportData): Markup => {
  const { summary } = data;
  const { source, inView } = subjectOf(data);
  const occupancy = summary.zones['view']?.occupancy ?? null;
  const period = html`In the ${summary.complete ? null : 'first '}${formatDuration(summary.durationS)} of this ${source}`;
  if (occupancy === null) return html`${period} the number of people ${inView} is ${unknown(whyNothing(summary))}`;
  if (occupancy.max === 0) return html`${period} nobody was seen.`;
  const mean = people(formatEstimate(occupancy.mean, occupancy.standardError));
  return html`${period} there were on average ${mean} ${inView}, and at most <b>${formatCount(occupancy.max)}</b> at once.`;
};

const speedSentence = (summary: Summary): Piece => {
  const view = summary.zones['view'];
  if (view?.speedMps === undefined) return null;
  return html` They moved at <b>${formatEstimate(view.speedMps, view.speedStandardErrorMps)} metres per second</b> on average.`;
};

const crossingSentence = (summary: Summary): Piece => {
  const all = crossings(summary);
  if (all === null) return null;
  const [key, gate] = Object.entries(summary.gates).find(([, each]) => isCounted(each)) ?? [];
  const where =
    all.gates === 1 && key !== undefined && gate ? html`the gate ${named(key)}` : html`the ${all.gates} gates`;
  const total = all.in + all.out;
  if (total === 0) return html` Nobody was seen to cross ${where}.`;
  return html` <b>${plural(total, 'crossing')}</b> of ${where} ${total === 1 ? 'was' : 'were'} counted: ${formatCount(all.in)} in and ${formatCount(all.out)} out.`;
};

/** The result in a few plain sentences. */
export const lede = (data: ReportData): Markup =>
  html`<p class="lede">${peopleSentence(data)}${speedSentence(data.summary)}${crossingSentence(data.summary)}</p>
`;

const tile = (title: Piece, value: Piece, note: Piece): Markup =>
  html`<div class="tile"><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>`;

/** A figure writ large, its standard error smaller. */
const big = (value: string, unit: string): Markup => {
  const [before = '', error] = value.split('±');
  return html`<span class="big">${before.trimEnd()}${error === undefined ? null : html` <span class="error">±${error}</span>`}</span> <span class="unit">${unit}</span>`;
};

const occupancyTiles = (data: ReportData): Markup => {
  const { summary } = data;
  const { inViewTitle, everybody } = subjectOf(data);
  const occupancy = summary.zones['view']?.occupancy ?? null;
  const why = whyNothing(summary);
  if (occupancy === null)
    return html`${tile(`${inViewTitle}, on average`, unknown(), why)}${tile('Most at once', unknown(), why)}`;
  const mean = formatEstimate(occupancy.mean, occupancy.standardError);
  const usual = `at most ${formatCount(occupancy.p95)} in 95${NBSP}% of the time`;
  return html`${tile(`${inViewTitle}, on average`, big(mean, 'people'), everybody)}${tile('Most at once', big(formatCount(occupancy.max), 'people'), usual)}`;
};

interface DenseZone {
  readonly id: string;
  readonly zone: ZoneSummary;
  readonly densityPerM2: number;
}

const dense = ([id, zone]: readonly [string, ZoneSummary]): DenseZone[] =>
  zone.densityPerM2 === undefined ? [] : [{ id, zone, densityPerM2: zone.densityPerM2 }];

/** The densest zone by its mean; the whole view when no zone is drawn in metres. */
const densest = (summary: Summary): DenseZone | null => {
  const zones = drawnZones(summary).flatMap(dense);
  zones.sort((a, b) => b.densityPerM2 - a.densityPerM2);
  const view = summary.zones['view'];
  return zones[0] ?? (view ? (dense(['view', view])[0] ?? null) : null);
};

const densityTile = (data: ReportData): Markup => {
  const found = densest(data.summary);
  if (found === null) return tile('Density, on average', unknown(), whyNoMetres(data));
  const { id, zone, densityPerM2 } = found;
  const title = html`Density, ${zoneTitle(id, subjectOf(data))}`;
  const words = zone.los && levelWords(data.methods.analysis.levelOfService, zone.los);
  const level = words === undefined ? null : html`level of service <b>${zone.los ?? null}</b>: ${words}`;
  return tile(title, big(formatEstimate(densityPerM2, zone.densityStandardErrorPerM2), 'people per m²'), level);
};

const KMH = 3.6;

const speedTile = (data: ReportData): Markup => {
  const view = data.summary.zones['view'];
  if (view?.speedMps === undefined) return tile('Speed, on average', unknown(), whyNoMetres(data));
  return tile(
    'Speed, on average',
    big(formatEstimate(view.speedMps, view.speedStandardErrorMps), 'm/s'),
    `${formatShort(Math.round(view.speedMps * KMH * 10) / 10)} km/h`,
  );
};

const crossingTile = (summary: Summary): Piece => {
  const all = crossings(summary);
  if (all === null) return null;
  const note = `${formatCount(all.in)} in, ${formatCount(all.out)} out, ${plural(all.gates, 'gate')}`;
  return tile(
    'Gate crossings',
    big(formatCountEstimate(all.in + all.out, all.standardError), 'in both directions'),
    note,
  );
};

const footnote = (data: ReportData): Markup => {
  const { errorWords, validated } = subjectOf(data);
  const remedy = validated ? html` (<code>starling validate</code>)` : null;
  return html`<p class="footnote">The figure after ± is the standard error: the true value lies within it about two times in three, and within twice as much about nineteen times in twenty. ${errorWords}${remedy}.</p>
`;
};

/** The headline figures, each with its uncertainty. */
export const headlines = (data: ReportData): Markup =>
  html`<dl class="tiles">${occupancyTiles(data)}${densityTile(data)}${speedTile(data)}${crossingTile(data.summary)}</dl>${footnote(data)}`;
