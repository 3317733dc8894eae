/** The metrics that Prometheus is told, as a table: the exporter and the dashboard are both made of it. */
import { type Figure, GATE_FIGURES, pairsOf, ZONE_FIGURES } from '../figures.ts';

/** One metric. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** What figures are of. */
export type FigurePlace = 'zone' | 'gate' | 'camera';

/** The metrics of one figure. */
export interface FigureMetric {
  readonly place: FigurePlace;
  /** Its key in a moment. */
  readonly key: string;
  readonly figure: Figure;
  readonly value: Metric;
  readonly error: Metric;
}

const OF: Readonly<Record<FigurePlace, string>> = {
  zone: 'Of a zone.',
  gate: 'Of a gate.',
  camera: 'Of the whole view of a camera.',
};

const metricsOfFigure = (place: FigurePlace, key: string, figure: Figure): FigureMetric => {
  const name = `starling_${place}_${figure.metric}`;
  const help = `${OF[place]} ${figure.help} Absent when unknown.`;
  return {
    place,
    key,
    figure,
    value: { name, help, labels: [place] },
    error: { name: `${name}_standard_error`, help: `Standard error of ${name}.`, labels: [place] },
  };
};

const ofTable = (place: FigurePlace, table: Readonly<Record<string, Figure>>): FigureMetric[] =>
  pairsOf(table).map(([key, figure]) => metricsOfFigure(place, key, figure));

/** Every figure of every kind of place. */
export const FIGURE_METRICS: readonly FigureMetric[] = [
  ...ofTable('zone', ZONE_FIGURES),
  ...ofTable('gate', GATE_FIGURES),
  ...ofTable('camera', ZONE_FIGURES),
];

/** Everything else. */
export const OTHER_METRICS = {
  siteInfo: { name: 'starling_site_info', help: 'Which site it is; always 1.', labels: ['site', 'name'] },
  up: { name: 'starling_up_seconds', help: 'For how long Starling has been running.', labels: [] },
  momentTime: {
    name: 'starling_moment_timestamp_seconds',
    help: 'End of the second that the figures are about, s since 1970.',
    labels: [],
  },
  ledgerWell: { name: 'starling_ledger_ok', help: '1 while the ledger takes observations, else 0.', labels: [] },
  zoneKnown: {
    name: 'starling_zone_known_ratio',
    help: 'Share of a zone that is seen by cameras which are well.',
    labels: ['zone'],
  },
  zonePartial: {
    name: 'starling_zone_partial',
    help: '1 when some figure of a zone is of a part of it only, else 0.',
    labels: ['zone'],
  },
  cameraState: {
    name: 'starling_camera_state',
    help: 'State of a camera: 1 for the one it is in, 0 for the others.',
    labels: ['camera', 'state'],
  },
  alerts: {
    name: 'starling_alerts',
    help: 'Alerts that are raised or acknowledged, by severity.',
    labels: ['severity'],
  },
  notifierWaiting: {
    name: 'starling_notifier_waiting_messages',
    help: 'Messages that wait to be told.',
    labels: ['notifier'],
  },
  notifierSent: {
    name: 'starling_notifier_sent_messages_total',
    help: 'Messages that were told since the start.',
    labels: ['notifier'],
  },
  notifierGivenUp: {
    name: 'starling_notifier_given_up_messages_total',
    help: 'Messages that were given up since the start.',
    labels: ['notifier'],
  },
} as const satisfies Readonly<Record<string, Metric>>;
