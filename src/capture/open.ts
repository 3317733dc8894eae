import { StarlingError } from '../contract/index.ts';
import { fileState, inspectPath } from './path.ts';
import { openPictures } from './picture-source.ts';
import { RecordingReader } from './reader.ts';
import type { Recording, RecordingOptions } from './recording.ts';
import { openVideo } from './video-source.ts';

const checkRange = ({ fromFrame = 1, toFrame = Number.MAX_SAFE_INTEGER }: RecordingOptions): void => {
  const whole = Number.isInteger(fromFrame) && Number.isInteger(toFrame);
  if (!whole || fromFrame < 1 || toFrame < fromFrame)
    throw new StarlingError('CLI_BAD_RANGE', { from: fromFrame, to: toFrame });
};

/**
 * Opens a recording: any video file that FFmpeg reads, or a folder of numbered .jpg and .png pictures.
 *
 * Only this one file is read, and nothing of it is written anywhere. What goes wrong while reading (a cut, damage,
 * a file that changes) does not stop it: it is in `account().health` at the end.
 *
 * @example
 * await using recording = await openRecording('plaza.mp4', { width: 416, height: 320 });
 * for await (const frame of recording) await detect(frame);
 * console.log(recording.account().health);
 *
 * @throws CAPTURE_NOT_FOUND, CAPTURE_NOT_READABLE, CAPTURE_NO_PICTURES, CAPTURE_NOT_VIDEO, CAPTURE_NO_VIDEO_STREAM,
 *   CAPTURE_BAD_RATE, CLI_BAD_RANGE; and from the iterator CAPTURE_NO_FRAMES, CAPTURE_RANGE_EMPTY, CAPTURE_FAILED,
 *   whatever `mask` throws, and the reason of `signal`
 */
export const openRecording = async (path: string, options: RecordingOptions = {}): Promise<Recording> => {
  options.signal?.throwIfAborted();
  checkRange(options);
  const found = await inspectPath(path);
  if (found.kind === 'pictures')
    return new RecordingReader(path, await openPictures(path, found.files, options.frameRate), null, options);
  const before = await fileState(path);
  const source = await openVideo(path, options.frameRate, options.threads ?? 1);
  return new RecordingReader(path, source, before, options);
};
