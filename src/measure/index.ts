/** Who is where into what a place looks like. See README.md for the whole list, by subject. */
export { createMeter } from './camera/meter.ts';
export type { MeterSummary } from './window/meter-summary.ts';
export { createTrajectoryMeter } from './trajectories/meter.ts';
export {
  createLiveMeter,
  type LiveMeter,
  type LiveMeterOptions,
  type SecondMeasurement,
} from './live/meter.ts';
export type { LiveSight } from './live/plan.ts';

export { createTessellation } from './density/voronoi.ts';
export { createVoronoiCells } from './density/voronoi-cells.ts';
export { createProfiler } from './profiles/profile.ts';
export { profileGrid } from './profiles/profile-grid.ts';
export { CentralVelocity } from './speed/central-velocity.ts';

export { timeToThreshold, type ZoneForecast, ZoneForecaster } from './forecast/forecaster.ts';
export { backTest } from './forecast/back-test.ts';
export { Ownership } from './ownership/ownership.ts';
export { OwnedOccupancy } from './ownership/owned-occupancy.ts';
export { SiteTotals } from './ownership/site-totals.ts';
export { type CameraNow, SiteNow, type SiteNowOptions } from './moment/site-now.ts';
export { Acceleration } from './speed/acceleration.ts';

export { compareCrossings, type GateComparison, type GateEvent } from './flow/compare-crossings.ts';
