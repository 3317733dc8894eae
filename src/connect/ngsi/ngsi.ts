/**
 * A site's state as entities of NGSI-LD, for FIWARE's context brokers: `CrowdFlowObserved` of the smart data models, with
 * density, level of service and standard errors besides.
 *
 * @see https://github.com/smart-data-models/dataModel.Transportation
 */
import type { GateMoment, Moment, MomentFigure, Site, ZoneMoment } from '../../contract/index.ts';
import { type Anchor, type Geometry, gateGeometry, zoneGeometry } from '../geojson/geometry.ts';
import { GATE_FIGURES, type NgsiFigure, pairsOf, rounded, ZONE_FIGURES } from '../figures.ts';
import { levelOfServiceAt } from '../level-of-service.ts';

/** A property, with properties of its own. */
export interface NgsiProperty {
  readonly type: 'Property';
  readonly value: unknown;
  readonly observedAt?: string;
  readonly unitCode?: string;
  readonly standardError?: NgsiProperty;
  readonly isPartial?: NgsiProperty;
}

/** A place on the Earth. */
export interface NgsiGeoProperty {
  readonly type: 'GeoProperty';
  readonly value: Geometry;
}

/** An entity, in the normalized form. */
export interface NgsiEntity {
  readonly id: string;
  readonly type: 'CrowdFlowObserved';
  readonly '@context': readonly string[];
  readonly [property: string]: NgsiProperty | NgsiGeoProperty | string | readonly string[];
}

/** What is needed besides the site. */
export interface NgsiOptions {
  /** Where the site lies on the Earth; without it, entities have no location. */
  readonly anchor?: Anchor;
}

const CONTEXT = [
  'https://raw.githubusercontent.com/smart-data-models/dataModel.Transportation/master/context.jsonld',
  'https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld',
];
/** What a gate's moment is about. */
const MINUTE_MS = 60_000;

type Properties = Readonly<Record<string, NgsiProperty | NgsiGeoProperty>>;

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
const property = (value: unknown): NgsiProperty => ({ type: 'Property', value });
const dateTime = (timeMs: number): NgsiProperty => property({ '@type': 'DateTime', '@value': iso(timeMs) });

const figureProperty = (figure: MomentFigure, shape: NgsiFigure, digits: number, timeMs: number): Properties => {
  if (!figure) return {};
  const { factor = 1, whole, unitCode } = shape;
  const { value, standardError, partial } = figure;
  return {
    [shape.property]: {
      type: 'Property',
      value: whole ? Math.max(0, Math.round(value)) : rounded(value * factor, digits),
      observedAt: iso(timeMs),
      ...(unitCode === undefined ? {} : { unitCode }),
      ...(standardError === null ? {} : { standardError: property(rounded(standardError * factor, digits)) }),
      ...(partial ? { isPartial: property(true) } : {}),
    },
  };
};

const together = (all: readonly Properties[]): Properties =>
  Object.fromEntries(all.flatMap(Object.entries<Properties[string]>));

const located = (geometry: Geometry | null): Properties =>
  geometry ? { location: { type: 'GeoProperty', value: geometry } } : {};

/** Whether it is congested, by the level at which a way carries no more. Its absence would mean that it is not. */
const congestion = (zone: ZoneMoment, { analysis }: Pick<Site, 'analysis'>): Properties => {
  const level = levelOfServiceAt(analysis.levelOfService, zone.figures.densityPerM2);
  return level === null ? {} : { levelOfService: property(level), congested: property(level === 'F') };
};

const zoneProperties = (zone: ZoneMoment, timeMs: number, site: Site, { anchor }: NgsiOptions): Properties => {
  const drawn = site.zones.find(({ id }): boolean => id === zone.zone);
  const figures = together(
    pairsOf(ZONE_FIGURES).map(([name, { ngsi, digits }]) => figureProperty(zone.figures[name], ngsi, digits, timeMs)),
  );
  return {
    name: property(zone.zone),
    dateObserved: dateTime(timeMs),
    ...figures,
    ...congestion(zone, site),
    knownShare: property(rounded(zone.knownShare, 3)),
    ...located(anchor && drawn ? zoneGeometry(drawn, anchor) : null),
  };
};

/** Of those who went either way: their number, and the mean time between two of them. */
const bothWays = ({ inPerMin, outPerMin }: GateMoment, timeMs: number): Properties => {
  if (!inPerMin || !outPerMin) return {};
  const perMin = inPerMin.value + outPerMin.value;
  const errors = [inPerMin.standardError, outPerMin.standardError];
  const both: MomentFigure = {
    value: perMin,
    // Each has its share of the variance of both.
    standardError: errors.includes(null) ? null : Math.hypot(...errors.map((error) => error ?? 0)),
    partial: inPerMin.partial || outPerMin.partial,
  };
  return {
    ...figureProperty(both, { property: 'peopleCount', whole: true, unitCode: 'C62' }, 1, timeMs),
    ...(perMin > 0 ? { averageHeadwayTime: { ...property(rounded(60 / perMin, 1)), unitCode: 'SEC' } } : {}),
  };
};

const gateProperties = (gate: GateMoment, timeMs: number, site: Site, { anchor }: NgsiOptions): Properties => {
  const drawn = site.gates.find(({ id }): boolean => id === gate.gate);
  const figures = together(
    pairsOf(GATE_FIGURES).map(([name, { ngsi, digits }]) => figureProperty(gate[name], ngsi, digits, timeMs)),
  );
  return {
    name: property(gate.gate),
    dateObserved: dateTime(timeMs),
    dateObservedFrom: dateTime(timeMs - MINUTE_MS),
    dateObservedTo: dateTime(timeMs),
    ...bothWays(gate, timeMs),
    ...figures,
    ...located(anchor && drawn ? gateGeometry(drawn, anchor) : null),
  };
};

const entity = (site: Site, kind: 'zone' | 'gate', id: string, properties: Properties): NgsiEntity => ({
  id: `urn:ngsi-ld:CrowdFlowObserved:${site.site.id}:${kind}:${id}`,
  type: 'CrowdFlowObserved',
  ...properties,
  '@context': CONTEXT,
});

type Maker = (moment: Moment, site: Site, options: NgsiOptions) => readonly NgsiEntity[];

const crowdInZones: Maker = ({ zones, timeMs }, site, options) =>
  zones.map((zone) => entity(site, 'zone', zone.zone, zoneProperties(zone, timeMs, site, options)));

const crowdThroughGates: Maker = ({ gates, timeMs }, site, options) =>
  gates.map((gate) => entity(site, 'gate', gate.gate, gateProperties(gate, timeMs, site, options)));

/** `TrafficFlowObserved` has its place here once a moment tells of crossings by class: until then there is none to tell. */
const MAKERS: readonly Maker[] = [crowdInZones, crowdThroughGates];

/**
 * A site's state as entities of NGSI-LD, one for each zone and each gate. What is unknown is left out: whoever takes
 * entities must let a new one replace the old one as a whole, or unknown figures keep their old values.
 */
export const toNgsi = (moment: Moment, site: Site, options: NgsiOptions = {}): readonly NgsiEntity[] =>
  MAKERS.flatMap((make) => make(moment, site, options));
