import type { Observation } from '../../../contract/index.ts';
import { CameraSums } from './camera-sums.ts';
import { type FieldGrid, withSecond } from './field-grid.ts';
import { GateSums } from './gate-sums.ts';
import { ZoneSums } from './zone-sums.ts';

const entryOf = <Sums>(map: Map<string, Sums>, name: string, make: () => Sums): Sums => {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
};

/** Seconds of one camera as one stretch of time. In the order of time: sums of fractions depend on it. */
export class SpanSums {
  seconds = 0;
  readonly camera = new CameraSums();
  readonly zones = new Map<string, ZoneSums>();
  readonly gates = new Map<string, GateSums>();
  field: FieldGrid | undefined;

  addSecond(observation: Observation): void {
    this.seconds++;
    this.camera.addSecond(observation);
    for (const zone of observation.zones)
      entryOf(this.zones, zone.zone, () => new ZoneSums()).addSecond(zone, observation);
    for (const gate of observation.gates)
      entryOf(this.gates, gate.gate, () => new GateSums()).addSecond(gate, observation);
    this.field = withSecond(this.field, observation);
  }
}
