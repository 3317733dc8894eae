/** A site as GeoJSON: its zones, its gates and what is walked on. */
import type { Site } from '../../contract/index.ts';
import { type Anchor, areaGeometry, type Geometry, gateGeometry, zoneGeometry } from './geometry.ts';

/** A zone, a gate or the ground; without geometry where it is drawn on a camera's picture. */
export interface SiteFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly properties: {
    readonly kind: 'zone' | 'gate' | 'walkable';
    readonly name: string;
    /** On whose picture it is drawn. */
    readonly camera?: string;
  };
}

/** In which frame coordinates are. A member of our own: RFC 7946 knows WGS 84 only. */
export interface LocalFrame {
  readonly name: string;
  readonly unit: 'm';
  readonly axes: readonly ['x, to the right', 'y, up'];
  readonly note: string;
}

/** A site as GeoJSON. */
export interface SiteFeatures {
  readonly type: 'FeatureCollection';
  readonly name: string;
  /** There when coordinates are metres, and no degrees. */
  readonly localFrame?: LocalFrame;
  readonly features: readonly SiteFeature[];
}

const frameOf = ({ site }: Site): LocalFrame => ({
  name: `starling:${site.id}`,
  unit: 'm',
  axes: ['x, to the right', 'y, up'],
  note: "Coordinates are metres in the site's own frame, not degrees of WGS 84: no place on the Earth is known for it.",
});

const groundOf = ({ walkable }: Site, anchor: Anchor | null): SiteFeature[] =>
  walkable
    ? [
        {
          type: 'Feature',
          id: 'walkable',
          geometry: areaGeometry(walkable, anchor),
          properties: { kind: 'walkable', name: 'walkable' },
        },
      ]
    : [];

const cameraOf = (place: object): { readonly camera?: string } =>
  'camera' in place && typeof place.camera === 'string' ? { camera: place.camera } : {};

/**
 * A site as GeoJSON.
 *
 * @param anchor where it lies on the Earth. Null leaves coordinates in the site's metres, which RFC 7946 asks to be agreed
 *   on: `localFrame` says so, for programs that look, and nothing else is to be done with them on a map
 */
export const toGeoJson = (site: Site, anchor: Anchor | null = null): SiteFeatures => ({
  type: 'FeatureCollection',
  name: site.site.name,
  ...(anchor ? {} : { localFrame: frameOf(site) }),
  features: [
    ...groundOf(site, anchor),
    ...site.zones.map(
      (zone): SiteFeature => ({
        type: 'Feature',
        id: `zone:${zone.id}`,
        geometry: zoneGeometry(zone, anchor),
        properties: { kind: 'zone', name: zone.id, ...cameraOf(zone) },
      }),
    ),
    ...site.gates.map(
      (gate): SiteFeature => ({
        type: 'Feature',
        id: `gate:${gate.id}`,
        geometry: gateGeometry(gate, anchor),
        properties: { kind: 'gate', name: gate.id, ...cameraOf(gate) },
      }),
    ),
  ],
});
