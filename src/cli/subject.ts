import type { Camera, Site } from '../contract/index.ts';
import { detectionOf } from './detection.ts';
import type { RecordingChoice } from './options.ts';
import { openSensor, type Sensor } from './sensor.ts';
import { loadSite } from '../site/index.ts';
import { chooseCamera } from './choose-camera.ts';

/** What is measured: a recording, and what is known about the place and the camera. */
export interface Subject {
  readonly site: Site | null;
  readonly camera: Camera | null;
  readonly sensor: Sensor;
}

const chosenSite = async (input: string, choice: RecordingChoice) => {
  if (choice.site === undefined) return { site: null, camera: null };
  const site = await loadSite(choice.site);
  return { site, camera: chooseCamera(site, choice.site, input, choice.camera) };
};

/**
 * Opens a recording with what the site file says about its camera.
 *
 * @throws every code that a site file, a model or a recording can give
 */
export const openSubject = async (input: string, choice: RecordingChoice): Promise<Subject> => {
  const { site, camera } = await chosenSite(input, choice);
  const { model, frameRate, fromFrame, toFrame } = choice;
  const sensor = await openSensor({
    input,
    camera,
    ...(model !== undefined && { model }),
    ...(frameRate !== undefined && { frameRate }),
    ...(fromFrame !== undefined && { fromFrame }),
    ...(toFrame !== undefined && { toFrame }),
  });
  return { site, camera, sensor };
};

/** What a meter has to know about a subject; zones and more are the command's to add. */
export const meterOptionsFor = (subject: Subject) => {
  const { site, camera, sensor } = subject;
  return {
    gates: site?.gates ?? [],
    camera: camera?.id ?? null,
    calibration: sensor.calibration,
    detection: detectionOf(camera, sensor.model.manifest),
    masks: camera?.masks ?? [],
    frameRate: sensor.framesPerS,
  };
};

/** How many frames a command will go through; null when nobody knows beforehand. */
export const plannedFrames = (
  { recording, framesPerS }: Sensor,
  { fromFrame = 1, toFrame }: RecordingChoice,
): number | null => {
  const last = Math.min(toFrame ?? Number.POSITIVE_INFINITY, recording.estimatedFrames ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(last)
    ? Math.ceil(Math.max(0, last - fromFrame + 1) * (framesPerS / recording.frameRate))
    : null;
};
