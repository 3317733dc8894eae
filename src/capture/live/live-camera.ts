import type { CameraReason } from '../../contract/index.ts';
import type { PictureWatch } from '../condition/picture-watch.ts';
import type { Frame } from '../frame.ts';
import type { Fit } from '../recording.ts';

/** What to watch, and how. */
export interface LiveCameraOptions {
  /** Name of the camera, for messages. */
  readonly camera: string;
  /** Where its pictures come from; may hold credentials, which no message shows. */
  readonly source: string;
  /** How RTSP brings pictures; `tcp` unless given. */
  readonly transport?: 'tcp' | 'udp';
  /** For a recording: see it again and again. */
  readonly loop?: boolean;
  /** Pictures per second, for a header that lies and for a folder of pictures. */
  readonly frameRate?: number;
  /** How often to measure, per second; every picture unless given. */
  readonly framesPerS?: number;
  /** Width of the frames, pixels; the source's own unless given. */
  readonly width?: number;
  /** Height of the frames, pixels; the source's own unless given. */
  readonly height?: number;
  /** `stretch` unless given. */
  readonly fit?: Fit;
  /** Value of the padding bytes, 0 to 255; 0 unless given. */
  readonly padValue?: number;
  /** Runs on each frame before anything else sees it. A frame on which it throws is not delivered. */
  readonly mask?: (frame: Frame) => void;
  /** Looks at every picture, and says which may be measured. */
  readonly watch?: PictureWatch;
  /** The clock, ms since 1970 in UTC; the machine's unless given. */
  readonly now?: () => number;
}

/** Counts of pictures. */
export interface PictureCounts {
  /** Pictures that came: decoded, whether they were wanted or not. */
  readonly offered: number;
  /** Frames that were made of them. */
  readonly made: number;
  /** Frames of these that nobody took before the next was due. */
  readonly dropped: number;
}

/** A camera that is watched for as long as the process lives. */
export interface LiveCamera extends AsyncDisposable {
  /**
   * The newest frame that was due and was not taken yet; waits for one. Null once the camera is closed. The frame is
   * valid until the next call. Frames are not queued: one that is not taken before the next is due is replaced, and
   * counted as dropped.
   */
  next(): Promise<Frame | null>;
  /** How often to measure from now on, per second. Pictures in between are decoded, but neither scaled nor masked. */
  setRate(framesPerS: number): void;
  /** What happened since the last call. */
  take(): PictureCounts;
  /** Why the camera is not as it should be, now; empty when all is well. Never throws. */
  reasons(): CameraReason[];
  /** Size of the picture as it comes; null until it is known. */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
  /** Goes up by one at each connection, and each time a recording begins again: nobody is followed across it. */
  readonly connection: number;
}
