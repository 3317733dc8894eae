export { type Fleet, type FleetOptions, type SensorPlan, startFleet } from './hub.ts';
export { createPacer, type Pace, type PacedCamera, type Pacer } from './pace/pacer.ts';
export { createTurns, type Turns } from './pace/turns.ts';
export { type HubConnection, joinHub } from './sensor.ts';
export { type SharedCamera, type Shares, shareOut } from './share-out.ts';
export type { SpoolStatus } from './spool/spool.ts';
export type { SensorState } from './supervisor/state.ts';
