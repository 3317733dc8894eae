import { formatShort, NBSP } from '../../format.ts';
import type { GateHistory } from '../../history.ts';
import { cumulativeChart, meanFlowPerS } from '../charts/cumulative.ts';
import { topOf } from '../charts/quantities.ts';
import type { Clock } from '../clock.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { named } from '../parts.ts';
import type { ReportData } from '../report-data.ts';

const MOST_PANELS = 12;
/** Slower flows are easier to grasp by the minute. */
const SLOW_PER_S = 0.5;

const flowWords = (history: GateHistory): Piece => {
  const flowPerS = meanFlowPerS(history);
  if (flowPerS === null) return null;
  const isSlow = flowPerS < SLOW_PER_S;
  const flow = `${formatShort(isSlow ? flowPerS * 60 : flowPerS)}${NBSP}people per ${isSlow ? 'minute' : 'second'}`;
  return html` <span class="quiet">mean flow ${flow}</span>`;
};

interface Panel {
  readonly top: number;
  readonly height: 'tall' | 'low';
  readonly clock: Clock;
}

const panel = (history: GateHistory, index: number, { top, height, clock }: Panel): Markup => {
  const { gate } = history;
  const drawn = cumulativeChart({
    id: `gate-${index + 1}`,
    title: `Crossings of ${gate} so far, over time`,
    history,
    clock,
    top,
    height,
  });
  return html`<figure class="panel"><figcaption>${named(gate)}${flowWords(history)}</figcaption>${drawn}</figure>`;
};

/** The N–t curve of each gate; null when no gate was seen. */
export const crossingsOverTime = ({ gates }: ReportData, clock: Clock): Piece => {
  const shown = gates.slice(0, MOST_PANELS);
  if (shown.length === 0) return null;
  const top = topOf(shown.map(({ cumulative }) => cumulative));
  const height = shown.length === 1 ? 'tall' : 'low';
  const rest = gates.length > shown.length ? `Another ${gates.length - shown.length} gates are in gates.csv. ` : null;
  return html`<h3>Crossings so far, over time (N–t)</h3>${shown.map((history, i) => panel(history, i, { top, height, clock }))}<p class="footnote">${rest}Both directions together. The dashed line runs straight from the first crossing to the last: its slope is the mean flow, and where the curve is flatter, fewer came through.</p>`;
};
