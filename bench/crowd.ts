/**
 * How fast crowd science is from end to end: Voronoi density and speed of the bottleneck experiment with the reading of
 * its file (when the data is here), beside what PedPy takes; and every method at once, as a live camera would want it.
 *
 *   npm run bench -- crowd
 */
import { existsSync } from 'node:fs';
import { loadSite } from '../src/site/index.ts';
import { frameNumber, mediaTimeMs, type Positions, SITE_DEFAULTS, type Site } from '../src/contract/index.ts';
import { createWalkableArea, createZonePieces } from '../src/ground/index.ts';
import {
  CentralVelocity,
  createTessellation,
  createTrajectoryMeter,
  createVoronoiCells,
} from '../src/measure/index.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from '../src/measure/density/voronoi-density.ts';
import { openTrajectories } from '../src/trajectory/index.ts';
import { median, print } from './figures.ts';
import { crowdScene, type Scene } from './voronoi-scenes.ts';

const TRAJECTORIES = '../shared/data/pedpy-bottleneck/traj.txt';
const SITE = 'scripts/verify/bottleneck.site.yaml';

/** What is made of the file; PedPy (NumPy, SciPy, Shapely) takes so long for the same on one core of such a machine. */
interface Kind {
  readonly what: string;
  readonly withCutoff: boolean;
  /** Every cell, as PedPy does; otherwise those that may reach into the zone, which is all that its figures need. */
  readonly all: boolean;
  readonly pedpyS: number;
}
const KINDS: readonly Kind[] = [
  { what: 'file to Voronoi density and speed', withCutoff: false, all: false, pedpyS: 7 },
  { what: 'the same, every cell', withCutoff: false, all: true, pedpyS: 7 },
  { what: 'with a cut-off', withCutoff: true, all: false, pedpyS: 10.5 },
  { what: 'with a cut-off, every cell', withCutoff: true, all: true, pedpyS: 10.5 },
];
const PASSES = 9;
const FRAME_RATE = 10;

/** Reads the file and measures density and speed of the zone in every frame; returns the frames measured. */
const measureFile = async (
  { walkable: rings = [], zones, analysis }: Site,
  { withCutoff, all }: Kind,
): Promise<number> => {
  const file = await openTrajectories(TRAJECTORIES);
  const tessellation = createTessellation({ walkable: createWalkableArea(rings) });
  const { cutoff } = analysis;
  const cells = createVoronoiCells({ tessellation, ...(withCutoff && cutoff && { cutoff }) });
  const pieces = zones.flatMap((zone) => ('polygon' in zone ? [createZonePieces(zone.polygon)] : []));
  const figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
  const covered = new Float64Array(file.people);
  let frames = 0;
  const velocity = new CentralVelocity(analysis.speedFrames, (positions, { speedMps }) => {
    tessellation.locate(positions);
    cells.update(all ? undefined : pieces);
    for (const zone of pieces) {
      coveredArea(cells, zone, covered);
      voronoiFigures(cells, covered, speedMps, zone.areaM2, figures);
    }
    frames++;
  });
  for (const positions of file.positions()) velocity.push(positions);
  velocity.flush();
  return frames;
};

const reportFile = async (): Promise<void> => {
  if (!existsSync(TRAJECTORIES)) {
    console.error(`skipped: ${TRAJECTORIES} is not here`);
    return;
  }
  const site = await loadSite(SITE);
  for (const kind of KINDS) {
    const seconds: number[] = [];
    for (let pass = 0; pass < PASSES; pass++) {
      const started = performance.now();
      await measureFile(site, kind);
      seconds.push((performance.now() - started) / 1000);
    }
    const [firstS = Number.NaN, ...warm] = seconds;
    const medianS = median(warm);
    const { what, pedpyS } = kind;
    print({ bench: 'crowd', what, firstS, medianS, pedpyS, timesAsFast: pedpyS / medianS });
  }
};

/** Frames of a scene as a camera of ten frames a second would have them. */
const asSeen = ({ frames }: Scene): Positions[] =>
  frames.map(({ positions }, frame) => ({
    ...positions,
    frame: frameNumber(frame),
    timeMs: mediaTimeMs((1000 * frame) / FRAME_RATE),
    id: positions.id.map((_, i) => i),
  }));

/** Every method on every frame, as {@link createTrajectoryMeter} joins them. */
const msPerFrame = (scene: Scene): number[] => {
  const { rings, zones } = scene;
  const meter = createTrajectoryMeter({
    zones: zones.map((polygon, i) => ({ id: `z${i}`, polygon: polygon.map(([x, y]): [number, number] => [x, y]) })),
    gates: [
      {
        id: 'g',
        line: [
          [1, 1],
          [6, 1],
        ],
      },
    ],
    walkable: rings,
    bounds: { minXM: 0, minYM: 0, maxXM: 100, maxYM: 100 },
    analysis: { ...SITE_DEFAULTS.analysis, cutoff: { radiusM: 0.8, segments: 3 } },
    frameRate: FRAME_RATE,
    frameStep: 1,
    minimumCount: 3,
  });
  const times: number[] = [];
  let started = performance.now();
  for (const _ of meter.measure(asSeen(scene))) {
    const now = performance.now();
    times.push(now - started);
    started = now;
  }
  return times.slice(times.length >> 1);
};

/** `npm run bench -- crowd`. */
export const runCrowdBench = async (): Promise<void> => {
  await reportFile();
  for (const [people, frames] of [
    [100, 600],
    [1000, 120],
    [10_000, 24],
  ] as const) {
    const ms = median(msPerFrame(crowdScene(people, frames)));
    print({
      bench: 'crowd',
      what: 'every method, each frame',
      people,
      msPerFrame: ms,
      usPerPerson: (1000 * ms) / people,
      framesPerS: 1000 / ms,
    });
  }
};
