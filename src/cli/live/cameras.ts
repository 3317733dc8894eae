/** The real cameras of a sensor: they share one detector, and the time that it has. */
import type { Camera } from '../../contract/index.ts';
import { createDetector } from '../../detect/index.ts';
import { createPacer, type HubConnection } from '../../fleet/index.ts';
import { type SharedStages, watchCamera } from './camera-watch.ts';
import { Looker } from './looker.ts';
import type { Watch } from './watch.ts';
import { framesPerSOf, type Work } from './work.ts';

/** Cameras that are watched, and the stages that they share. */
export interface Cameras {
  readonly watches: readonly Watch[];
  /** Takes stock of the time that there is. */
  readonly pace: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Opens cameras with one model between them.
 *
 * @throws every code of a model, and CAPTURE_BAD_SOURCE
 */
export const openCameras = async (cameras: readonly Camera[], work: Work, hub: HubConnection): Promise<Cameras> => {
  const detector = await createDetector(work.model === null ? {} : { model: work.model });
  const pacer = createPacer({ cameras: cameras.map((camera) => ({ id: camera.id, askedPerS: framesPerSOf(camera) })) });
  const shared: SharedStages = { work, hub, detector, pacer, looker: new Looker(detector, pacer) };
  const watches = await Promise.all(cameras.map((camera) => watchCamera(camera, shared)));
  return { watches, pace: () => void pacer.update(performance.now()), close: () => detector.close() };
};
