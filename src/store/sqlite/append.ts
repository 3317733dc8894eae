import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../../contract/index.ts';
import type { Appended } from '../store.ts';
import { decodeBody, encodeBody } from './body.ts';
import { MINUTE_S, startOf } from './levels.ts';
import type { Rolling } from './roll/rolling.ts';
import type { Tables } from './tables/tables.ts';

const isSame = (stored: Uint8Array, body: Uint8Array): boolean => {
  if (Buffer.compare(stored, body) === 0) return true;
  // Another version of zlib may pack the same words into other bytes. A damaged one is not held against the other.
  const [before, now] = [decodeBody(stored), decodeBody(body)];
  return before === undefined || isDeepStrictEqual(before, now);
};

/**
 * Whether an observation is the one that took its number. One from the time whose seconds were dropped is taken for it:
 * nothing is left to tell them apart.
 */
const isRepeat = (
  { seconds, horizons }: Tables,
  camera: number,
  { startMs, sequence }: Observation,
  body: Uint8Array,
) => {
  const stored = seconds.body(camera, startMs, sequence);
  return stored === undefined ? startMs / 1000 < horizons.of(camera).secondsS : isSame(stored, body);
};

/** Takes observations: each once, by (camera, sequence). */
export const append = ({ tables, recentMinutes }: Rolling, observations: readonly Observation[]): Appended => {
  const done = { stored: 0, repeated: 0, refused: 0 };
  for (const observation of observations) {
    const camera = tables.names.camera(observation.camera);
    const body = encodeBody(observation);
    if (!tables.received.add(camera, observation.sequence)) {
      done[isRepeat(tables, camera, observation, body) ? 'repeated' : 'refused']++;
      continue;
    }
    const minuteS = startOf(observation.startMs / 1000, MINUTE_S);
    tables.seconds.insert(camera, observation, body);
    tables.due.mark(MINUTE_S, camera, minuteS);
    recentMinutes.add(camera, minuteS, observation);
    done.stored++;
  }
  return done;
};
