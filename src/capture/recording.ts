import type { Frame } from './frame.ts';
import type { FrameNumber, Health, UtcMs } from '../contract/index.ts';

/** How a picture is brought to the size that was asked for. */
export type Fit = 'stretch' | 'letterbox';

/** How to read a recording; everything may be left out. */
export interface RecordingOptions {
  /**
   * Frames per second, for a header that lies and for a folder of pictures. Frame n is then at (n − 1) / frameRate.
   * Without it a frame's time is its own time stamp, which is right for a variable rate too.
   */
  readonly frameRate?: number;
  /**
   * Frames to deliver per second, spread evenly; all unless given. The others are decoded but not scaled, and every
   * frame keeps its number in the source.
   */
  readonly fps?: number;
  /** First frame to deliver, numbered from 1; frames before it are decoded but not scaled. */
  readonly fromFrame?: number;
  /** Last frame to deliver, inclusive. */
  readonly toFrame?: number;
  /** Width of the delivered frames, pixels; the source's own unless given. */
  readonly width?: number;
  /** Height of the delivered frames, pixels; the source's own unless given. */
  readonly height?: number;
  /** `stretch` (unless given) fills the frame, `letterbox` keeps the picture's proportions and pads the rest. */
  readonly fit?: Fit;
  /** Value of the padding bytes, 0 to 255; 0 unless given. */
  readonly padValue?: number;
  /** Runs on each frame before anything else sees it, such as the masks of `privacy/`. What it throws stops reading. */
  readonly mask?: (frame: Frame) => void;
  /** Stops reading: the iterator throws the signal's reason and lets go of everything. */
  readonly signal?: AbortSignal;
  /** Threads of the decoder; 1 unless given. More than one wins nothing beside inference on every core. */
  readonly threads?: number;
  /** Frames decoded ahead while the caller is busy with one; 3 unless given. */
  readonly prefetch?: number;
}

/** What a recording says about itself. */
export interface RecordingInfo {
  readonly kind: 'video' | 'pictures';
  /** Width of the source's picture, pixels. */
  readonly width: number;
  /** Height of the source's picture, pixels. */
  readonly height: number;
  /** Frames per second: as given, or as the header has it. */
  readonly frameRate: number;
  readonly frameRateSource: 'header' | 'given';
  /** Frames in the whole recording as its header has it, or as its duration and rate make it; null when unknown. */
  readonly estimatedFrames: number | null;
  /** When the recording says it began; null when it does not say, or says something absurd. */
  readonly startUtc: UtcMs | null;
  /** Name of the codec, such as `h264`. */
  readonly codec: string;
  /** Length in seconds at `frameRate`; null when unknown. */
  readonly durationS: number | null;
}

/** What was read, and what could not be. Complete once the iterator has ended. */
export interface ReadingAccount {
  /** Frames decoded so far, those before `fromFrame` included. */
  readonly framesDecoded: number;
  /** Frames handed out so far. */
  readonly framesDelivered: number;
  /** Packets and frames that failed to decode, or decoded with visible damage. */
  readonly damaged: number;
  /** Number of the last frame handed out; null before the first. */
  readonly lastFrame: FrameNumber | null;
  /** `ok`, or `degraded` with what was lost in words. */
  readonly health: Health;
}

/**
 * A recording that was opened. It is read once, in order, with `for await`; leaving the loop early, an error and the
 * abort signal all let go of the file and the buffers. Decoding runs a few frames ahead of the caller.
 */
export interface Recording extends AsyncIterable<Frame>, AsyncDisposable {
  readonly info: RecordingInfo;
  /** What was read up to now. */
  account(): ReadingAccount;
  /** Lets go of everything; needed only for a recording that is not read. */
  close(): Promise<void>;
}
