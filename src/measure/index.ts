export { compareCrossings, type GateComparison, type GateEvent } from './flow/compare-crossings.ts';
export { createMeter, type MeterSummary } from './camera/meter.ts';
