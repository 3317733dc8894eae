import type { Observation } from '../contract/index.ts';

/** A valid observation of a second in which nothing was to be seen. */
export const makeObservation = (camera: string, sequence: number, startMs = 1_790_000_000_000): Observation => ({
  version: 1,
  camera,
  sequence,
  startMs,
  endMs: startMs + 1000,
  measuredS: 1,
  health: { state: 'ok', reasons: [] },
  frames: { offered: 5, measured: 5, dropped: 0 },
  zones: [],
  gates: [],
  field: null,
});
