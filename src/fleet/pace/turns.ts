/** Whose frame is looked at next: of the cameras that have one waiting, the one that is longest overdue. */
export interface Turns {
  /** A camera has a frame waiting. One that has one already keeps its place. */
  offer(camera: string, nowMs: number, allowedPerS: number): void;
  /** Takes the camera whose turn it is, or null when none waits. */
  next(nowMs: number): string | null;
}

/** Makes turns. */
export const createTurns = (): Turns => {
  /** When a waiting camera's look is due, ms. */
  const due = new Map<string, number>();
  const lastMs = new Map<string, number>();
  return {
    offer: (camera, nowMs, allowedPerS) => {
      if (due.has(camera)) return;
      const last = lastMs.get(camera);
      due.set(camera, last === undefined ? nowMs : last + 1000 / allowedPerS);
    },
    next: (nowMs) => {
      let first: string | null = null;
      for (const [camera, atMs] of due) if (first === null || atMs < (due.get(first) ?? atMs)) first = camera;
      if (first === null) return null;
      due.delete(first);
      lastMs.set(first, nowMs);
      return first;
    },
  };
};
