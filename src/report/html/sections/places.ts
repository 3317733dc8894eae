import type { GroundGrid, ZoneSummary } from '../../../contract/index.ts';
import { formatCount, formatDecimals, formatShort } from '../../format.ts';
import { HALF_WIDTH, WHOLE_WIDTH } from '../charts/chart.ts';
import { busiestSpots, classLimits, type MapFigure, stepClass } from '../charts/map-classes.ts';
import { pictureChart } from '../charts/picture.ts';
import { type Ground, isUpright, planChart, type PlanFigure } from '../charts/plan.ts';
import { groundShapes, hasShapes, imageShapes } from '../charts/shapes.ts';
import { levelWords, tableWords } from '../levels.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { figure, folded, lacksMetres, section, table, unknown, whyNoMetres, whyNothing, zoneTitle } from '../parts.ts';
import type { ReportData } from '../report-data.ts';
import { subjectOf } from '../subject.ts';

const legend = (title: string, { limits, ramp }: MapFigure): Markup => {
  const steps = limits.slice(1).map((limit, i) => {
    const words = `more than ${formatShort(limits[i] ?? 0)}, up to ${formatShort(limit)}`;
    return html`<li><span class="swatch ${stepClass(i + 1, { limits, ramp })}"></span><span class="limit" aria-hidden="true">${formatShort(limit)}</span><span class="spoken">${words}</span></li>`;
  });
  const nobody =
    ramp === 'density' ? html`<li class="apart"><span class="swatch d0"></span><span>nobody</span></li>` : null;
  return html`<div class="legend"><p class="legend-title">${title}</p><ul>${nobody}${steps}<li class="apart last"><span class="swatch hatched"></span><span>not known</span></li></ul></div>`;
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

const isKnownSomewhere = (values: Float64Array): boolean => values.some((value) => !Number.isNaN(value));

const densityFigure = (grid: GroundGrid): PlanFigure => ({
  values: grid.densityPerM2,
  limits: classLimits(grid.densityPerM2),
  ramp: 'density',
  inWords: (density) => `${formatDecimals(density, 3)} people per m²`,
});

const speedFigure = (grid: GroundGrid): PlanFigure => ({
  values: grid.speedMps,
  limits: classLimits(grid.speedMps),
  ramp: 'speed',
  inWords: (speed) => `${formatDecimals(speed, 2)} metres per second`,
});

const groundOf = ({ grid, plan }: ReportData): Ground => ({
  grid,
  shapes: groundShapes(plan.zones, plan.gates),
  walkable: plan.walkable,
  visibleArea: plan.visibleArea,
});

/** Plans side by side, or one above the other where they are wide. */
const planFigures = (data: ReportData): Piece => {
  const { grid, summary } = data;
  const ground = groundOf(data);
  if (grid === null) {
    if (!hasShapes(ground.shapes) && ground.walkable === null) return null;
    const plan = { id: 'plan', title: 'Plan', ground, figure: null, counted: summary.gates, sizes: WHOLE_WIDTH };
    return html`<figure><figcaption>On the plan, seen from above; metres along the edges</figcaption>${planChart(plan)}<p>Density: ${unknown(whyNoMetres(data))}</p></figure>`;
  }
  const pair = isUpright(ground) && isKnownSomewhere(grid.speedMps);
  const sizes = pair ? HALF_WIDTH : WHOLE_WIDTH;
  const density = densityFigure(grid);
  const speed = isKnownSomewhere(grid.speedMps) ? speedFigure(grid) : null;
  const title = 'Mean density on the plan';
  const densityPlan = planChart({ id: 'plan', title, ground, figure: density, counted: summary.gates, sizes });
  const speedPlan =
    speed &&
    planChart({ id: 'speed-plan', title: 'Mean speed on the plan', ground, figure: speed, counted: null, sizes });
  const maps = html`<figure><figcaption>Density on the plan; metres along the edges</figcaption>${densityPlan}${legend('Mean density, people per m²', density)}</figure>${
    speed &&
    html`<figure><figcaption>Speed on the plan</figcaption>${speedPlan}${legend('Mean speed, metres per second', speed)}</figure>`
  }`;
  return html`${pair ? html`<div class="pair">${maps}</div>` : maps}${spotsTable(grid)}`;
};

const pictureFigure = ({ summary, plan }: ReportData): Piece => {
  const shapes = imageShapes(plan.zones, plan.gates);
  if (!hasShapes(shapes) || plan.pictureAspect === null) return null;
  const drawn = pictureChart({ shapes, gates: summary.gates, aspect: plan.pictureAspect });
  return html`<figure><figcaption>In the camera's picture, of which only the outline is shown</figcaption>${drawn}</figure>`;
};

const occupancyCells = ({ occupancy }: ZoneSummary): Piece[] =>
  occupancy === null
    ? [unknown(), unknown(), unknown()]
    : [figure(occupancy.mean, occupancy.standardError), formatCount(occupancy.p95), formatCount(occupancy.max)];

const zoneRow = ([id, zone]: readonly [string, ZoneSummary], data: ReportData): Piece[] => [
  zoneTitle(id, subjectOf(data)),
  ...occupancyCells(zone),
  figure(zone.densityPerM2, zone.densityStandardErrorPerM2),
  figure(zone.densityMaxPerM2, null),
  zone.los === undefined ? unknown() : html`<b>${zone.los}</b>`,
  figure(zone.speedMps, zone.speedStandardErrorMps),
];

const whyUnknown = (data: ReportData): Piece => {
  const { summary } = data;
  const zones = Object.values(summary.zones);
  const reasons: string[] = [];
  if (zones.some(({ occupancy }) => occupancy === null)) reasons.push(whyNothing(summary));
  if (lacksMetres(data)) reasons.push(whyNoMetres(data));
  else if (zones.some(({ densityPerM2 }) => densityPerM2 === undefined)) {
    reasons.push('A density needs a zone drawn in metres, or a view whose ground area is known.');
  }
  if (!lacksMetres(data) && zones.some(({ speedMps }) => speedMps === undefined)) {
    reasons.push('A speed needs somebody who is followed for a while in the zone.');
  }
  return reasons.length === 0
    ? null
    : html`<p class="footnote">Not known, because: ${[...new Set(reasons)].join(' ')}</p>`;
};

const levelsNote = ({ summary, methods }: ReportData): Piece => {
  const levels = [...new Set(Object.values(summary.zones).flatMap(({ los }) => los ?? []))].sort();
  if (levels.length === 0) return null;
  const { levelOfService } = methods.analysis;
  return html`<p class="footnote">Level of service on ${tableWords(levelOfService)} (Fruin 1971): ${levels.map((level, i) => html`${i === 0 ? null : '; '}<b>${level}</b>, ${levelWords(levelOfService, level)}`)}.</p>`;
};

const zonesTable = (data: ReportData): Markup => {
  const figures = ['People, mean', 'Most, 95 % of the time', 'Most', 'People per m², mean', 'Most per m²'];
  const columns = [
    { title: 'Zone', kind: 'words' as const },
    ...figures.map((title) => ({ title, kind: 'figures' as const })),
    { title: 'Level of service', kind: 'words' as const },
    { title: 'Speed, m/s', kind: 'figures' as const },
  ];
  const rows = Object.entries(data.summary.zones).map((each) => zoneRow(each, data));
  return html`${table('Zones', columns, rows)}${levelsNote(data)}${whyUnknown(data)}`;
};

const CROWD_FIGURES = ['Voronoi density, per m²', 'Voronoi speed, m/s', 'Crowd pressure, most, 1/s²', 'Stay, s'];

/** What is known of the crowd beyond counts; null when nothing is. */
const crowdTable = (data: ReportData): Piece => {
  const zones = Object.entries(data.summary.zones).flatMap(([id, zone]) => {
    const figures = [zone.densityVoronoiPerM2, zone.speedVoronoiMps, zone.pressureMaxPerS2, zone.dwellS];
    if (figures.every((value) => value === undefined)) return [];
    return [[zoneTitle(id, subjectOf(data)), ...figures.map((value) => figure(value, null))]];
  });
  const titles = CROWD_FIGURES.map((title) => ({ title, kind: 'figures' as const }));
  return zones.length === 0
    ? null
    : table('The crowd in each zone', [{ title: 'Zone', kind: 'words' }, ...titles], zones);
};

const hatchWords = (data: ReportData): string => {
  const { minimumCount } = data.methods;
  const { unseen, inView } = subjectOf(data);
  const few =
    minimumCount > 1
      ? `, or there were never ${formatCount(minimumCount)} people ${inView} at once: with fewer the map stays quiet, so that it shows nobody’s own way`
      : '';
  return `Hatched, not known: ${unseen}${few}.`;
};

/** Where people were: on the plan, in the picture's outline, and zone by zone. */
export const placesSection = (data: ReportData): Markup => {
  const metric = data.grid !== null;
  const about = metric
    ? html`<p>The more a cell stands out from the page, the more people stood or walked there on average, or the faster they were.</p><p>${hatchWords(data)} On the speed map also: nobody walked there.</p><p>Arrows at gates point to ‘in’.</p>`
    : html`<p>Arrows at gates point to ‘in’.</p>`;
  const noMap = metric ? null : html`<p class="missing">Density map: ${unknown(whyNoMetres(data))}</p>`;
  const contents = [planFigures(data), noMap, pictureFigure(data), zonesTable(data), crowdTable(data)];
  return section('places', 'Where', about, contents);
};
