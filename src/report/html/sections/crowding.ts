import { FRUIN_LIMITS_PER_M2, type LevelOfService, type TimeInLevelsS } from '../../../contract/index.ts';
import { formatShare, formatShort, NBSP } from '../../format.ts';
import type { ZoneHistory } from '../../history.ts';
import { levelClass, levelsChart } from '../charts/levels.ts';
import { PRESSURE, topOf } from '../charts/quantities.ts';
import { timeChart } from '../charts/time-chart.ts';
import type { Clock } from '../clock.ts';
import { levelWords, tableWords } from '../levels.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { section, zoneName, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

const MOST_PANELS = 12;
const LEVELS: readonly LevelOfService[] = ['A', 'B', 'C', 'D', 'E', 'F'];

const chip = (level: LevelOfService): Markup => html`<span class="level-chip ${levelClass(level)}">${level}</span>`;

/** A share that is not zero never reads as zero. */
const shareWords = (share: number): string => (share < 0.005 ? `<${NBSP}1${NBSP}%` : formatShare(share));

const timeShares = (times: TimeInLevelsS): Piece => {
  const total = LEVELS.reduce((sum, level) => sum + times[level], 0);
  const spent = LEVELS.filter((level) => times[level] > 0);
  if (spent.length === 0) return null;
  return html`<span class="level-shares">${spent.map((level) => html`<span class="level-share">${chip(level)} ${shareWords(times[level] / total)}</span> `)}</span>`;
};

const strip = ({ zone, density }: ZoneHistory, index: number, data: ReportData, clock: Clock): Markup => {
  const drawn = levelsChart({
    id: `levels-${index + 1}`,
    title: `Level of service over time, ${zoneName(zone, subjectOf(data))}`,
    density,
    table: data.methods.analysis.levelOfService,
    clock,
  });
  const times = data.summary.zones[zone]?.timeInLevelsS;
  return html`<figure class="panel"><figcaption>${zoneTitle(zone, subjectOf(data))} ${times ? timeShares(times) : null}</figcaption>${drawn}</figure>`;
};

const levelLegend = ({ methods }: ReportData): Markup => {
  const { levelOfService } = methods.analysis;
  const limits = new Map(FRUIN_LIMITS_PER_M2[levelOfService]);
  const entries = LEVELS.map((level) => {
    const limit = limits.get(level);
    const upTo = limit === undefined ? 'above' : `up to ${formatShort(limit)}`;
    return html`<li>${chip(level)} <b>${upTo}</b> ${levelWords(levelOfService, level)}</li>`;
  });
  return html`<ul class="level-legend" aria-label="Levels of service, people per m²">${entries}</ul><p class="footnote">Fruin’s table for ${tableWords(levelOfService)} (1971), people per m². The strip has the level of each short stretch’s mean density; the shares of time are frame by frame.</p>`;
};

const pressures = (data: ReportData, clock: Clock): Piece => {
  const known = data.zones.filter(({ pressure }) => pressure.length > 0).slice(0, MOST_PANELS);
  if (known.length === 0) return null;
  const top = topOf(known.map(({ pressure }) => pressure));
  const panels = known.map(({ zone, pressure }, i) => {
    const drawn = timeChart({
      id: `pressure-${i + 1}`,
      title: `Crowd pressure over time, ${zoneName(zone, subjectOf(data))}`,
      quantity: PRESSURE,
      stretches: pressure,
      clock,
      mean: null,
      top,
      height: 'low',
    });
    return html`<figure class="panel"><figcaption>${zoneTitle(zone, subjectOf(data))}</figcaption>${drawn}</figure>`;
  });
  const radius = formatShort(data.methods.analysis.pressureRadiusM);
  return html`<h3>Crowd pressure, 1/s²</h3>${panels}<p class="footnote">Density times the variance of the velocities, at the place of the zone where it is greatest; averaged over ${radius}${NBSP}m round each place. It depends on that radius, and on whose velocities they are: Helbing, Johansson and Al-Abideen (2007) saw turbulence above 0.02 1/s² in velocities that a video’s stream showed; those of single people read ten times as much in a harmless crowd. Compare a place with itself. Streams that meet, or somebody who runs, have pressure without danger. Hatched: fewer than two people near each other, or nothing measured.</p>`;
};

/** How crowded each zone was, and when; null when no density is known. */
export const crowdingSection = (data: ReportData, clock: Clock): Markup | null => {
  const known = data.zones.filter(({ density }) => density.length > 0);
  const shown = known.slice(0, MOST_PANELS);
  if (shown.length === 0) return null;
  const rest =
    known.length > shown.length
      ? html`<p class="footnote">Another ${known.length - shown.length} zones are in series.csv.</p>`
      : null;
  const about = html`<p>Level of service over time, from A, where everybody does as they like, to F, where nobody can. After each name: the share of the time at each level. Hatched: not known.</p>`;
  return section(
    'crowding',
    'How crowded, and when',
    about,
    html`${shown.map((history, i) => strip(history, i, data, clock))}${rest}${levelLegend(data)}${pressures(data, clock)}`,
  );
};
