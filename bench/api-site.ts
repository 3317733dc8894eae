/** A site of many cameras, and its moments: every figure is known, and another one each second. */
import { createRandom } from '../test/helpers/random.ts';
import { type Moment, type MomentFigure, type Site, siteSchema } from '../src/contract/index.ts';
import { cameraName } from './year-of-minutes.ts';

/** Time zone of the site: midnight there is not that of UTC. */
const TIMEZONE = 'Europe/Amsterdam';
/** As many rules; all of them hold. */
const RULES = 10;
const SEED = 20_260_302;

const numbered = (kind: string, number: number): string => cameraName(number).replace('camera', kind);

const onImage = (number: number) => ({
  camera: cameraName(number),
  image: [
    [0.1, 0.5],
    [0.9, 0.5],
    [0.5, 0.9],
  ],
});

const rule = (number: number) => ({
  id: numbered('rule', number),
  when: `occupancy(${numbered('zone', number)}) > 1`,
  for: '1s',
  clear: `occupancy(${numbered('zone', number)}) < 0.5`,
  clearFor: '60s',
  severity: 'warning',
});

/** A site of so many cameras, with a zone and a gate each. */
export const siteOf = (cameras: number): Site => {
  const numbers = Array.from({ length: cameras }, (_, i) => i + 1);
  return siteSchema.parse({
    site: { id: 'bench', name: 'Bench', timezone: TIMEZONE },
    cameras: numbers.map((number) => ({ id: cameraName(number), source: 'rtsp://camera.invalid/stream' })),
    zones: numbers.map((number) => ({ id: numbered('zone', number), ...onImage(number) })),
    gates: numbers.map((number) => {
      const { camera, image } = onImage(number);
      return { id: numbered('gate', number), camera, image: image.slice(0, 2) };
    }),
    rules: numbers.slice(0, RULES).map(rule),
  });
};

/** Makes one moment after the other. */
export const momentsOf = ({ zones, gates, cameras }: Site): ((timeMs: number) => Moment) => {
  const random = createRandom(SEED);
  const figure = (): MomentFigure => ({ value: 2 + 40 * random(), standardError: random(), partial: false });
  const figures = () => ({
    occupancy: figure(),
    densityPerM2: figure(),
    speedMps: figure(),
    pressurePerS2: figure(),
    counterflowIndex: figure(),
    standing: figure(),
    stoppedS: figure(),
  });
  return (timeMs) => ({
    timeMs,
    zones: zones.map(({ id }) => ({ zone: id, areaM2: 120, knownShare: 1, figures: figures() })),
    gates: gates.map(({ id }) => ({ gate: id, widthM: 4, inPerMin: figure(), outPerMin: figure() })),
    cameras: cameras.map(({ id }) => ({ camera: id, health: { state: 'ok', reasons: [] }, view: figures() })),
  });
};

/** Now, UTC, in parts of a millisecond: the same clock in every process of a machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now();
