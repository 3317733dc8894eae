/** Appends to the ledger given as argument, one second after the other, and says each that is on the disk: to be killed. */
import { writeSync } from 'node:fs';
import { SqliteLedger } from './ledger.ts';
import { observationOf } from './observation.fixture.ts';

const ledger = new SqliteLedger(process.argv[2]);
const forever = Number.POSITIVE_INFINITY;
const retention = { seconds: forever, minutes: forever, quarterHours: forever, fields: forever };
let sequence = ledger.latest().get('square-north') ?? 0;
for (;;) {
  const observation = observationOf({ sequence: ++sequence });
  ledger.append([observation]);
  writeSync(1, `${sequence}\n`);
  ledger.tend(observation.endMs, retention);
}
