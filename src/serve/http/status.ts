import { type ErrorCode, ERROR_CATALOGUE } from '../../contract/index.ts';

/** The status of codes of which their kind alone does not say enough. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  SERVE_NOT_SIGNED_IN: 401,
  SERVE_BAD_PASSWORD: 401,
  SERVE_OPENID_FAILED: 401,
  SERVE_FORBIDDEN: 403,
  SERVE_PERSON_ONLY: 403,
  SERVE_CROSS_ORIGIN: 403,
  SERVE_OPENID_NO_ROLE: 403,
  SERVE_NO_SUCH_ROUTE: 404,
  SERVE_NO_SUCH_THING: 404,
  SERVE_NO_SUCH_USER: 404,
  SERVE_NO_SUCH_TOKEN: 404,
  SERVE_OPENID_OFF: 404,
  SERVE_NO_SUCH_METHOD: 405,
  SERVE_TOO_SLOW: 408,
  SERVE_NAME_TAKEN: 409,
  SERVE_LAST_ADMINISTRATOR: 409,
  SERVE_OF_PROVIDER: 409,
  SITE_NOTHING_TO_UNDO: 409,
  SERVE_LINK_USED: 410,
  SITE_CHANGED_MEANWHILE: 412,
  SERVE_TOO_LARGE: 413,
  SERVE_WRONG_MEDIA: 415,
  SERVE_WRONG_HOST: 421,
  SERVE_VERSION_MISSING: 428,
  SERVE_TOO_OFTEN: 429,
  SERVE_THROTTLED: 429,
  SERVE_BUSY: 503,
  SERVE_NOTHING_YET: 503,
  SITE_NOT_WRITABLE: 503,
  STORE_BAD_QUERY: 400,
};

/** What a kind of trouble means to somebody who asks from outside. */
const BY_KIND: Readonly<Record<(typeof ERROR_CATALOGUE)[ErrorCode]['exit'], number>> = {
  usage: 400,
  input: 400,
  site: 400,
  store: 503,
  output: 503,
  model: 500,
  internal: 500,
};

/** Status of an answer that tells of an error of the catalogue. */
export const statusOf = (code: ErrorCode): number => STATUSES[code] ?? BY_KIND[ERROR_CATALOGUE[code].exit];
