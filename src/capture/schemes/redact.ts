/** Everything up to the last @: a password may hold any letter, and a URL with one in its path loses little. */
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/).*@/is;

/** Values of parameters that may be secret, in a query or in a path, as some makers have it. */
const SECRET_VALUE =
  /([/?&;](?:[^=&#;/?]*(?:token|key|pass|pwd|auth|secret|sig|credential|user|login|session)[^=&#;/?]*)=)[^&#;/?]*/gi;

/**
 * A source as it may be shown: without user name and password, and without the values of parameters that may be
 * secret (token, key, password, auth and the like).
 *
 * @example redactSource('rtsp://me:secret@camera/1?token=abc') // 'rtsp://…@camera/1?token=…'
 */
export const redactSource = (source: string): string =>
  source.replace(USER_INFO, '$1…@').replaceAll(SECRET_VALUE, '$1…');
