import type { Frame as Picture } from 'node-av/lib';
import type { Losses } from './losses.ts';
import type { RecordingInfo } from './recording.ts';

/** Which picture was decoded, and when the source says it was taken. */
export interface Decoded {
  /** Number in the source, from 1; pictures that could not be decoded keep theirs. */
  readonly number: number;
  /** The picture's own time stamp, s; null when it has none. */
  readonly stampS: number | null;
  /** Whether the decoder noticed that it does not look as it should. */
  readonly damaged: boolean;
}

/** Where pictures come from: a container, or a folder. Decodes one after the other, in the order of showing. */
export interface PictureSource {
  readonly info: RecordingInfo;
  /** Decodes the next picture into `into`; null after the last. */
  next(into: Picture): Promise<Decoded | null>;
  /** What was lost up to now. */
  losses(): Losses;
  /** Lets go of the file and the decoder. */
  close(): Promise<void>;
}
