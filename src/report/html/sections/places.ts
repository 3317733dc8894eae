import type { GroundGrid, Summary, ZoneSummary } from '../../../contract/index.ts';
import { formatCount, formatDecimals, formatShort } from '../../format.ts';
import { busiestSpots, type DensityLimits, densityLimits, stepClass } from '../charts/density-classes.ts';
import { pictureChart } from '../charts/picture.ts';
import { planChart } from '../charts/plan.ts';
import { groundShapes, hasShapes, imageShapes } from '../charts/shapes.ts';
import { LEVEL_WORDS } from '../levels.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { figure, folded, section, table, unknown, whyNoMetres, whyNothing, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';

const legend = (limits: DensityLimits): Markup => {
  const steps = limits.slice(1).map((limit, i) => {
    const words = `more than ${formatShort(limits[i] ?? 0)}, up to ${formatShort(limit)}`;
    return html`<li><span class="swatch ${stepClass(i + 1, limits)}"></span><span class="limit" aria-hidden="true">${formatShort(limit)}</span><span class="spoken">${words}</span></li>`;
  });
  return html`<div class="legend"><p class="legend-title">Mean density, people per m²</p><ul><li class="apart"><span class="swatch d0"></span><span>nobody</span></li>${steps}<li class="apart last"><span class="swatch hatched"></span><span>not seen</span></li></ul></div>`;
};

const spotsTable = (grid: GroundGrid): Piece => {
  const spots = busiestSpots(grid, 5);
  if (spots.length === 0) return null;
  const rows = spots.map(({ xM, yM, densityPerM2 }, i) => [
    i + 1,
    formatDecimals(xM, 1),
    formatDecimals(yM, 1),
    formatDecimals(densityPerM2, 3),
  ]);
  const titles = ['x, m', 'y, m', 'People per m²'].map((title) => ({ title, kind: 'figures' as const }));
  return folded(
    'Busiest spots',
    table('Densest cells, no two within 2 m', [{ title: '', kind: 'words' }, ...titles], rows),
  );
};

const planFigure = ({ summary, grid, plan }: ReportData): Piece => {
  const shapes = groundShapes(plan.zones, plan.gates);
  if (grid === null && !hasShapes(shapes)) return null;
  const limits = grid ? densityLimits(grid) : [0];
  const drawn = planChart({ grid, limits, shapes, visibleArea: plan.visibleArea, gates: summary.gates });
  const below = grid
    ? html`${legend(limits)}${spotsTable(grid)}`
    : html`<p>Density: ${unknown(whyNoMetres(summary))}</p>`;
  return html`<figure><figcaption>On the plan, seen from above; metres along the edges</figcaption>${drawn}${below}</figure>`;
};

const pictureFigure = ({ summary, plan }: ReportData): Piece => {
  const shapes = imageShapes(plan.zones, plan.gates);
  if (!hasShapes(shapes)) return null;
  const drawn = pictureChart({ shapes, gates: summary.gates, aspect: plan.pictureAspect });
  return html`<figure><figcaption>In the camera's picture, of which only the outline is shown</figcaption>${drawn}</figure>`;
};

const occupancyCells = ({ occupancy }: ZoneSummary): Piece[] =>
  occupancy === null
    ? [unknown(), unknown(), unknown()]
    : [figure(occupancy.mean, occupancy.standardError), formatCount(occupancy.p95), formatCount(occupancy.max)];

const zoneRow = ([id, zone]: readonly [string, ZoneSummary]): Piece[] => [
  zoneTitle(id),
  ...occupancyCells(zone),
  figure(zone.densityPerM2, zone.densityStandardErrorPerM2),
  figure(zone.densityMaxPerM2, null),
  zone.los === undefined ? unknown() : html`<b>${zone.los}</b>`,
  figure(zone.speedMps, zone.speedStandardErrorMps),
];

const whyUnknown = (summary: Summary): Piece => {
  const zones = Object.values(summary.zones);
  const reasons: string[] = [];
  if (zones.some(({ occupancy }) => occupancy === null)) reasons.push(whyNothing(summary));
  if (summary.calibration === null) reasons.push(whyNoMetres(summary));
  else if (zones.some(({ densityPerM2 }) => densityPerM2 === undefined)) {
    reasons.push('A density needs a zone drawn in metres, or a view whose ground area is known.');
  }
  if (summary.calibration !== null && zones.some(({ speedMps }) => speedMps === undefined)) {
    reasons.push('A speed needs somebody who is followed for a while in the zone.');
  }
  return reasons.length === 0
    ? null
    : html`<p class="footnote">Not known, because: ${[...new Set(reasons)].join(' ')}</p>`;
};

const levelWords = (summary: Summary): Piece => {
  const levels = [...new Set(Object.values(summary.zones).flatMap(({ los }) => los ?? []))].sort();
  if (levels.length === 0) return null;
  return html`<p class="footnote">Level of service on walkways (Fruin 1971): ${levels.map((level, i) => html`${i === 0 ? null : '; '}<b>${level}</b>, ${LEVEL_WORDS[level]}`)}.</p>`;
};

const zonesTable = (summary: Summary): Markup => {
  const figures = ['People, mean', 'Most, 95 % of the time', 'Most', 'People per m², mean', 'Most per m²'];
  const columns = [
    { title: 'Zone', kind: 'words' as const },
    ...figures.map((title) => ({ title, kind: 'figures' as const })),
    { title: 'Level of service', kind: 'words' as const },
    { title: 'Speed, m/s', kind: 'figures' as const },
  ];
  return html`${table('Zones', columns, Object.entries(summary.zones).map(zoneRow))}${levelWords(summary)}${whyUnknown(summary)}`;
};

/** Where people were: on the plan, in the picture's outline, and zone by zone. */
export const placesSection = (data: ReportData): Markup => {
  const metric = data.grid !== null;
  const about = metric
    ? html`<p>The more a cell stands out from the page, the more people stood or walked there on average. Hatched: the camera does not see it. Arrows at gates point to ‘in’.</p>`
    : html`<p>Arrows at gates point to ‘in’.</p>`;
  const noMap = metric ? null : html`<p class="missing">Density map: ${unknown(whyNoMetres(data.summary))}</p>`;
  return section('places', 'Where', about, [planFigure(data), noMap, pictureFigure(data), zonesTable(data.summary)]);
};
