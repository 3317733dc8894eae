import type { GateSummary } from '../../contract/index.ts';

/** A gate that the camera sees, so that its crossings are known. */
export interface CountedGate extends GateSummary {
  readonly in: number;
  readonly out: number;
}

/** Whether a gate's crossings are known: the camera sees it. */
export const isCounted = (gate: GateSummary): gate is CountedGate => gate.in !== null && gate.out !== null;
