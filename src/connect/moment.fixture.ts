import { type Moment, type MomentFigure, type MomentFigures, type Site, siteSchema } from '../contract/index.ts';

/** 14 November 2026, 20:04:05 UTC. */
const EVENING_MS = Date.UTC(2026, 10, 14, 20, 4, 5);

/** A figure that is known. */
export const figure = (value: number, standardError: number | null = null, partial = false): MomentFigure => ({
  value,
  standardError,
  partial,
});

/** Of which nothing is known. */
export const NOTHING: MomentFigures = {
  occupancy: null,
  densityPerM2: null,
  speedMps: null,
  pressurePerS2: null,
  counterflowIndex: null,
  standing: null,
  stoppedS: null,
};

/** Of a square that is full. */
const CROWDED: MomentFigures = {
  occupancy: figure(256.4, 12.5),
  densityPerM2: figure(2.3741, 0.1157),
  speedMps: figure(0.5, 0.05),
  pressurePerS2: figure(0.01234),
  counterflowIndex: figure(0, 0.01),
  standing: figure(31.02, 3),
  stoppedS: figure(0, 0),
};

/** A site with a zone that is seen, one that is not, one that is seen in part, two gates and two cameras. */
export const makeMoment = (change: Partial<Moment> = {}): Moment => ({
  timeMs: EVENING_MS,
  zones: [
    { zone: 'square', areaM2: 108, knownShare: 1, figures: CROWDED },
    { zone: 'alley', areaM2: null, knownShare: 0, figures: NOTHING },
    {
      zone: 'kerb',
      areaM2: 20,
      knownShare: 0.5,
      figures: { ...NOTHING, occupancy: figure(0, null, true), densityPerM2: figure(0, null, true) },
    },
  ],
  gates: [
    { gate: 'north-gate', widthM: 4, inPerMin: figure(41.6, 3), outPerMin: figure(7, 4) },
    { gate: 'door', widthM: null, inPerMin: null, outPerMin: null },
  ],
  cameras: [
    { camera: 'square-north', health: { state: 'ok', reasons: [] }, view: CROWDED },
    {
      camera: 'door',
      health: { state: 'unknown', reasons: [{ code: 'BLACK', message: 'The picture is black.' }] },
      view: NOTHING,
    },
  ],
  ...change,
});

/** The site of that moment. */
export const SITE: Site = siteSchema.parse({
  site: { id: 'old-town', name: 'Old Town "Market"', timezone: 'Europe/Amsterdam' },
  cameras: [
    { id: 'square-north', source: 'sim://square' },
    { id: 'door', source: 'rtsp://duty:hunter22@camera.local/1' },
  ],
  zones: [
    // Drawn the wrong way round for GeoJSON.
    {
      id: 'square',
      polygon: [
        [0, 0],
        [0, 9],
        [12, 9],
        [12, 0],
      ],
    },
    {
      id: 'alley',
      camera: 'door',
      image: [
        [0.1, 0.5],
        [0.4, 0.5],
        [0.4, 0.9],
      ],
    },
    {
      id: 'kerb',
      polygon: [
        [12, 0],
        [14, 0],
        [14, 10],
        [12, 10],
      ],
    },
  ],
  gates: [
    {
      id: 'north-gate',
      line: [
        [0, 0],
        [4, 0],
      ],
    },
    {
      id: 'door',
      camera: 'door',
      image: [
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
  walkable: [
    [
      [0, 0],
      [14, 0],
      [14, 10],
      [0, 10],
    ],
    [
      [5, 4],
      [6, 4],
      [6, 5],
      [5, 5],
    ],
  ],
});
