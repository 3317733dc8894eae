import type { Frame as Picture } from 'node-av/lib';

/** A picture that came. Used again for the next. */
export interface Arrival {
  /** The picture's own time stamp, s; null when it has none, or none that means anything. */
  stampS: number | null;
  /** Whether something of it, or before it, was lost. */
  damaged: boolean;
}

/** Pictures of a source, one after the other, once it is connected. */
export interface Feed {
  /**
   * `live`: a picture comes when it was taken. `stored`: pictures lie ready, and whoever reads waits for the time of
   * each.
   */
  readonly pace: 'live' | 'stored';
  /** Whether its end is the end of a recording, and not of a connection. */
  readonly ends: boolean;
  /** Time from picture to picture where stamps do not say, ms. */
  readonly periodMs: number;
  /**
   * Decodes the next picture into `into`; null at the end. `onPacket` is called whenever something comes.
   *
   * @throws CAPTURE_UNREACHABLE when the connection is lost, or the signal was aborted
   */
  next(into: Picture, onPacket: () => void): Promise<Arrival | null>;
  /** Lets go of everything. */
  close(): Promise<void>;
}

/** How a source is to be opened. */
export interface FeedOptions {
  readonly transport: 'tcp' | 'udp';
  /** Pictures per second, for a header that lies and for a folder. */
  readonly frameRate?: number;
  /** Ends connecting and reading at once; its reason, an Error, says why. */
  readonly signal: AbortSignal;
}

/** A kind of source. */
export interface Scheme {
  /** How such a source is written, for messages. */
  readonly form: string;
  /** Whether the source is of this kind, right or wrong. */
  claims(source: string): boolean;
  /** What is wrong with how the source is written; null when nothing is. */
  flaw(source: string): string | null;
  /** Connects. @throws CAPTURE_* */
  open(source: string, options: FeedOptions): Promise<Feed>;
}
