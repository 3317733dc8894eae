/** A site's state for Prometheus. */
import { Counter, Gauge, Registry } from 'prom-client';
import { CAMERA_STATES, type Moment, type MomentFigure, type Severity } from '../../contract/index.ts';
import { FIGURE_METRICS, type FigurePlace, type Metric, OTHER_METRICS } from './table.ts';

/** How a notifier is. */
export interface NotifierHealth {
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
}

/** What is told besides the moment. */
export interface HealthExtras {
  readonly site: { readonly id: string; readonly name: string };
  readonly upS: number;
  readonly isLedgerWell: boolean;
  /** Alerts that are raised or acknowledged. */
  readonly alerts?: Readonly<Record<Severity, number>>;
  /** By name. */
  readonly notifiers?: Readonly<Record<string, NotifierHealth>>;
}

type Labels = Readonly<Record<string, string>>;

/** A registry that makes a metric when it has something to say of it. */
class Sheet {
  readonly registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #counters = new Map<string, Counter>();

  set(metric: Metric, labels: Labels, value: number): void {
    const { name, help, labels: labelNames } = metric;
    const gauge = this.#gauges.get(name) ?? new Gauge({ name, help, labelNames, registers: [this.registry] });
    this.#gauges.set(name, gauge);
    gauge.set(labels, value);
  }

  count(metric: Metric, labels: Labels, value: number): void {
    const { name, help, labels: labelNames } = metric;
    const counter = this.#counters.get(name) ?? new Counter({ name, help, labelNames, registers: [this.registry] });
    this.#counters.set(name, counter);
    counter.inc(labels, value);
  }
}

/** A place and what is known of it. */
interface Place {
  readonly kind: FigurePlace;
  readonly id: string;
  readonly figures: Readonly<Record<string, MomentFigure>>;
}

const placesOf = ({ zones, gates, cameras }: Moment): readonly Place[] => [
  ...zones.map(({ zone, figures }): Place => ({ kind: 'zone', id: zone, figures })),
  ...gates.map(
    ({ gate, inPerMin, outPerMin }): Place => ({ kind: 'gate', id: gate, figures: { inPerMin, outPerMin } }),
  ),
  ...cameras.map(({ camera, view }): Place => ({ kind: 'camera', id: camera, figures: view })),
];

const writeFigures = (sheet: Sheet, { kind, id, figures }: Place): void => {
  for (const { place, key, value, error } of FIGURE_METRICS) {
    const figure = place === kind ? figures[key] : null;
    if (!figure) continue;
    sheet.set(value, { [place]: id }, figure.value);
    if (figure.standardError !== null) sheet.set(error, { [place]: id }, figure.standardError);
  }
};

const writeMoment = (sheet: Sheet, moment: Moment): void => {
  sheet.set(OTHER_METRICS.momentTime, {}, moment.timeMs / 1000);
  for (const place of placesOf(moment)) writeFigures(sheet, place);
  for (const { zone, knownShare, figures } of moment.zones) {
    sheet.set(OTHER_METRICS.zoneKnown, { zone }, knownShare);
    const isPartial = Object.values(figures).some((figure) => figure?.partial === true);
    sheet.set(OTHER_METRICS.zonePartial, { zone }, Number(isPartial));
  }
  for (const { camera, health } of moment.cameras)
    for (const state of CAMERA_STATES)
      sheet.set(OTHER_METRICS.cameraState, { camera, state }, Number(health.state === state));
};

const writeHealth = (sheet: Sheet, { site, upS, isLedgerWell, alerts, notifiers = {} }: HealthExtras): void => {
  sheet.set(OTHER_METRICS.siteInfo, { site: site.id, name: site.name }, 1);
  sheet.set(OTHER_METRICS.up, {}, upS);
  sheet.set(OTHER_METRICS.ledgerWell, {}, Number(isLedgerWell));
  for (const [severity, count] of Object.entries(alerts ?? {})) sheet.set(OTHER_METRICS.alerts, { severity }, count);
  for (const [notifier, { waiting, sent, givenUp }] of Object.entries(notifiers)) {
    sheet.set(OTHER_METRICS.notifierWaiting, { notifier }, waiting);
    sheet.count(OTHER_METRICS.notifierSent, { notifier }, sent);
    sheet.count(OTHER_METRICS.notifierGivenUp, { notifier }, givenUp);
  }
};

/**
 * A site's state as a registry of its own, made anew for each scrape, so that nothing stays of what is not known any more.
 *
 * @param moment null before the first
 * @example reply.type(registry.contentType).send(await registry.metrics())
 */
export const metrics = (moment: Moment | null, health: HealthExtras): Registry => {
  const sheet = new Sheet();
  writeHealth(sheet, health);
  if (moment) writeMoment(sheet, moment);
  return sheet.registry;
};
