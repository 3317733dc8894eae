/** A dashboard for Grafana, made of the table of metrics. `docs/grafana-dashboard.json` is what this makes. */
import { CAMERA_STATES } from '../../contract/index.ts';
import {
  FIGURE_METRICS,
  type FigureMetric,
  type FigurePlace,
  type Metric,
  OTHER_METRICS,
} from '../prometheus/table.ts';

/** Of 24 columns. */
const PANEL = { w: 8, h: 8 };
const PER_ROW = 3;
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Names of units in Grafana; another is shown as it is, behind the number. */
const UNITS = new Map([
  ['m/s', 'velocityms'],
  ['s', 's'],
]);
const unitOf = (unit: string | null): string => (unit === null ? 'none' : (UNITS.get(unit) ?? `suffix: ${unit}`));

interface Panel {
  readonly title: string;
  readonly type: 'timeseries' | 'state-timeline' | 'stat' | 'row';
  readonly description: string;
  readonly unit: string;
  readonly targets: readonly { readonly expr: string; readonly legend: string }[];
}

const selected = ({ name }: Metric, label: string): string => `${name}{${label}=~"$${label}"}`;

const figurePanel = ({ place, figure, value }: FigureMetric): Panel => ({
  title: figure.title,
  type: 'timeseries',
  description: value.help,
  unit: unitOf(figure.unit),
  targets: [{ expr: selected(value, place), legend: `{{${place}}}` }],
});

const figurePanels = (place: FigurePlace): Panel[] =>
  FIGURE_METRICS.filter((metric) => metric.place === place).map(figurePanel);

const plain = (title: string, metric: Metric, legend: string, unit = 'none'): Panel => ({
  title,
  type: 'timeseries',
  description: metric.help,
  unit,
  targets: [{ expr: metric.name, legend }],
});

const stateNumber = (state: string, i: number): string =>
  `${i} * (${OTHER_METRICS.cameraState.name}{camera=~"$camera",state="${state}"} == 1)`;

/** A number for each state, so that a band can show it. */
const cameraStates: Panel = {
  title: 'Cameras',
  type: 'state-timeline',
  description: OTHER_METRICS.cameraState.help,
  unit: 'none',
  targets: [
    {
      expr: `max by (camera) (${CAMERA_STATES.map(stateNumber).join(' or ')})`,
      legend: '{{camera}}',
    },
  ],
};

const age: Panel = {
  ...plain('Age of the figures', OTHER_METRICS.momentTime, 'age', 's'),
  type: 'stat',
  targets: [{ expr: `time() - ${OTHER_METRICS.momentTime.name}`, legend: 'age' }],
};

const ROWS: readonly { readonly title: string; readonly panels: readonly Panel[] }[] = [
  {
    title: 'Health',
    panels: [
      cameraStates,
      plain('Alerts', OTHER_METRICS.alerts, '{{severity}}'),
      age,
      plain('Known share of zones', OTHER_METRICS.zoneKnown, '{{zone}}', 'percentunit'),
      plain('Ledger', OTHER_METRICS.ledgerWell, 'well'),
      plain('Messages that wait', OTHER_METRICS.notifierWaiting, '{{notifier}}'),
    ],
  },
  { title: 'Zones', panels: figurePanels('zone') },
  { title: 'Gates', panels: figurePanels('gate') },
  { title: "Cameras' views", panels: figurePanels('camera') },
];

const stateNames = Object.fromEntries(
  CAMERA_STATES.map((state, i) => [i, { text: state, color: ['green', 'yellow', 'blue', 'red'][i], index: i }]),
);

const panelJson = ({ title, type, description, unit, targets }: Panel, id: number, x: number, y: number) => ({
  id,
  title,
  type,
  description,
  datasource: DATASOURCE,
  gridPos: { ...PANEL, x, y },
  fieldConfig: {
    defaults: {
      unit,
      // What is unknown is a hole in the line, not a bridge over it.
      ...(type === 'timeseries' ? { custom: { spanNulls: false } } : {}),
      ...(type === 'state-timeline' ? { mappings: [{ type: 'value', options: stateNames }] } : {}),
    },
    overrides: [],
  },
  targets: targets.map(({ expr, legend }, i) => ({
    refId: String.fromCharCode(65 + i),
    datasource: DATASOURCE,
    expr,
    legendFormat: legend,
  })),
});

const layOut = () => {
  const laid: unknown[] = [];
  let y = 0;
  for (const { title, panels } of ROWS) {
    laid.push({
      id: laid.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    for (const [i, panel] of panels.entries()) {
      const row = Math.floor(i / PER_ROW);
      laid.push(panelJson(panel, laid.length + 1, (i % PER_ROW) * PANEL.w, y + 1 + row * PANEL.h));
    }
    y += 1 + Math.ceil(panels.length / PER_ROW) * PANEL.h;
  }
  return laid;
};

const choice = (label: FigurePlace, { name }: Metric) => ({
  name: label,
  label,
  type: 'query',
  datasource: DATASOURCE,
  definition: `label_values(${name}, ${label})`,
  query: { query: `label_values(${name}, ${label})`, refId: label },
  refresh: 2,
  includeAll: true,
  multi: true,
  current: { text: 'All', value: '$__all' },
});

const gateMetric = FIGURE_METRICS.find(({ place }) => place === 'gate');

/** The dashboard, as Grafana imports it. */
export const dashboard = () => ({
  title: 'Starling',
  uid: 'starling-site',
  description: 'A site as Starling measures it. Made from the table of metrics.',
  tags: ['starling'],
  timezone: 'browser',
  schemaVersion: 39,
  version: 1,
  editable: true,
  refresh: '5s',
  time: { from: 'now-1h', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} },
      choice('zone', OTHER_METRICS.zoneKnown),
      ...(gateMetric ? [choice('gate', gateMetric.value)] : []),
      choice('camera', OTHER_METRICS.cameraState),
    ],
  },
  panels: layOut(),
});
