/**
 * Home Assistant's discovery: a message for each sensor, so that a site shows up there as a device by itself.
 *
 * @see https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery
 */
import { CAMERA_STATES } from '../../contract/index.ts';
import { type Figure, GATE_FIGURES, ZONE_FIGURES } from '../figures.ts';
import type { PlaceKind, PlaceState } from './state.ts';

const DISCOVERY_PREFIX = 'homeassistant';

/** Where a site's messages go. */
export interface Topics {
  readonly availability: string;
  readonly state: (kind: PlaceKind, id: string) => string;
}

/** Which site, and where it is told of. */
export interface DiscoveryOptions {
  readonly site: { readonly id: string; readonly name: string };
  readonly topics: Topics;
  /** Without news for so long, a figure is of no worth, s. */
  readonly expireAfterS: number;
}

/** A message to be kept by the broker. */
export interface Retained {
  readonly topic: string;
  readonly body: string;
}

const TABLES: Readonly<Record<PlaceKind, Readonly<Record<string, Figure>>>> = {
  zone: ZONE_FIGURES,
  gate: GATE_FIGURES,
  camera: ZONE_FIGURES,
};

const figurePart = ({ title, unit, digits, icon, deviceClass }: Figure) => ({
  title,
  part: {
    ...(unit === null ? {} : { unit_of_measurement: unit }),
    ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
    state_class: 'measurement',
    suggested_display_precision: digits,
    icon,
  },
});

/** What is told of a camera besides figures. */
const CAMERA_STATE = {
  title: 'State',
  part: { device_class: 'enum', options: CAMERA_STATES, icon: 'mdi:cctv' },
};

const partOf = (kind: PlaceKind, figure: string) =>
  kind === 'camera' && figure === 'state' ? CAMERA_STATE : figurePart(TABLES[kind][figure]);

const sensorOf = (place: PlaceState, figure: string, { site, topics, expireAfterS }: DiscoveryOptions): Retained => {
  const { title, part } = partOf(place.kind, figure);
  const name = `${place.kind}_${place.id}_${figure}`;
  const sensor = {
    name: `${place.id} ${title}`,
    unique_id: `starling_${site.id}_${name}`,
    state_topic: topics.state(place.kind, place.id),
    // Null becomes `None`, which Home Assistant shows as unknown: never as zero.
    value_template: `{{ value_json.${figure} }}`,
    json_attributes_topic: topics.state(place.kind, place.id),
    json_attributes_template: '{{ {"time": value_json.time, "partial": value_json.partial} | tojson }}',
    ...part,
    expire_after: expireAfterS,
    availability_topic: topics.availability,
    device: { identifiers: [`starling_${site.id}`], name: site.name, manufacturer: 'Starling', model: 'Site' },
    origin: { name: 'Starling' },
  };
  return { topic: `${DISCOVERY_PREFIX}/sensor/starling_${site.id}/${name}/config`, body: JSON.stringify(sensor) };
};

/** A sensor for each figure of a place that is known. What was never known, such as metres without calibration, has none. */
export const sensorsOf = (place: PlaceState, options: DiscoveryOptions): readonly Retained[] =>
  [...(place.kind === 'camera' ? ['state'] : []), ...place.known].map((figure) => sensorOf(place, figure, options));
