import { type CameraReason, cameraReason, StarlingError } from '../../contract/index.ts';

/** What a connection was given up for, in words that hold no secret. */
const reasonOf = (error: unknown): string => {
  if (error instanceof StarlingError && typeof error.cause === 'string') return error.cause;
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
};

/** Whether the camera refused the user name or password. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof StarlingError && error.code === 'CAPTURE_CREDENTIALS_REFUSED';

const failureReason = (error: unknown): CameraReason =>
  isRefusal(error) ? cameraReason('CREDENTIALS_REFUSED', {}) : cameraReason('UNREACHABLE', { reason: reasonOf(error) });

/** Without a picture for so long, it is said. */
const SILENT_MS = 3000;

/** Pictures this many periods late are missing, where pictures are rare. */
const SILENT_PERIODS = 2.5;

/** How the connection to a camera is. Times are on a clock that nobody sets, ms. */
export class ConnectionStatus {
  #failure: CameraReason | null = null;
  #ended = false;
  /** When the last picture came, or the first began to be waited for; null before the first connection. */
  #lastMs: number | null = null;
  #seen = false;
  #silentMs = SILENT_MS;

  /** Connected; no picture has come yet. */
  connected(periodMs: number, nowMs: number): void {
    // After silence it is still silent; after a failure the wait for pictures has only begun.
    if (this.#failure || this.#lastMs === null) {
      this.#failure = null;
      this.#seen = false;
      this.#lastMs = nowMs;
    }
    this.#ended = false;
    this.#silentMs = Math.max(SILENT_MS, SILENT_PERIODS * periodMs);
  }

  /** A picture came. */
  picture(nowMs: number): void {
    this.#seen = true;
    this.#lastMs = nowMs;
  }

  /** Connecting failed. */
  unreachable(error: unknown): void {
    this.#failure = failureReason(error);
  }

  /** A connection ended. That it was lost shows when no picture comes; anything else is said at once. */
  broken(error: unknown): void {
    if (error === null || (error instanceof StarlingError && error.code === 'CAPTURE_UNREACHABLE')) return;
    this.#failure = failureReason(error);
  }

  /** The recording is over. */
  ended(): void {
    this.#ended = true;
  }

  reasons(nowMs: number): CameraReason[] {
    if (this.#failure) return [this.#failure];
    if (this.#ended) return [cameraReason('SOURCE_ENDED', {})];
    const silentMs = this.#lastMs === null ? 0 : nowMs - this.#lastMs;
    if (silentMs > this.#silentMs) return [cameraReason('NO_FRAMES', { seconds: Math.floor(silentMs / 1000) })];
    return this.#seen ? [] : [cameraReason('CONNECTING', {})];
  }
}
