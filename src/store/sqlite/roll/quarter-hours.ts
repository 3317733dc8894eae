/** A quarter-hour from its minutes; its field, which minutes do not have, from its seconds. */
import { QUARTER_HOUR_S } from '../levels.ts';
import { type FieldGrid, withField } from '../sums/field-grid.ts';
import { sumMinutes } from '../tables/spans.ts';
import { sumSeconds } from './minutes.ts';
import type { Rolling } from './rolling.ts';

const fieldOf = ({ tables, recentFields }: Rolling, camera: number, startS: number): FieldGrid | undefined => {
  const minutes = tables.cameraSpans.minutes(camera, startS, startS + QUARTER_HOUR_S);
  const recent = recentFields.take(camera, startS, minutes);
  if (recent !== undefined) return recent.field;
  // Minute by minute, as they were added when they came: so that the sums are the same to the last bit.
  return minutes.reduce<FieldGrid | undefined>(
    (field, minuteS) => withField(field, sumSeconds(tables, camera, minuteS).field),
    undefined,
  );
};

/** Rolls up one quarter-hour whose minutes are there. */
export const rollQuarterHour = (rolling: Rolling, camera: number, startS: number): void => {
  const { tables } = rolling;
  if (!sumMinutes(tables, camera, startS)) return;
  const { secondsS, fieldsS } = tables.horizons.of(camera);
  // Where seconds were dropped, late ones were added to the field as their minutes were rolled up.
  if (startS >= secondsS && startS >= fieldsS)
    tables.fieldSpans.write(camera, startS, fieldOf(rolling, camera, startS));
};
