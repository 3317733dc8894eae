import { openStream } from './stream-feed.ts';
import type { Scheme } from './scheme.ts';
import { urlFlaw } from './url.ts';

const IO_TIMEOUT_US = '6000000';

/** Containers that bring pictures; the last four are the sound and the subtitles of a play list, and not looked at. */
const FORMATS = 'mpjpeg,hls,mov,mp4,matroska,webm,mpegts,flv,avi,h264,hevc,mjpeg,aac,mp3,ac3,webvtt';

/** What comes over HTTP: Motion JPEG, HLS, or a recording that is downloaded while it is seen. */
export const http: Scheme = {
  form: 'http(s)://',
  claims: (source) => /^https?:/i.test(source),
  flaw: (source) => (/^https?:\/\//i.test(source) ? urlFlaw(source) : 'it lacks the // after http:'),
  open: (source, { signal }) =>
    openStream(
      {
        source,
        url: source,
        options: {
          rw_timeout: IO_TIMEOUT_US,
          probesize: '500000',
          analyzeduration: '1000000',
          // A play list may send us to other hosts, and never to a file.
          protocol_whitelist: 'http,https,httpproxy,tcp,tls,crypto',
          format_whitelist: FORMATS,
        },
      },
      signal,
    ),
};
