/** Holds what `measure` wrote against the files of a reference, each by the definition its name stands for. */
import { basename, join } from 'node:path';
import type { FrameProfiles } from './experiment.ts';
import { type CsvRow, readCsv, readReference } from './tables.ts';

/** What a comparison showed. */
export interface Comparison {
  readonly rows: number;
  /** Rows of the reference that are left out, and why. */
  readonly leftOut: string | null;
  /** Greatest absolute difference of any figure. */
  readonly greatest: number;
}

/** What is compared: our results of one experiment. */
export interface Results {
  /** The folder that `measure` wrote. */
  readonly folder: string;
  readonly frameRate: number;
  readonly zone: string;
  /** The gate of the N–t curve, and the one with the stretch behind it. */
  readonly line: string;
  readonly entrance: string;
  /** Depth of that stretch, m. */
  readonly depthM: number;
  /** People in view by frame. */
  readonly present: ReadonlyMap<number, number>;
  readonly profilesAt: (frame: number) => FrameProfiles;
}

type Pairs = readonly (readonly [ours: number, theirs: number])[];

const compared = (rows: readonly Pairs[], leftOut: string | null = null): Comparison => ({
  rows: rows.length,
  leftOut,
  // A figure that is not a number differs by more than any tolerance.
  greatest: rows
    .flat()
    .reduce((most, [a, b]) => Math.max(most, Number.isNaN(a - b) ? Number.POSITIVE_INFINITY : Math.abs(a - b)), 0),
});

/** Rows of a file of ours that are of one place, by frame. */
const byFrame = (folder: string, file: string, column: 'zone' | 'gate', id: string): Map<number, CsvRow> =>
  new Map(
    readCsv(join(folder, file))
      .filter((row) => row.text(column) === id)
      .map((row) => [row.figure('frame'), row]),
  );

const series =
  (density: string, speed: string, isFaulty: (frame: number, results: Results) => boolean, why: string | null) =>
  (path: string, results: Results): Comparison => {
    const ours = byFrame(results.folder, 'series.csv', 'zone', results.zone);
    const rows = readReference(path).filter(([frame = 0]) => !isFaulty(frame, results));
    const pairs = rows.map(([frame = Number.NaN, theirDensity = Number.NaN, theirSpeed = Number.NaN]): Pairs => {
      const row = ours.get(frame);
      return [
        [row?.figureOrZero(density) ?? Number.NaN, theirDensity],
        [row?.figureOrZero(speed) ?? Number.NaN, theirSpeed],
      ];
    });
    return compared(pairs, why);
  };

const cumulative = (path: string, { folder, line }: Results): Comparison => {
  const ours = byFrame(folder, 'gates.csv', 'gate', line);
  const pairs = readReference(path).map(([frame = Number.NaN, timeS = Number.NaN, people = Number.NaN]): Pairs => {
    const row = ours.get(frame);
    return [
      [row?.figure('time_s') ?? Number.NaN, timeS],
      [row?.figure('cumulative') ?? Number.NaN, people],
    ];
  });
  return compared(pairs);
};

const flowAndSpeed = (path: string, { folder, line }: Results): Comparison => {
  const ours = readCsv(join(folder, 'flow.csv')).filter((row) => row.text('gate') === line);
  const theirs = readReference(path);
  const pairs = theirs.map(
    ([flow = Number.NaN, speed = Number.NaN], i): Pairs => [
      [ours[i]?.figure('flow_per_s') ?? Number.NaN, flow],
      [ours[i]?.figure('speed_mps') ?? Number.NaN, speed],
    ],
  );
  const extra: Pairs[] = ours.length === theirs.length ? [] : [[[ours.length, theirs.length]]];
  return compared([...pairs.slice(1), ...extra], 'the first row, a known fault of the reference');
};

/** Rows in an order that does not hang on the last digit: by the whole frames that a passage took, then by density. */
const inOrder = (rows: readonly (readonly [density: number, speed: number])[], { depthM, frameRate }: Results) => {
  const framesOf = (speed: number): number => Math.round((depthM * frameRate) / speed);
  return rows.toSorted(([da, va], [db, vb]) => framesOf(va) - framesOf(vb) || da - db);
};

/** Our passages carry no ids, so both are put in order of their own values. */
const passages = (path: string, results: Results): Comparison => {
  const ours = readCsv(join(results.folder, 'passing.csv'))
    .filter((row) => row.text('gate') === results.entrance)
    .map((row) => [row.figure('density_per_m2'), row.figure('speed_mps')] as const);
  const theirs = readReference(path).map(([, density = Number.NaN, speed = Number.NaN]) => [density, speed] as const);
  const sorted = inOrder(ours, results);
  const pairs = inOrder(theirs, results).map(
    ([density, speed], i): Pairs => [
      [sorted[i]?.[0] ?? Number.NaN, density],
      [sorted[i]?.[1] ?? Number.NaN, speed],
    ],
  );
  return compared([...pairs, ...(ours.length === theirs.length ? [] : [[[ours.length, theirs.length]] as Pairs])]);
};

const profile =
  (of: keyof FrameProfiles) =>
  (path: string, { profilesAt }: Results): Comparison => {
    const frame = Number(/_(\d+)\.dat$/.exec(path)?.[1]);
    const ours = profilesAt(frame)[of];
    return compared(
      readReference(path).map((row, j): Pairs => row.map((theirs, i) => [ours[j]?.[i] ?? Number.NaN, theirs])),
    );
  };

const never = (): boolean => false;

/** The reference's helper points fail once too few people are left, towards the end of the experiment. */
const tooFewForHelpers = (frame: number, { present }: Results): boolean => {
  const last = Math.max(...[...present].filter(([, people]) => people >= 4).map(([at]) => at));
  return frame >= last;
};

const METHODS: readonly (readonly [
  name: RegExp,
  method: string,
  compare: (path: string, results: Results) => Comparison,
])[] = [
  [/^rho_v_Classic/, 'classic density, mean speed', series('density_classic', 'speed_mean', never, null)],
  [
    /^rho_v_Voronoi.*blind_points_cut_off/,
    'Voronoi density, speed; cut-off',
    series('density_voronoi_cutoff', 'speed_voronoi_cutoff', never, null),
  ],
  [
    /^rho_v_Voronoi.*blind_points/,
    'Voronoi density, speed; any number of people',
    series(
      'density_voronoi',
      'speed_voronoi',
      tooFewForHelpers,
      'the rows from the last frame with 4 people on, a known fault of the reference',
    ),
  ],
  [/^rho_v_Voronoi/, 'Voronoi density, speed', series('density_voronoi', 'speed_voronoi', never, null)],
  [/^Flow_NT/, 'N–t', cumulative],
  [/^FDFlowVelocity/, 'flow and speed, by window', flowAndSpeed],
  [/^FDTinTout/, 'passing density and speed', passages],
  [/^Profile_rho_Voronoi/, 'profile: Voronoi density', profile('density')],
  [/^Profile_v_Voronoi/, 'profile: Voronoi speed', profile('speedVoronoi')],
  [/^Profile_v_Arithmetic/, 'profile: arithmetic speed', profile('speedArithmetic')],
];

/** Compares one file of the reference; null when its name stands for nothing that is known here. */
export const compareFile = (path: string, results: Results): ({ method: string } & Comparison) | null => {
  const found = METHODS.find(([name]) => name.test(basename(path)));
  return found ? { method: found[1], ...found[2](path, results) } : null;
};
