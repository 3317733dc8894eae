/** What other systems read of a live site. See README.md. */
export { toGeoJson, type SiteFeatures } from './geojson/geojson.ts';
export type { Anchor } from './geojson/geometry.ts';
export { startMqtt, type MqttOptions, type MqttSite } from './mqtt/mqtt.ts';
export { toNgsi, type NgsiEntity, type NgsiOptions } from './ngsi/ngsi.ts';
export { type HealthExtras, metrics } from './prometheus/metrics.ts';
