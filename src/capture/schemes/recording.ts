import type { Frame as Picture } from 'node-av/lib';
import { inspectPath } from '../path.ts';
import { openPictures } from '../picture-source.ts';
import type { PictureSource } from '../source.ts';
import { openVideo } from '../video-source.ts';
import type { Arrival, Feed, FeedOptions, Scheme } from './scheme.ts';

const openSource = async (path: string, { frameRate }: FeedOptions): Promise<PictureSource> => {
  const found = await inspectPath(path);
  return found.kind === 'pictures' ? openPictures(path, found.files, frameRate) : openVideo(path, frameRate, 1);
};

const toFeed = (source: PictureSource, signal: AbortSignal): Feed => {
  const { frameRate, frameRateSource } = source.info;
  const arrival: Arrival = { stampS: null, damaged: false };
  return {
    pace: 'stored',
    ends: true,
    periodMs: 1000 / frameRate,
    async next(into: Picture, onPacket) {
      signal.throwIfAborted();
      const decoded = await source.next(into);
      if (!decoded) return null;
      onPacket();
      arrival.stampS = frameRateSource === 'given' ? (decoded.number - 1) / frameRate : decoded.stampS;
      arrival.damaged = decoded.damaged;
      return arrival;
    },
    close: () => source.close(),
  };
};

/** Recordings: a video file, or a folder of numbered pictures, seen at their own pace. */
export const recording: Scheme = {
  form: 'a file or a folder of pictures',
  claims: (source) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(source),
  flaw: (source) => (source.trim() === '' ? 'it is empty' : null),
  open: async (source, options) => toFeed(await openSource(source, options), options.signal),
};
