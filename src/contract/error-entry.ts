/** Exit codes of the command line, by kind of trouble. */
export const EXIT_CODES = {
  /** A fault of Starling's own. */
  internal: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The recording or another input cannot be used. */
  input: 3,
  /** The site file cannot be used. */
  site: 4,
  /** The model cannot be used. */
  model: 5,
  /** The results cannot be written. */
  output: 6,
  /** The ledger of a live site cannot be used. */
  store: 7,
  /** Stopped by the user; what was measured so far is kept, marked incomplete. */
  interrupted: 130,
} as const;

/** One entry of the catalogue. */
export interface ErrorEntry {
  readonly exit: keyof typeof EXIT_CODES;
  /** What happened, to what; `{name}` is filled in. */
  readonly what: string;
  /** How to mend it. */
  readonly mend: string;
}
