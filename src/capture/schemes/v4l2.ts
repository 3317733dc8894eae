import { openStream } from './stream-feed.ts';
import type { Scheme } from './scheme.ts';

const PREFIX = 'v4l2:';

/** Cameras plugged into a Linux machine: `v4l2:/dev/video0`. */
export const v4l2: Scheme = {
  form: 'v4l2:/dev/video0',
  claims: (source) => source.startsWith(PREFIX),
  flaw: (source) => (/^v4l2:\/dev\/[\w./-]+$/.test(source) ? null : 'a device is written like v4l2:/dev/video0'),
  open: (source, { signal }) =>
    openStream({ source, url: source.slice(PREFIX.length), format: 'video4linux2', options: {} }, signal),
};
