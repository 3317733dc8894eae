/**
 * One camera's stages, joined, for as long as the process lives:
 *
 * ```
 * capture -> looker (detect) -> track -> ground -> meter: zones, now   -> observer -> hub
 *    watch: health                \-> lag -> ground -> meter: gates, settled
 *    masks
 * ```
 *
 * Zones are told of what is seen now; gates are counted from tracks that were settled with 1.5 s of hindsight, as
 * `measure` does, so that both count alike.
 */
import { type Frame, openLiveCamera, type LiveCamera, type PictureSize } from '../../capture/index.ts';
import {
  type Camera,
  cameraHealth,
  type CameraReason,
  cameraReason,
  type Detections,
  StarlingError,
} from '../../contract/index.ts';
import type { Detector } from '../../detect/index.ts';
import type { HubConnection, Pacer } from '../../fleet/index.ts';
import { calibrate } from '../../ground/index.ts';
import { createLiveMeter, type LiveMeter } from '../../measure/index.ts';
import { createMasker } from '../../privacy/index.ts';
import { createFixedLag, createTracker } from '../../track/index.ts';
import { detectionOf } from '../detection.ts';
import { createPlacer } from '../placer.ts';
import { KeptView } from './kept-view.ts';
import type { Looker } from './looker.ts';
import { MeasuredRate } from './measured-rate.ts';
import { Observer } from './observer.ts';
import { ownershipOf } from './owners.ts';
import type { Watch } from './watch.ts';
import { framesPerSOf, type Work } from './work.ts';

/** What a camera shares with the others of its sensor. */
export interface SharedStages {
  readonly work: Work;
  readonly hub: Pick<HubConnection, 'report' | 'status'>;
  readonly detector: Detector;
  readonly looker: Looker;
  readonly pacer: Pacer;
}

const openCamera = (camera: Camera, view: KeptView, { work, detector }: SharedStages): LiveCamera => {
  const { width, height, fit, padValue } = detector.input;
  const { id, transport, loop, frameRate, masks } = camera;
  return openLiveCamera({
    camera: id,
    source: work.sources[id],
    width,
    height,
    fit,
    padValue,
    framesPerS: framesPerSOf(camera),
    watch: view,
    ...(transport && { transport }),
    ...(loop !== undefined && { loop }),
    ...(frameRate !== undefined && { frameRate }),
    ...(masks.length > 0 && { mask: createMasker(masks) }),
  });
};

/** From detections to the meter. */
interface Following {
  readonly size: PictureSize;
  readonly meter: LiveMeter;
  follow(detections: Detections): void;
  /** Nobody is followed across this. */
  restart(): void;
}

const followWith = (camera: Camera, size: PictureSize, { work, detector }: SharedStages): Following => {
  const { site } = work;
  const calibration = camera.calibration ? calibrate(camera.calibration, size) : null;
  const meter = createLiveMeter({
    camera: camera.id,
    zones: site.zones,
    gates: site.gates,
    sight: { kind: 'camera', calibration, masks: camera.masks },
    detection: detectionOf(camera, detector.model.manifest),
    walkable: site.walkable ?? null,
    analysis: site.analysis,
    minimumCount: site.privacy.minimumCount,
    framesPerS: framesPerSOf(camera),
    ownership: ownershipOf(site, camera),
  });
  const aspectRatio = size.widthPx / size.heightPx;
  let tracker = createTracker({ aspectRatio });
  let lag = createFixedLag({ aspectRatio });
  const [placeNow, placeSettled] = [createPlacer(calibration), createPlacer(calibration)];
  const settle = (frames: ReturnType<typeof lag.push>): void => {
    for (const tracks of frames) {
      const { footPoints, positions } = placeSettled(tracks);
      meter.settle(footPoints, positions);
    }
  };
  return {
    size,
    meter,
    follow(detections) {
      const tracks = tracker.update(detections);
      const { footPoints, positions } = placeNow(tracks);
      meter.see(footPoints, positions);
      settle(lag.push(tracks));
    },
    restart() {
      settle(lag.flush());
      meter.interrupt();
      tracker = createTracker({ aspectRatio });
      lag = createFixedLag({ aspectRatio });
    },
  };
};

const isBlind = (reasons: readonly CameraReason[]): boolean => {
  const { state } = cameraHealth(reasons);
  return state === 'unknown' || state === 'connecting';
};

/** Reads, looks at and follows a camera's pictures until it is closed. */
class CameraWatch implements Watch {
  readonly camera: string;
  readonly failed: Promise<never>;
  readonly #camera: Camera;
  readonly #shared: SharedStages;
  readonly #live: LiveCamera;
  readonly #view: KeptView;
  readonly #observer: Observer;
  readonly #rate = new MeasuredRate();
  readonly #done: Promise<void>;
  #following: Following | null = null;
  #isOver = false;
  #measured = 0;
  #failure: CameraReason | null = null;

  constructor(camera: Camera, view: KeptView, shared: SharedStages, nowMs: number) {
    this.camera = camera.id;
    this.#camera = camera;
    this.#shared = shared;
    this.#view = view;
    this.#live = openCamera(camera, view, shared);
    this.#observer = new Observer({
      camera: camera.id,
      report: (id, make) => shared.hub.report(id, make),
      takeFrames: () => this.#takeFrames(),
      reasons: () => this.#reasons(),
      nowMs,
    });
    const failure = Promise.withResolvers<never>();
    this.failed = failure.promise;
    // Told to whoever runs the sensor, who may not listen yet.
    failure.promise.catch(() => {});
    this.#done = this.#watch().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failure = cameraReason('MODEL_FAILED', { reason });
      failure.reject(error instanceof StarlingError ? error : new StarlingError('CLI_INTERNAL', { problem: reason }));
    });
  }

  tick(nowMs: number): void {
    // Whoever crossed a gate just before the end of a recording is counted though no picture follows.
    const isOver = this.#live.reasons().some(({ code }) => code === 'SOURCE_ENDED');
    if (isOver && !this.#isOver) this.#following?.restart();
    this.#isOver = isOver;
    this.#observer.advance(nowMs);
  }

  pace(): void {
    this.#live.setRate(this.#shared.pacer.pace(this.camera).allowedPerS);
  }

  checkView(): Promise<void> {
    return this.#view.check();
  }

  async close(): Promise<void> {
    await this.#live[Symbol.asyncDispose]();
    await this.#done;
    await this.#observer.finish(Date.now());
  }

  async #watch(): Promise<void> {
    let connection = 0;
    for (let frame = await this.#live.next(); frame !== null; frame = await this.#live.next()) {
      if (this.#live.connection !== connection) this.#following?.restart();
      connection = this.#live.connection;
      const detections = await this.#shared.looker.look(this.camera, frame);
      this.#observer.advance(detections.timeMs);
      this.#followingFor(frame).follow(detections);
      this.#measured++;
    }
    this.#following?.restart();
  }

  /** A picture of another size may have another shape, and with it another calibration. */
  #followingFor(frame: Frame): Following {
    const { sourceWidth: widthPx, sourceHeight: heightPx } = frame;
    const known = this.#following;
    if (known?.size.widthPx === widthPx && known.size.heightPx === heightPx) return known;
    known?.restart();
    const following = followWith(this.#camera, { widthPx, heightPx }, this.#shared);
    this.#observer.use(following.meter);
    this.#following = following;
    return following;
  }

  #takeFrames() {
    const { offered, dropped } = this.#live.take();
    const measured = this.#measured;
    this.#measured = 0;
    for (let i = 0; i < dropped; i++) this.#shared.pacer.dropped();
    if (isBlind(this.#live.reasons())) this.#rate.reset();
    else this.#rate.add(measured);
    return { offered, measured, dropped };
  }

  #reasons(): CameraReason[] {
    const { hub, pacer } = this.#shared;
    const { allowedPerS, isLowered } = pacer.pace(this.camera);
    const asked = framesPerSOf(this.#camera);
    const spool = hub.status(this.camera).reason;
    return [
      ...this.#live.reasons(),
      ...(this.#failure ? [this.#failure] : []),
      ...(isLowered ? [cameraReason('OVERLOADED', { framesPerS: allowedPerS.toFixed(1), askedPerS: asked })] : []),
      ...this.#rate.reasons(),
      ...(spool ? [spool] : []),
    ];
  }
}

/** Watches a camera from now on. */
export const watchCamera = async (camera: Camera, shared: SharedStages): Promise<Watch> => {
  const view = await KeptView.open(shared.work.viewFolder, camera);
  return new CameraWatch(camera, view, shared, Date.now());
};
