import { CAMERA_STATES } from '../../../contract/index.ts';
import type { CameraSpan } from '../../store.ts';
import { CameraSums } from '../sums/camera-sums.ts';
import { type Kind, numberAt, type Row } from './kind.ts';

const STATES_AT = 5;

const addRow = (sums: CameraSums, row: Row): void => {
  sums.measuredS += numberAt(row, 1);
  sums.offered += numberAt(row, 2);
  sums.measured += numberAt(row, 3);
  sums.dropped += numberAt(row, 4);
  for (let i = 0; i < sums.statesS.length; i++) sums.statesS[i] += numberAt(row, STATES_AT + i);
};

const timeIn = ({ statesS }: CameraSums): CameraSpan['statesS'] => {
  const [ok, degraded, connecting, unknown] = statesS;
  return { ok, degraded, connecting, unknown };
};

/** Cameras: how long they were in which state, and what became of their pictures. Everything adds up. */
export const CAMERAS: Kind<CameraSums, CameraSpan> = {
  places: `SELECT id, '' AS name FROM camera WHERE id = ?`,
  key: 'camera',
  tables: [
    {
      name: 'camera_span',
      columns: ['measured_s', 'offered', 'measured', 'dropped', ...CAMERA_STATES.map((state) => `${state}_s`)],
      add: addRow,
    },
  ],
  create: () => new CameraSums(),
  parts: (observation) => [{ place: '', add: (sums) => sums.addSecond(observation) }],
  tell: (span, _place, sums) => ({
    ...span,
    measuredS: sums.measuredS,
    frames: { offered: sums.offered, measured: sums.measured, dropped: sums.dropped },
    statesS: timeIn(sums),
  }),
};
