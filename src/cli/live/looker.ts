/**
 * One detector for all cameras of a sensor: frames are looked at one by one, in fair turns, and every camera as often
 * as there is time for.
 */
import type { Frame } from '../../capture/index.ts';
import type { Detections } from '../../contract/index.ts';
import type { Detector } from '../../detect/index.ts';
import { createTurns, type Pacer } from '../../fleet/index.ts';

/** A frame that waits for its turn. */
interface Waiting {
  readonly frame: Frame;
  readonly seen: (detections: Detections) => void;
  readonly failed: (error: unknown) => void;
}

/** Looks at frames in turns. */
export class Looker {
  readonly #detector: Detector;
  readonly #pacer: Pacer;
  readonly #turns = createTurns();
  readonly #waiting = new Map<string, Waiting>();
  #busy = false;

  constructor(detector: Detector, pacer: Pacer) {
    this.#detector = detector;
    this.#pacer = pacer;
  }

  /**
   * What a camera's frame shows; a camera waits for the answer before it asks again. The detections are valid until
   * the next ones: use them at once.
   *
   * @throws DETECT_MODEL_FAILED
   */
  look(camera: string, frame: Frame): Promise<Detections> {
    const { promise, resolve, reject } = Promise.withResolvers<Detections>();
    this.#waiting.set(camera, { frame, seen: resolve, failed: reject });
    this.#turns.offer(camera, performance.now(), this.#pacer.pace(camera).allowedPerS);
    if (!this.#busy) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const camera = this.#turns.next(performance.now());
      const next = camera === null ? undefined : this.#waiting.get(camera);
      if (camera === null || !next) break;
      this.#waiting.delete(camera);
      await this.#lookAt(next);
    }
    this.#busy = false;
  }

  async #lookAt({ frame, seen, failed }: Waiting): Promise<void> {
    const startedMs = performance.now();
    try {
      seen(await this.#detector.detect(frame));
    } catch (error) {
      failed(error);
    }
    this.#pacer.looked(1, performance.now() - startedMs);
  }
}
