/** What a spool needs of the disk. The file itself, its thread and the tests' broken disks all have this face. */

/** An observation as it lies in the spool. */
export interface Kept {
  readonly sequence: number;
  /** JSON text of the observation. */
  readonly body: string;
}

/** One that is to be put there, and when it was made, UTC in ms. */
export interface Entry extends Kept {
  readonly atMs: number;
}

/** Changes that are made together, or not at all. */
export interface Changes {
  readonly remove: readonly number[];
  /** One that is there already is left as it is. */
  readonly append: readonly Entry[];
}

/** What lies on the disk now. */
export interface DiskState {
  /** The greatest number that was ever put there. */
  readonly last: number;
  readonly rows: number;
  readonly bytes: number;
  /** Rows that these changes pushed out, the oldest first. */
  readonly dropped: number;
  /** The file was made just now; nothing is known of the time before. */
  readonly isFresh: boolean;
  /** Why the file that was there before was put aside, where it was. */
  readonly putAside: string | null;
}

/** One camera's file. */
export interface SpoolDisk {
  /** Opens the file, or makes it. @throws DiskFailure */
  open(): Promise<DiskState>;
  /** @throws DiskFailure; then nothing was changed, as far as can be known */
  write(changes: Changes): Promise<DiskState>;
  /** Rows with a number above `after`, the smallest first. @throws DiskFailure */
  read(after: number, limit: number): Promise<readonly Kept[]>;
  close(): Promise<void>;
}

/** The disk does not do what it should. */
export class DiskFailure extends Error {
  /** Whether that is because another process has the file. */
  readonly isInUse: boolean;

  constructor(reason: string, isInUse = false) {
    super(reason);
    this.name = 'DiskFailure';
    this.isInUse = isInUse;
  }
}
