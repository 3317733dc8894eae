import { OBJECT_CLASSES } from '../../../contract/index.ts';
import type { GateSpan } from '../../store.ts';
import { orNull } from '../rows.ts';
import { GateSums } from '../sums/gate-sums.ts';
import { type Kind, numberAt, type Row } from './kind.ts';

const addRow = (sums: GateSums, row: Row): void => {
  sums.measuredS += numberAt(row, 1);
  sums.addKnown(numberAt(row, 2));
  sums.addLast(numberAt(row, 3), numberAt(row, 4), numberAt(row, 5));
  sums.variance += numberAt(row, 6);
  sums.systematicError += numberAt(row, 7);
};

const addCrossings = (sums: GateSums, row: Row): void => {
  const name = OBJECT_CLASSES.find((one) => one === row[1]);
  if (name !== undefined) sums.addCrossings(name, numberAt(row, 2), numberAt(row, 3));
};

/** Gates: counts and variances add up; share and width are those of the last second. A class without any has no key. */
export const GATES: Kind<GateSums, GateSpan> = {
  places: `SELECT id, name FROM place WHERE camera = ? AND kind = 'gate' ORDER BY name`,
  key: 'place',
  tables: [
    {
      name: 'gate_span',
      columns: ['measured_s', 'known_s', 'last_ms', 'seen_share', 'width_m', 'variance', 'systematic'],
      add: addRow,
    },
    { name: 'crossing_span', columns: ['class', 'in_count', 'out_count'], add: addCrossings },
  ],
  create: () => new GateSums(),
  parts: (observation) =>
    observation.gates.map((gate) => ({ place: gate.gate, add: (sums) => sums.addSecond(gate, observation) })),
  tell: (span, gate, { knownS, seenShare, widthM, variance, systematicError, crossings }) => ({
    ...span,
    gate,
    measuredS: Number.isNaN(knownS) ? 0 : knownS,
    seenShare,
    widthM: orNull(widthM),
    counts: Number.isNaN(knownS) ? null : Object.fromEntries(crossings),
    variance,
    systematicError,
  }),
};
