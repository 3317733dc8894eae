/** What a ledger should hold, worked out from all observations at once, and what it does hold: for tests. */
import type { DatabaseSync } from 'node:sqlite';
import { type Aggregate, addAggregates, type Observation, ZONE_QUANTITY_NAMES } from '../../contract/index.ts';
import { figuresAt, FIGURE_COLUMNS } from './columns.ts';
import { decodeField } from './field-body.ts';
import { numberOf, prepare, rowsOf, type Value } from './rows.ts';

/** Rows of one level, by `camera/place/start`. */
export type Rows = Readonly<Record<string, unknown>>;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const groups = <Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] => [
  ...Map.groupBy(items, keyOf),
];

const figuresOf = (all: readonly Observation['zones'][number]['figures'][]): Record<string, Aggregate> => {
  const entries = ZONE_QUANTITY_NAMES.flatMap((name) => {
    const [first, ...rest] = all.flatMap((figures) => figures[name] ?? []);
    return first === undefined ? [] : [[name, rest.reduce(addAggregates, first)] as const];
  });
  return Object.fromEntries(entries);
};

const byTime = (observations: readonly Observation[]): Observation[] =>
  observations.toSorted((a, b) => a.startMs - b.startMs || a.sequence - b.sequence);

const startOf = ({ startMs }: Observation, levelS: number): number => Math.floor(startMs / 1000 / levelS) * levelS;

const stateS = (observations: readonly Observation[], state: string): number =>
  sum(
    observations.filter(({ health }) => health.state === state).map(({ startMs, endMs }) => (endMs - startMs) / 1000),
  );

const camerasOf = (observations: readonly Observation[], levelS: number): [string, unknown][] =>
  groups(observations, (one) => `${one.camera}/${startOf(one, levelS)}`).map(([key, all]) => [
    key,
    [
      sum(all.map(({ measuredS }) => measuredS)),
      sum(all.map(({ frames }) => frames.offered)),
      sum(all.map(({ frames }) => frames.measured)),
      sum(all.map(({ frames }) => frames.dropped)),
      ...['ok', 'degraded', 'connecting', 'unknown'].map((state) => stateS(all, state)),
    ],
  ]);

const zonesOf = (observations: readonly Observation[], levelS: number): [string, unknown][] =>
  groups(
    observations.flatMap((one) => one.zones.map((zone) => ({ one, zone }))),
    ({ one, zone }) => `${one.camera}/${zone.zone}/${startOf(one, levelS)}`,
  ).map(([key, all]) => {
    const last = all.at(-1);
    const measuredS = sum(all.map(({ one }) => one.measuredS));
    return [key, [measuredS, last?.zone.seenShare, last?.zone.areaM2, figuresOf(all.map(({ zone }) => zone.figures))]];
  });

const gatesOf = (observations: readonly Observation[], levelS: number): [string, unknown][] =>
  groups(
    observations.flatMap((one) => one.gates.map((gate) => ({ one, gate }))),
    ({ one, gate }) => `${one.camera}/${gate.gate}/${startOf(one, levelS)}`,
  ).map(([key, all]) => {
    const known = all.filter(({ gate }) => gate.counts !== null);
    const crossings = groups(
      known.flatMap(({ gate }) => Object.entries(gate.counts ?? {})),
      ([name]) => name,
    )
      .map(([name, counts]) => [name, sum(counts.map(([, both]) => both.in)), sum(counts.map(([, both]) => both.out))])
      .filter(([, ins, outs]) => Number(ins) + Number(outs) > 0);
    return [
      key,
      {
        measuredS: sum(all.map(({ one }) => one.measuredS)),
        knownS: known.length === 0 ? null : sum(known.map(({ one }) => one.measuredS)),
        seenShare: all.at(-1)?.gate.seenShare,
        widthM: all.at(-1)?.gate.widthM,
        variance: sum(all.map(({ gate }) => gate.variance)),
        systematicError: sum(all.map(({ gate }) => gate.systematicError)),
        crossings: crossings.toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      },
    ];
  });

/** Rows of a level as they should be. */
export const modelRows = (observations: readonly Observation[], levelS: number): Rows => {
  const all = byTime(observations);
  return Object.fromEntries([...camerasOf(all, levelS), ...zonesOf(all, levelS), ...gatesOf(all, levelS)]);
};

const keyOf = (row: readonly Value[]): string => row.join('/');

const storedZones = (database: DatabaseSync, levelS: number): [string, unknown][] =>
  rowsOf(
    prepare(
      database,
      `SELECT camera.name, place.name, start_s, measured_s, seen_share, area_m2, ${FIGURE_COLUMNS.join(', ')}
       FROM zone_span JOIN place ON place.id = place JOIN camera ON camera.id = place.camera WHERE level_s = ?`,
    ),
    levelS,
  ).map((row) => [keyOf(row.slice(0, 3)), [...row.slice(3, 6), figuresAt(row, 6)]]);

const storedGates = (database: DatabaseSync, levelS: number): [string, unknown][] => {
  const crossings = prepare(
    database,
    `SELECT class, in_count, out_count FROM crossing_span WHERE level_s = ? AND place = ? AND start_s = ?
     ORDER BY class`,
  );
  return rowsOf(
    prepare(
      database,
      `SELECT camera.name, place.name, start_s, place.id, measured_s, known_s, seen_share, width_m, variance, systematic
       FROM gate_span JOIN place ON place.id = place JOIN camera ON camera.id = place.camera WHERE level_s = ?`,
    ),
    levelS,
  ).map((row) => {
    const [, , startS, place, measuredS, knownS, seenShare, widthM, variance, systematicError] = row;
    const crossed = rowsOf(crossings, levelS, place ?? null, startS ?? null);
    return [
      keyOf(row.slice(0, 3)),
      { measuredS, knownS, seenShare, widthM, variance, systematicError, crossings: crossed },
    ];
  });
};

const storedCameras = (database: DatabaseSync, levelS: number): [string, unknown][] =>
  rowsOf(
    prepare(
      database,
      `SELECT camera.name, start_s, measured_s, offered, measured, dropped, ok_s, degraded_s, connecting_s, unknown_s
       FROM camera_span JOIN camera ON camera.id = camera WHERE level_s = ?`,
    ),
    levelS,
  ).map((row) => [keyOf(row.slice(0, 2)), row.slice(2)]);

/** Rows of a level as they are. */
export const storedRows = (database: DatabaseSync, levelS: number): Rows =>
  Object.fromEntries([
    ...storedCameras(database, levelS),
    ...storedZones(database, levelS),
    ...storedGates(database, levelS),
  ]);

/** Fields of one grid by quarter-hour: for each cell, density, density while moving, and momentum, over time. */
export type Fields = Readonly<Record<string, { readonly knownS: number; readonly cells: Record<number, number[]> }>>;

/** Fields as they should be. */
export const modelFields = (observations: readonly Observation[]): Fields =>
  Object.fromEntries(
    groups(
      byTime(observations).filter(({ field }) => field !== null),
      (one) => `${one.camera}/${startOf(one, 900)}`,
    ).map(([key, all]) => {
      const cells: Record<number, number[]> = {};
      for (const { field, measuredS } of all)
        field?.cell.forEach((cell, i) => {
          const before = cells[cell] ?? [0, 0, 0, 0];
          const [x, y] = [field.velocityXMps[i], field.velocityYMps[i]];
          const densityS = field.densityPerM2[i] * measuredS;
          const moving = x === null || y === null ? [0, 0, 0] : [densityS, densityS * x, densityS * y];
          cells[cell] = [densityS, ...moving].map((value, part) => before[part] + value);
        });
      const somebody = Object.entries(cells).filter(([, [densityS]]) => densityS > 0);
      return [key, { knownS: sum(all.map(({ measuredS }) => measuredS)), cells: Object.fromEntries(somebody) }];
    }),
  );

/** Fields as they are. */
export const storedFields = (database: DatabaseSync): Fields =>
  Object.fromEntries(
    rowsOf(
      prepare(database, 'SELECT camera.name, start_s, known_s, body FROM field_span JOIN camera ON camera.id = camera'),
    ).map(([camera, startS, knownS, body]) => {
      const sums = body instanceof Uint8Array ? decodeField(body) : undefined;
      const cells = [...(sums?.cell ?? [])].map((cell, i): [number, number[]] => [
        cell,
        [sums?.densityS, sums?.movingS, sums?.momentumX, sums?.momentumY].map((column) => column?.[i] ?? Number.NaN),
      ]);
      return [`${String(camera)}/${String(startS)}`, { knownS: numberOf(knownS), cells: Object.fromEntries(cells) }];
    }),
  );
