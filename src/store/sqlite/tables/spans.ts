/** A camera's rows of history as one: the camera, its zones, its gates. */
import { type Level, MINUTE_S, QUARTER_HOUR_S } from '../levels.ts';
import { CameraSums } from '../sums/camera-sums.ts';
import { GateSums } from '../sums/gate-sums.ts';
import type { SpanSums } from '../sums/span-sums.ts';
import { ZoneSums } from '../sums/zone-sums.ts';
import type { Tables } from './tables.ts';

/** Which rows: of a length, of a camera, beginning at a time. */
export interface SpanKey {
  readonly level: Level;
  readonly camera: number;
  readonly startS: number;
}

/** Writes rows in place of those that are there. */
export const writeSpans = (tables: Tables, { level, camera, startS }: SpanKey, sums: SpanSums): void => {
  tables.cameraSpans.write(level, camera, startS, sums.camera);
  for (const [name, zone] of sums.zones)
    tables.zoneSpans.write(level, tables.names.place(camera, 'zone', name), startS, zone);
  for (const [name, gate] of sums.gates)
    tables.gateSpans.write(level, tables.names.place(camera, 'gate', name), startS, gate);
};

/** Adds to rows that are there; what is not there yet is written. */
export const addToSpans = (tables: Tables, key: SpanKey, sums: SpanSums): void => {
  const { level, camera, startS } = key;
  const [fromS, toS] = [startS, startS + 1];
  tables.cameraSpans.addTo(sums.camera, level, camera, fromS, toS);
  for (const [name, zone] of sums.zones)
    tables.zoneSpans.addTo(zone, level, tables.names.place(camera, 'zone', name), fromS, toS);
  for (const [name, gate] of sums.gates)
    tables.gateSpans.addTo(gate, level, tables.names.place(camera, 'gate', name), fromS, toS);
  writeSpans(tables, key, sums);
};

/** Takes away all rows of a camera that begin in a period. @returns how many there were */
export const deleteSpans = (tables: Tables, level: Level, camera: number, fromS: number, toS: number): number => {
  const { names, cameraSpans, zoneSpans, gateSpans } = tables;
  const zones = names.placesOf(camera, 'zone').map((place) => zoneSpans.delete(level, place, fromS, toS));
  const gates = names.placesOf(camera, 'gate').map((place) => gateSpans.delete(level, place, fromS, toS));
  return [...zones, ...gates].reduce((sum, one) => sum + one, cameraSpans.delete(level, camera, fromS, toS));
};

/** Takes away the rows that begin at one time: there may be more than will be written. */
export const clearSpans = (tables: Tables, { level, camera, startS }: SpanKey): void => {
  deleteSpans(tables, level, camera, startS, startS + 1);
};

/** Writes a quarter-hour as the sum of its minutes. False, and nothing is changed, when there are none. */
export const sumMinutes = (tables: Tables, camera: number, startS: number): boolean => {
  const { names, cameraSpans, zoneSpans, gateSpans } = tables;
  const toS = startS + QUARTER_HOUR_S;
  const sums = new CameraSums();
  if (cameraSpans.addTo(sums, MINUTE_S, camera, startS, toS) === 0) return false;
  clearSpans(tables, { level: QUARTER_HOUR_S, camera, startS });
  cameraSpans.write(QUARTER_HOUR_S, camera, startS, sums);
  for (const place of names.placesOf(camera, 'zone')) {
    const zone = new ZoneSums();
    if (zoneSpans.addTo(zone, MINUTE_S, place, startS, toS) > 0) zoneSpans.write(QUARTER_HOUR_S, place, startS, zone);
  }
  for (const place of names.placesOf(camera, 'gate')) {
    const gate = new GateSums();
    if (gateSpans.addTo(gate, MINUTE_S, place, startS, toS) > 0) gateSpans.write(QUARTER_HOUR_S, place, startS, gate);
  }
  return true;
};
