/** How much of everything is taken, so that nobody can ask for more than there is. */

/** Limits of the server. Times are in ms. */
export interface Limits {
  /** Longest body. */
  readonly bodyBytes: number;
  /** Longest path and query together. */
  readonly urlLetters: number;
  /** Names in a query. */
  readonly parameters: number;
  /** Longest piece of a path that stands for a name. */
  readonly parameterLetters: number;
  /** Request line and headers together. */
  readonly headerBytes: number;
  /** All headers are there within this time. */
  readonly headersMs: number;
  /** The whole request is there within this time. */
  readonly requestMs: number;
  /** Nothing goes either way on a connection for so long: it is closed. Live streams beat more often. */
  readonly idleMs: number;
  /** A connection waits so long for the next request. */
  readonly keepAliveMs: number;
  /** How often times are looked at. */
  readonly checkMs: number;
  readonly connections: number;
  /** Requests of one address: so many at once, and so many a second for ever. */
  readonly burst: number;
  readonly perS: number;
}

/** What holds unless told otherwise. */
export const LIMITS: Limits = {
  bodyBytes: 1_048_576,
  urlLetters: 4096,
  parameters: 32,
  parameterLetters: 200,
  headerBytes: 16_384,
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 120_000,
  keepAliveMs: 10_000,
  checkMs: 2000,
  connections: 4096,
  burst: 400,
  perS: 100,
};
