import { openStream } from './stream-feed.ts';
import type { Scheme } from './scheme.ts';
import { urlFlaw } from './url.ts';

const IO_TIMEOUT_US = '6000000';

// Key frames come in bursts; what does not fit the socket's buffer is lost.
const UDP_BUFFER_BYTES = '1048576';

/** Network cameras: `rtsp://`, and `rtsps://` through TLS. */
export const rtsp: Scheme = {
  form: 'rtsp(s)://',
  claims: (source) => /^rtsps?:/i.test(source),
  flaw: (source) => (/^rtsps?:\/\//i.test(source) ? urlFlaw(source) : 'it lacks the // after rtsp:'),
  open: (source, { transport, signal }) =>
    openStream(
      {
        source,
        url: source,
        options: {
          rtsp_transport: transport,
          // Sound is not even asked for.
          allowed_media_types: 'video',
          timeout: IO_TIMEOUT_US,
          buffer_size: UDP_BUFFER_BYTES,
          protocol_whitelist: 'rtsp,rtsps,rtp,srtp,tcp,tls,udp',
        },
      },
      signal,
    ),
};
