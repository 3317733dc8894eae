import { formatCount } from '../../format.ts';
import { centreOf, speedChart } from '../charts/speeds.ts';
import { html, type Markup } from '../markup.ts';
import { section, unknown, whyNoMetres } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

/** How fast people moved. */
export const speedsSection = (data: ReportData): Markup => {
  const { speeds } = data;
  const centre = speeds ? centreOf(speeds) : null;
  if (speeds === null || centre === null) {
    return section('speeds', 'How fast', null, html`<p class="missing">Speeds: ${unknown(whyNoMetres(data))}</p>`);
  }
  const about = html`<p>Each person counts once per measured frame, ${formatCount(centre.count)} observations in all, so somebody who stays longer weighs more. People walking freely do about 1.34 m/s (Weidmann 1993).</p>`;
  return section(
    'speeds',
    'How fast',
    about,
    html`<figure><figcaption>Speeds of all people ${subjectOf(data).inView}</figcaption>${speedChart(speeds, centre)}</figure>`,
  );
};
