import { createPictureWatch, type PictureWatch } from '../../capture/index.ts';
import type { Camera, CameraReason } from '../../contract/index.ts';
import { hasReference, keepReference, readReference, type ReferenceView } from './reference-view.ts';

/**
 * A picture watch whose reference view outlives the process, and is learnt anew once somebody confirms what the
 * camera sees now.
 */
export class KeptView implements PictureWatch {
  readonly #folder: string;
  readonly #camera: Camera;
  #watch: PictureWatch;
  #isKept: boolean;
  #widthPx = 0;
  #heightPx = 0;

  private constructor(folder: string, camera: Camera, reference: ReferenceView | null) {
    this.#folder = folder;
    this.#camera = camera;
    this.#isKept = reference !== null;
    this.#watch = this.#watchFor(reference);
  }

  /** The watch of a camera, with the reference of an earlier run where there is one. */
  static async open(folder: string, camera: Camera): Promise<KeptView> {
    return new KeptView(folder, camera, await readReference(folder, camera));
  }

  look(picture: Parameters<PictureWatch['look']>[0], timeMs: number): boolean {
    this.#widthPx = picture.width;
    this.#heightPx = picture.height;
    return this.#watch.look(picture, timeMs);
  }

  reasons(nowMs: number): CameraReason[] {
    return this.#watch.reasons(nowMs);
  }

  /** Looks whether the view was confirmed meanwhile, by taking its reference away. Call it every few seconds. */
  async check(): Promise<void> {
    if (!this.#isKept || (await hasReference(this.#folder, this.#camera.id))) return;
    this.#isKept = false;
    this.#watch = this.#watchFor(null);
  }

  #watchFor(reference: ReferenceView | null): PictureWatch {
    return createPictureWatch({
      expectedSize: reference,
      reference: reference?.signature ?? null,
      masks: this.#camera.masks,
      // A recording that begins again shows what it showed before.
      ...(this.#camera.loop && { thresholds: { replayMemoryS: 0 } }),
      onReference: (signature) => {
        const view = { widthPx: this.#widthPx, heightPx: this.#heightPx, signature };
        void this.#keep(view);
      },
    });
  }

  async #keep(view: ReferenceView): Promise<void> {
    try {
      await keepReference(this.#folder, this.#camera, view);
      this.#isKept = true;
    } catch {
      // A disk that takes nothing is told elsewhere; the view is then learnt anew at the next start.
    }
  }
}
