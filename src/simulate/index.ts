/** A crowd on demand: `sim://SCENARIO?people=300&seed=1` as positions with exact truth. See README.md. */
export { parseSimulation, type SimulationPlan } from './plan.ts';
export { SCENARIOS } from './scenarios.ts';
export type { GateTruth, ZoneTruth } from './counted.ts';
export {
  createSimulation,
  type Simulation,
  type SimulationOptions,
  type SimulationTruth,
} from './simulation.ts';
