import { basename } from 'node:path';
import type { Summary } from '../../../contract/index.ts';
import { formatCount, formatDuration, formatShare, plural } from '../../format.ts';
import { type Clock, firstMs } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { named } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

/** The name of the recording, without the folders it lay in. */
const recordingName = ({ source }: Summary): string => basename(source.replaceAll('\\', '/')) || source;

/** The page's title: the site, else the recording. */
export const titleOf = ({ site, summary }: ReportData): string => site.name ?? recordingName(summary);

const periodWords = (data: ReportData, clock: Clock): Piece => {
  const fromMs = firstMs(data);
  const toMs = fromMs + data.summary.durationS * 1000;
  if (clock.startUtcMs === null) {
    return html`<dt>Period</dt><dd>${formatDuration(data.summary.durationS)}; ${subjectOf(data).undated}</dd>`;
  }
  return html`<dt>Period</dt><dd>${clock.period(fromMs, toMs)} <span class="quiet">(${data.site.timezone})</span></dd>`;
};

const facts = (data: ReportData, clock: Clock): Markup => {
  const { summary } = data;
  const camera = summary.camera === null ? null : html`<dt>Camera</dt><dd>${named(summary.camera)}</dd>`;
  const frames = `${formatCount(summary.firstFrame)} to ${formatCount(summary.lastFrame)}`;
  return html`<dl class="facts">${periodWords(data, clock)}<dt>${subjectOf(data).sourceTitle}</dt><dd>${named(recordingName(summary))}, frames ${frames} <span class="quiet">(${plural(summary.frames, 'frame')} measured)</span></dd>${camera}</dl>`;
};

const incompleteBanner = (data: ReportData): Piece => {
  const { summary } = data;
  if (summary.complete) return null;
  return html`<div class="banner stop" role="note"><strong>Incomplete.</strong> Measuring was stopped before the end of the ${subjectOf(data).source}. Everything below is about its first ${formatDuration(summary.durationS)} only, up to frame ${formatCount(summary.lastFrame)}.</div>`;
};

const healthBanner = ({ summary, windows }: ReportData): Piece => {
  const { state, reasons } = summary.health;
  if (state === 'ok') return null;
  const lead = state === 'unknown' ? 'Nothing could be measured.' : 'Read with care.';
  const messages =
    reasons.length > 0 ? reasons.slice(0, 3).map(({ message }) => `${message} `) : 'No reason was given. ';
  const missing = windows.rows === 0 ? 0 : windows.uncovered / windows.rows;
  const share = missing > 0 ? `For ${formatShare(missing)} of the time windows nothing was measured. ` : null;
  return html`<div class="banner ${state === 'unknown' ? 'stop' : 'care'}" role="note"><strong>${lead}</strong> ${messages}${share}<a href="#doubts">What is not known, and why</a></div>`;
};

/** What this is about, and whatever must be known before reading on. */
export const header = (data: ReportData, clock: Clock): Markup =>
  html`<header><p class="kind">Crowd measurement report</p><h1>${named(titleOf(data))}</h1>${facts(data, clock)}${incompleteBanner(data)}${healthBanner(data)}</header>
`;
