/**
 * What is computed once a frame for a whole crowd, before anybody looks at it zone by zone: Voronoi cells, fields of
 * density and pressure, who stops and goes, who went where.
 */
import type { Analysis, Point, Positions } from '../../contract/index.ts';
import type { WalkableArea } from '../../ground/index.ts';
import { KernelField } from '../density/kernel-field.ts';
import { createTessellation, type Tessellation } from '../density/voronoi.ts';
import { createVoronoiCells, type VoronoiCells } from '../density/voronoi-cells.ts';
import { StepTracker, type Steps } from '../flow/steps.ts';
import { type FieldGrid, fieldGrid, maskOf } from '../space/field-grid.ts';
import type { Motion } from '../speed/motion.ts';
import { Congestion } from './congestion.ts';
import { CrowdPressure } from './crowd-pressure.ts';
import { StopAndGo } from './stop-and-go.ts';

/** The ground that a crowd is on, and how it is looked at. */
export interface CrowdGround {
  readonly walkable: WalkableArea;
  /** Convex outline of what is seen, m; without it all of the walkable area is. */
  readonly bounds?: readonly Point[];
  readonly analysis: Analysis;
  /** Frames a second, as announced. */
  readonly frameRate: number;
  /**
   * Whether an id is the same person however long they were missing, as in a trajectory file: then they have crossed
   * a gate when they are found on its other side. A camera's ids are forgotten.
   */
  readonly idsLast?: boolean;
}

/**
 * Side of a field's cell, m: that of the profiles, but no finer than half a kernel's width, below which a smooth field
 * shows nothing more (its peak reads at most 6 % low) and costs the square of it.
 */
const fieldCellM = ({ gridM, kernelM, pressureRadiusM }: Analysis): number =>
  Math.max(gridM, Math.min(kernelM, pressureRadiusM / Math.SQRT2) / 2);

const gridOver = ({ originX, originY, box }: WalkableArea, cellM: number): FieldGrid =>
  fieldGrid(
    { left: originX + box.left, bottom: originY + box.bottom, right: originX + box.right, top: originY + box.top },
    cellM,
  );

/** Cells of the fields of density and pressure, and 1 for each that people can walk on. */
export const crowdGrid = (walkable: WalkableArea, analysis: Analysis): { grid: FieldGrid; mask: Uint8Array } => {
  const grid = gridOver(walkable, fieldCellM(analysis));
  const isWalkable = ([x, y]: Point): boolean => walkable.pieceAt(x - walkable.originX, y - walkable.originY) >= 0;
  return { grid, mask: maskOf(grid, isWalkable) };
};

/** One frame of a crowd. Overwritten by the next. */
export interface CrowdFrame {
  positions: Positions;
  motion: Motion;
  steps: Steps;
  /** Who stops and goes, in the order of the positions; see {@link StopAndGo}. */
  manner: Int8Array;
  /** How long the frame stands for, s. */
  seconds: number;
}

/** Who was unseen for a second made no step that is known; where frames are further apart, for a frame and a half. */
const longestStepMs = (frameRate: number): number => Math.max(1000, 1500 / frameRate);

/** Follows a crowd frame by frame. What it holds is of the last frame, and overwritten by the next. */
export class CrowdFields {
  readonly grid: FieldGrid;
  readonly cells: VoronoiCells;
  /** Null without a cut-off. */
  readonly cutCells: VoronoiCells | null;
  readonly congestion: Congestion;
  /** Whether the fields of congestion are new with this frame. */
  hasCongestion = false;
  /** People/m², by cell of the grid. */
  readonly densityPerM2: Float64Array;
  /** 1/s², by cell of the grid. */
  readonly pressurePerS2: Float64Array;
  readonly #tessellation: Tessellation;
  readonly #density: KernelField;
  readonly #pressure: CrowdPressure;
  readonly #stopAndGo = new StopAndGo();
  readonly #steps: StepTracker;

  constructor({ walkable, bounds, analysis, frameRate, idsLast = false }: CrowdGround) {
    const { cutoff, kernelM, pressureRadiusM } = analysis;
    this.#tessellation = createTessellation({ walkable, ...(bounds && { bounds }) });
    this.cells = createVoronoiCells({ tessellation: this.#tessellation });
    this.cutCells = cutoff ? createVoronoiCells({ tessellation: this.#tessellation, cutoff }) : null;
    const { grid, mask } = crowdGrid(walkable, analysis);
    this.grid = grid;
    this.#density = new KernelField(this.grid, mask, kernelM);
    this.#pressure = new CrowdPressure(this.grid, mask, pressureRadiusM);
    this.densityPerM2 = this.#density.densityPerM2;
    this.pressurePerS2 = this.#pressure.pressurePerS2;
    this.congestion = new Congestion(this.grid);
    this.#steps = new StepTracker({
      maxWayMs: longestStepMs(frameRate),
      ...(idsLast
        ? { maxGapMs: Number.POSITIVE_INFINITY, lifeMs: Number.POSITIVE_INFINITY }
        : { maxGapMs: longestStepMs(frameRate) }),
    });
  }

  /**
   * Takes one frame.
   *
   * @param seconds how long it stands for, s
   */
  update(positions: Positions, motion: Motion, seconds: number): CrowdFrame {
    this.#tessellation.locate(positions);
    this.cells.update();
    this.cutCells?.update();
    this.#density.update(positions);
    this.#pressure.update(positions, motion);
    this.hasCongestion = this.congestion.add(positions, motion);
    const steps = this.#steps.update(positions);
    const manner = this.#stopAndGo.update(positions, motion);
    return { positions, motion, steps, manner, seconds };
  }
}
