import { StarlingError } from '../../contract/index.ts';
import { http } from './http.ts';
import { recording } from './recording.ts';
import { rtsp } from './rtsp.ts';
import type { Scheme } from './scheme.ts';
import { v4l2 } from './v4l2.ts';

/** The first that claims a source opens it. */
const SCHEMES: readonly Scheme[] = [rtsp, http, v4l2, recording];

// Characters that a line of a request cannot hold, nor a path in its right mind.
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Only known words: nothing of a source is shown that may be a secret. */
const UNKNOWN_SCHEME = `it begins like a URL of another kind; understood are ${SCHEMES.map(({ form }) => form).join(', ')}`;

const flawOf = (source: string, scheme: Scheme | undefined): string | null => {
  if (CONTROL_CHARACTER.test(source)) return 'it holds a line break or another control character';
  return scheme ? scheme.flaw(source) : UNKNOWN_SCHEME;
};

/**
 * Which scheme opens a source.
 *
 * @param camera name of the camera, for the message
 * @throws CAPTURE_BAD_SOURCE
 */
export const schemeOf = (camera: string, source: string): Scheme => {
  const scheme = SCHEMES.find((candidate) => candidate.claims(source));
  const reason = flawOf(source, scheme);
  if (!scheme || reason !== null)
    throw new StarlingError('CAPTURE_BAD_SOURCE', { camera, reason: reason ?? UNKNOWN_SCHEME });
  return scheme;
};
