/** A camera, or what stands for one, that is being watched. */
export interface Watch {
  readonly camera: string;
  /** Rejected when it cannot go on, and the sensor must begin anew. */
  readonly failed: Promise<never>;
  /** Reports the seconds that are over. */
  tick(nowMs: number): void;
  /** Takes over the pace that there is time for. */
  pace(): void;
  /** Looks whether somebody confirmed the view. */
  checkView(): Promise<void>;
  /** Ends it: everything that was measured is kept. */
  close(): Promise<void>;
}
