/**
 * How each camera of a site is now, as far as the hub knows: its latest observation, and whether more are to come.
 */
import { type CameraHealth, cameraHealth, cameraReason, type Observation } from '../../contract/index.ts';

/** Longer than this without an observation, the last one is no longer about now. */
const SILENT_MS = 5000;

/** A camera as it is now. */
export interface CameraStatus {
  readonly camera: string;
  readonly health: CameraHealth;
  /** The latest observation; null before the first. It is about now only while nothing speaks against it. */
  readonly latest: Observation | null;
  /** From the end of the second that it is about until the hub had it, ms; null before the first. */
  readonly delayMs: number | null;
}

interface Known {
  latest: Observation | null;
  /** Of the newest observation ever: what is older is from a spool, and not about now. */
  sequence: number;
  receivedMs: number;
  delayMs: number | null;
  sensor: SensorNow;
}

/** Whether a camera's sensor is at work; if it ended, why. */
export type SensorNow = 'starting' | 'running' | { readonly ended: string };

/** What is known of every camera. */
export class SiteState {
  readonly #cameras: ReadonlyMap<string, Known>;

  constructor(cameras: readonly string[], nowMs: number) {
    this.#cameras = new Map<string, Known>(
      cameras.map((camera) => [
        camera,
        { latest: null, sequence: 0, receivedMs: nowMs, delayMs: null, sensor: 'starting' },
      ]),
    );
  }

  /** Takes an observation; one that is older than the latest, from a spool, says nothing about now. */
  take(observation: Observation, nowMs: number): void {
    const known = this.#cameras.get(observation.camera);
    if (!known || known.sequence >= observation.sequence) return;
    known.latest = observation;
    known.sequence = observation.sequence;
    known.receivedMs = nowMs;
    known.delayMs = nowMs - observation.endMs;
  }

  /** How the sensor of some cameras is from now on. */
  setSensor(cameras: readonly string[], sensor: SensorNow, nowMs: number): void {
    for (const camera of cameras) {
      const known = this.#cameras.get(camera);
      if (!known) continue;
      if (known.sensor !== 'running' && sensor === 'running') {
        // It is not silent yet, and what was measured before it ended is not about now.
        known.receivedMs = nowMs;
        known.latest = null;
      }
      known.sensor = sensor;
    }
  }

  /** Every camera, in the order of the site. */
  now(nowMs: number): CameraStatus[] {
    return [...this.#cameras].map(([camera, known]) => ({
      camera,
      health: healthOf(known, nowMs),
      latest: known.latest,
      delayMs: known.delayMs,
    }));
  }
}

const healthOf = ({ latest, receivedMs, sensor }: Known, nowMs: number): CameraHealth => {
  if (sensor === 'starting') return cameraHealth([cameraReason('CONNECTING', {})]);
  if (sensor !== 'running') return cameraHealth([cameraReason('SENSOR_DOWN', { reason: sensor.ended })]);
  const silentMs = nowMs - receivedMs;
  if (silentMs > SILENT_MS) {
    const seconds = Math.round(silentMs / 1000);
    return cameraHealth([cameraReason('SENSOR_SILENT', { seconds })]);
  }
  return latest?.health ?? cameraHealth([cameraReason('CONNECTING', {})]);
};
