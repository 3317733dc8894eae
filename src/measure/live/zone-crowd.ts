/**
 * The crowds of a camera's zones on the ground, a frame at a time, and nothing kept of them but who is still there.
 *
 * What `crowd/` gathers over windows and recordings is not here: only what an observation has a place for.
 */
import type { Aggregate, Analysis, Positions } from '../../contract/index.ts';
import { type ConvexPieces, createZonePieces, flatPolygon } from '../../ground/index.ts';
import { counterflowOf, measureWalkers, type Walkers } from '../crowd/counterflow.ts';
import { crowdGrid } from '../crowd/crowd-fields.ts';
import { CrowdPressure } from '../crowd/crowd-pressure.ts';
import type { CrowdZone } from '../crowd/crowd-zone.ts';
import { KernelField } from '../density/kernel-field.ts';
import { createTessellation, type Tessellation } from '../density/voronoi.ts';
import { createVoronoiCells, type VoronoiCells } from '../density/voronoi-cells.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from '../density/voronoi-density.ts';
import { DwellMeter } from '../queue/dwell.ts';
import { countStanding, CREEPING_MPS, type Standing } from '../queue/standing.ts';
import { type FieldGrid, zoneCells, zoneMax } from '../space/field-grid.ts';
import type { Motion } from '../speed/motion.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { voronoiDensityEstimate, voronoiDensityVariance } from '../uncertainty/voronoi-error.ts';
import type { LiveGround } from './plan.ts';
import { COLUMN, type Reading } from './reading.ts';

/** A mean of fewer stays than this is about somebody, whatever a site asks for. */
const LEAST_STAYS = 2;

/** One zone. */
class ZoneCrowd {
  readonly pieces: ConvexPieces;
  readonly dwell: DwellMeter;
  readonly #zone: CrowdZone;
  readonly #fieldCells: Uint32Array;
  readonly #detection: DetectionError;
  readonly #figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
  readonly #walkers: Walkers = { walking: 0, alike: 0 };
  readonly #standing: Standing = { people: 0, unknown: 0 };
  #coveredM2 = new Float64Array(64);

  constructor(zone: CrowdZone, grid: FieldGrid, detection: DetectionError, minimumCount: number) {
    this.#zone = zone;
    this.#detection = detection;
    this.pieces = createZonePieces(zone.corners);
    this.#fieldCells = zoneCells(grid, zone.corners);
    this.dwell = new DwellMeter(flatPolygon(zone.corners), { minimumStays: Math.max(LEAST_STAYS, minimumCount) });
  }

  /** Voronoi density. */
  measureCells(cells: VoronoiCells, positions: Positions, { speedMps }: Motion, zone: number, reading: Reading): void {
    const { count, varianceXX, varianceYY } = positions;
    const { area } = this.#zone;
    if (this.#coveredM2.length < count) this.#coveredM2 = new Float64Array(2 * count);
    coveredArea(cells, this.pieces, this.#coveredM2);
    voronoiFigures(cells, this.#coveredM2, speedMps, area.value, this.#figures);
    const mean = this.#figures.densityPerM2;
    const ofZone = { count, cellAreaM2: cells.areaM2, coveredM2: this.#coveredM2, varianceXX, varianceYY };
    const positionVariance = voronoiDensityVariance(ofZone, area.value);
    // Of one instant: what swings is told second by second.
    const tally = { mean, swing: 0, positionVariance, measuredS: 0 };
    const { standardError } = voronoiDensityEstimate(tally, area, this.#detection);
    reading.put(zone, COLUMN.densityVoronoiPerM2, mean, standardError ?? Number.NaN);
  }

  /** Where density and pressure are greatest. */
  measureFields(density: Float64Array, pressure: Float64Array, zone: number, reading: Reading): void {
    reading.put(zone, COLUMN.densityPeakPerM2, zoneMax(density, this.#fieldCells), Number.NaN);
    reading.put(zone, COLUMN.pressurePerS2, zoneMax(pressure, this.#fieldCells), Number.NaN);
  }

  /** Who walks which way, stands, comes and goes. */
  measureWays(positions: Positions, motion: Motion, inside: Uint8Array, zone: number, reading: Reading): void {
    measureWalkers(motion, inside, this.#walkers);
    reading.put(zone, COLUMN.counterflowIndex, counterflowOf(this.#walkers), Number.NaN);
    countStanding(positions, inside, motion.speedMps, CREEPING_MPS, this.#standing);
    reading.put(zone, COLUMN.standing, this.#standing.people, Number.NaN);
    this.dwell.update(positions, inside);
  }

  /** Stays that are over, once there are enough to be told together. */
  takeDwell(): Aggregate | null {
    const stays = this.dwell.takeCompleted();
    if (stays === null) return null;
    const { people, meanS, standardErrorS } = stays;
    const errorSum = standardErrorS === null ? null : standardErrorS * people;
    // The shortest and the longest would be somebody's.
    return { sum: meanS * people, weight: people, min: meanS, max: meanS, errorSum };
  }
}

/** What is followed, and how. */
interface ZoneCrowdsOptions {
  readonly ground: LiveGround;
  readonly analysis: Analysis;
  readonly detection: DetectionError;
  readonly minimumCount: number;
}

/** Follows the crowds of all zones. */
export class ZoneCrowds {
  readonly #zones: readonly (ZoneCrowd | null)[];
  readonly #pieces: readonly ConvexPieces[];
  readonly #tessellation: Tessellation;
  readonly #cells: VoronoiCells;
  readonly #density: KernelField;
  readonly #pressure: CrowdPressure;

  constructor({ ground, analysis, detection, minimumCount }: ZoneCrowdsOptions) {
    const { walkable, bounds } = ground;
    const { grid, mask } = crowdGrid(walkable, analysis);
    this.#zones = ground.zones.map((zone) => zone && new ZoneCrowd(zone, grid, detection, minimumCount));
    this.#pieces = this.#zones.flatMap((zone) => (zone ? [zone.pieces] : []));
    this.#tessellation = createTessellation({ walkable, ...(bounds && { bounds }) });
    this.#cells = createVoronoiCells({ tessellation: this.#tessellation });
    this.#density = new KernelField(grid, mask, analysis.kernelM);
    this.#pressure = new CrowdPressure(grid, mask, analysis.pressureRadiusM);
  }

  /**
   * Takes one frame.
   *
   * @param insideOf who is in a zone: 1 for each of the positions that is a person in it, else 0
   */
  measure(positions: Positions, motion: Motion, insideOf: (zone: number) => Uint8Array, reading: Reading): void {
    if (this.#pieces.length === 0) return;
    this.#tessellation.locate(positions);
    this.#cells.update(this.#pieces);
    const density = this.#density.update(positions);
    const pressure = this.#pressure.update(positions, motion);
    for (const [i, zone] of this.#zones.entries()) {
      if (zone === null) continue;
      zone.measureCells(this.#cells, positions, motion, i, reading);
      zone.measureFields(density, pressure, i, reading);
      zone.measureWays(positions, motion, insideOf(i), i, reading);
    }
  }

  /** Tracks end here. */
  interrupt(): void {
    for (const zone of this.#zones) zone?.dwell.interrupt();
  }

  /** Stays in one zone that are over, once there are enough to be told together. */
  takeDwell(zone: number): Aggregate | null {
    return this.#zones[zone]?.takeDwell() ?? null;
  }
}
