/**
 * The sensor's stages, joined:
 *
 * ```
 * capture -> detect -> track -> (lag) -> ground -> whoever measures
 *     privacy: masks
 * ```
 *
 * Pixels end at `detect`, boxes at `track`; what comes out is where people stand, on the picture and on the ground.
 */
import {
  type Frame,
  openRecording,
  type ReadingAccount,
  type RecordingInfo,
  type RecordingOptions,
} from '../capture/index.ts';
import type { Camera, Detections } from '../contract/index.ts';
import { createDetector, type Detector, type InputSize, type ModelFile } from '../detect/index.ts';
import { calibrate, type GroundCalibration } from '../ground/index.ts';
import { createMasker } from '../privacy/index.ts';
import { createFixedLag, createTracker } from '../track/index.ts';
import { createPlacer, type Seen } from './placer.ts';

/** What to look at, and how. */
export interface SensorOptions {
  /** A video file, or a folder of pictures. */
  readonly input: string;
  /** The camera that made it; null when nothing is known about it. */
  readonly camera: Camera | null;
  /** A model with its manifest beside it; the default model unless given. */
  readonly model?: string;
  /** For a header that lies; before the camera's own `frameRate`. */
  readonly frameRate?: number;
  /** First and last frame to look at, from 1, inclusive. */
  readonly fromFrame?: number;
  readonly toFrame?: number;
}

/** One camera, or its recording. */
export interface Sensor {
  readonly recording: RecordingInfo;
  /** How many frames a second are measured: all, or as many as the camera's `fps` says. */
  readonly framesPerS: number;
  readonly model: ModelFile;
  /** Null for a camera that is not calibrated. */
  readonly calibration: GroundCalibration | null;
  /** What was seen, frame by frame, in order. Ends early, but in good order, once `stop` is aborted. */
  watch(stop?: AbortSignal): AsyncIterable<Seen>;
  /** What was read and what could not be. */
  account(): ReadingAccount;
  /** Lets go of the recording and the model. */
  close(): Promise<void>;
}

/** How the recording is to be read for this model, with the camera's masks burnt in before anything looks. */
const recordingOptions = (options: SensorOptions, { width, height, fit, padValue }: InputSize): RecordingOptions => {
  const { camera, fromFrame, toFrame } = options;
  const frameRate = options.frameRate ?? camera?.frameRate;
  const masks = camera?.masks ?? [];
  return {
    width,
    height,
    fit,
    padValue,
    ...(frameRate !== undefined && { frameRate }),
    ...(camera?.fps !== undefined && { fps: camera.fps }),
    ...(fromFrame !== undefined && { fromFrame }),
    ...(toFrame !== undefined && { toFrame }),
    ...(masks.length > 0 && { mask: createMasker(masks) }),
  };
};

/** Detections frame by frame; while the caller is busy with one frame, the next is looked at. */
async function* detectAhead(
  frames: AsyncIterable<Frame>,
  detector: Detector,
  stop: AbortSignal | undefined,
): AsyncGenerator<Detections> {
  let looking: Promise<Detections> | null = null;
  for await (const frame of frames) {
    const found = await looking;
    looking = detector.detect(frame);
    // Should the caller give up first, nobody waits for this one any more.
    looking.catch(() => {});
    if (found) yield found;
    if (stop?.aborted) break;
  }
  const last = await looking;
  if (last) yield last;
}

/**
 * Opens a recording with the model and the calibration it is looked at with.
 *
 * @throws every code of capture/, detect/ and ground/
 */
export const openSensor = async (options: SensorOptions): Promise<Sensor> => {
  const { input, camera, model } = options;
  await using opened = new AsyncDisposableStack();
  const detector = await createDetector(model === undefined ? {} : { model });
  opened.defer(() => detector.close());
  const recording = opened.use(await openRecording(input, recordingOptions(options, detector.input)));
  const { width, height, frameRate } = recording.info;
  const calibration = camera?.calibration ? calibrate(camera.calibration, { widthPx: width, heightPx: height }) : null;
  const aspectRatio = width / height;
  const tracker = createTracker({ aspectRatio });
  const lag = createFixedLag({ aspectRatio });
  const place = createPlacer(calibration);
  const held = opened.move();
  return {
    recording: recording.info,
    framesPerS: Math.min(frameRate, camera?.fps ?? frameRate),
    model: detector.model,
    calibration,
    async *watch(stop) {
      for await (const detections of detectAhead(recording, detector, stop))
        for (const tracks of lag.push(tracker.update(detections))) yield place(tracks);
      for (const tracks of lag.flush()) yield place(tracks);
    },
    account: () => recording.account(),
    close: () => held.disposeAsync(),
  };
};
