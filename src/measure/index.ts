export { compareCrossings, type GateComparison, type GateEvent } from './compare-crossings.ts';
export { createMeter, type MeterSummary } from './meter.ts';
