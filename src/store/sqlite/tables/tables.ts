import type { DatabaseSync } from 'node:sqlite';
import { CameraSpans } from './camera-spans.ts';
import { Due } from './due.ts';
import { FieldSpans } from './field-spans.ts';
import { GateSpans } from './gate-spans.ts';
import { BelievedClock } from './believed-clock.ts';
import { Horizons } from './horizons.ts';
import { Names } from './names.ts';
import { Received } from './received.ts';
import { Seconds } from './seconds.ts';
import { ZoneSpans } from './zone-spans.ts';

/** The tables of a ledger, their statements prepared. */
export interface Tables {
  readonly names: Names;
  readonly received: Received;
  readonly seconds: Seconds;
  readonly due: Due;
  readonly horizons: Horizons;
  readonly clock: BelievedClock;
  readonly cameraSpans: CameraSpans;
  readonly zoneSpans: ZoneSpans;
  readonly gateSpans: GateSpans;
  readonly fieldSpans: FieldSpans;
}

/** Prepares the statements of all tables. */
export const openTables = (database: DatabaseSync): Tables => ({
  names: new Names(database),
  received: new Received(database),
  seconds: new Seconds(database),
  due: new Due(database),
  horizons: new Horizons(database),
  clock: new BelievedClock(database),
  cameraSpans: new CameraSpans(database),
  zoneSpans: new ZoneSpans(database),
  gateSpans: new GateSpans(database),
  fieldSpans: new FieldSpans(database),
});
