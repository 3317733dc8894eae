/**
 * The crowd of one zone: what every method of the room says about it, frame by frame and window by window.
 */
import {
  type Analysis,
  type CrowdWindow,
  PERSON_CLASS_INDEX,
  type Positions,
  type ZoneSample,
  type ZoneSummary,
} from '../../contract/index.ts';
import {
  type ConvexPieces,
  createZonePieces,
  type FlatPolygon,
  flatPolygon,
  pointStrictlyInPolygon,
} from '../../ground/index.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from '../density/voronoi-density.ts';
import type { VoronoiCells } from '../density/voronoi-cells.ts';
import { DwellMeter } from '../queue/dwell.ts';
import { QueueMeter } from '../queue/queue-length.ts';
import { timeToClear } from '../queue/time-to-clear.ts';
import { zoneCells, zoneMax, zoneMean } from '../space/field-grid.ts';
import type { Motion } from '../speed/motion.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import type { SpeedErrors } from '../uncertainty/speed-error.ts';
import { voronoiDensityVariance, voronoiSpeedErrors } from '../uncertainty/voronoi-error.ts';
import type { CrowdFields, CrowdFrame } from './crowd-fields.ts';
import { type CrowdReading, CrowdTally, type CrowdZone } from './crowd-tally.ts';
import { CapacityWatch } from './fundamental-diagram.ts';

const newReading = (): CrowdReading => ({
  densityVoronoiPerM2: 0,
  densityVariance: 0,
  speedVoronoiMps: null,
  speedVariance: 0,
  betweenVariance: 0,
  knownShare: 1,
  densityPeakPerM2: null,
  pressurePerS2: null,
  densityPerM2: 0,
});

/** Follows one zone. */
export class ZoneCrowd {
  readonly #zone: CrowdZone;
  readonly #border: FlatPolygon;
  readonly #pieces: ConvexPieces;
  readonly #fieldCells: Uint32Array;
  readonly #analysis: Analysis;
  readonly #detection: DetectionError;
  readonly #whole: CrowdTally;
  #window: CrowdTally;
  readonly #dwell: DwellMeter;
  readonly #queue = new QueueMeter();
  readonly #capacity = new CapacityWatch();
  readonly #reading = newReading();
  readonly #figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
  readonly #errors: SpeedErrors = { meanMps: 0, measuredVariance: 0, sampleVariance: 0 };
  #inside = new Uint8Array(64);
  #coveredM2 = new Float64Array(64);
  #people = 0;

  constructor(zone: CrowdZone, fields: CrowdFields, analysis: Analysis, detection: DetectionError) {
    this.#zone = zone;
    this.#border = flatPolygon(zone.corners);
    this.#pieces = createZonePieces(zone.corners);
    this.#fieldCells = zoneCells(fields.grid, zone.corners);
    this.#analysis = analysis;
    this.#detection = detection;
    this.#whole = new CrowdTally(zone, analysis);
    this.#window = new CrowdTally(zone, analysis);
    this.#dwell = new DwellMeter(this.#border);
  }

  /** Takes one frame, and writes what it shows into a sample. */
  measure(fields: CrowdFields, frame: CrowdFrame, sample: ZoneSample): void {
    const { positions, motion } = frame;
    this.#reserve(positions.count);
    this.#locate(positions);
    const reading = this.#reading;
    reading.densityPerM2 = this.#people / this.#zone.area.value;
    this.#measureCells(fields.cells, positions, motion);
    this.#measureSpread(motion);
    reading.pressurePerS2 = zoneMax(fields.pressurePerS2, this.#fieldCells);
    reading.densityPeakPerM2 = zoneMax(fields.densityPerM2, this.#fieldCells);
    this.#whole.add(reading, frame, this.#inside);
    this.#window.add(reading, frame, this.#inside);
    if (fields.hasCongestion) this.addCongestion(fields);
    this.#dwell.update(positions, this.#inside);
    this.#queue.update(positions, this.#inside, motion.speedMps);
    sample.densityVoronoiPerM2 = reading.densityVoronoiPerM2;
    sample.speedVoronoiMps = reading.speedVoronoiMps;
    sample.pressurePerS2 = reading.pressurePerS2;
    this.#measureCut(fields.cutCells, motion, sample);
  }

  #reserve(rows: number): void {
    if (rows <= this.#inside.length) return;
    this.#inside = new Uint8Array(2 * rows);
    this.#coveredM2 = new Float64Array(2 * rows);
  }

  #locate(positions: Positions): void {
    this.#people = 0;
    for (let i = 0; i < positions.count; i++) {
      const isPerson = positions.classIndex[i] === PERSON_CLASS_INDEX;
      this.#inside[i] = Number(isPerson && pointStrictlyInPolygon(this.#border, positions.x[i], positions.y[i]));
      this.#people += this.#inside[i];
    }
  }

  #measureCells(cells: VoronoiCells, positions: Positions, { speedMps, standardErrorMps }: Motion): void {
    const reading = this.#reading;
    const areaM2 = this.#zone.area.value;
    coveredArea(cells, this.#pieces, this.#coveredM2);
    voronoiFigures(cells, this.#coveredM2, speedMps, areaM2, this.#figures);
    reading.densityVoronoiPerM2 = this.#figures.densityPerM2;
    reading.speedVoronoiMps = this.#figures.speedMps;
    const { count, varianceXX, varianceYY } = positions;
    const ofZone = { count, cellAreaM2: cells.areaM2, coveredM2: this.#coveredM2, varianceXX, varianceYY };
    reading.densityVariance = voronoiDensityVariance(ofZone, areaM2);
    voronoiSpeedErrors(ofZone, speedMps, standardErrorMps, this.#errors);
    reading.speedVariance = this.#errors.measuredVariance;
  }

  /** How much the people's speeds differ, and of how many they are known. */
  #measureSpread({ count, speedMps }: Motion): void {
    let known = 0;
    let mean = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      if (this.#inside[i] === 0 || Number.isNaN(speedMps[i])) continue;
      known++;
      const before = speedMps[i] - mean;
      mean += before / known;
      squares += before * (speedMps[i] - mean);
    }
    this.#reading.betweenVariance = known > 1 ? squares / (known - 1) : 0;
    this.#reading.knownShare = this.#people > 0 ? known / this.#people : 1;
  }

  #measureCut(cells: VoronoiCells | null, { speedMps }: Motion, sample: ZoneSample): void {
    if (cells === null) return;
    coveredArea(cells, this.#pieces, this.#coveredM2);
    voronoiFigures(cells, this.#coveredM2, speedMps, this.#zone.area.value, this.#figures);
    sample.densityVoronoiCutoffPerM2 = this.#figures.densityPerM2;
    sample.speedVoronoiCutoffMps = this.#figures.speedMps;
  }

  /** Takes the fields of congestion, which are new. */
  addCongestion({ congestion }: CrowdFields): void {
    const level = zoneMean(congestion.levelPerM, this.#fieldCells);
    const number = zoneMean(congestion.number, this.#fieldCells);
    this.#whole.addCongestion(level, number);
    this.#window.addCongestion(level, number);
  }

  /** Ends a window and tells of it. */
  close(lengthS: number, measuredS: number): CrowdWindow {
    const tally = this.#window;
    this.#window = new CrowdTally(this.#zone, this.#analysis);
    const edieFlowPerMS = tally.flow(measuredS, this.#detection);
    const dwell = this.#dwell.takeWindow();
    const occupancy = measuredS > 0 ? this.#people : null;
    const { entered, left } = dwell;
    return {
      densityVoronoiPerM2: tally.density(measuredS, this.#detection),
      speedVoronoiMps: tally.speed(measuredS, this.#detection),
      edieFlowPerMS,
      pressurePerS2: tally.pressure,
      pressureMaxPerS2: tally.pressureMax,
      densityPeakPerM2: tally.densityPeak,
      congestionLevelPerM: tally.congestionLevelPerM,
      congestionNumber: tally.congestionNumber,
      counterflowIndex: tally.counterflowIndex,
      stopAndGoShare: tally.stopAndGoShare,
      pastCapacity: this.#capacity.add(tally.edieDensityPerM2, edieFlowPerMS.value),
      timeInLevelsS: tally.timeInLevelsS,
      dwellS: dwell.completedS,
      queueLength: this.#queue.takeWindow().people,
      timeToClearS: timeToClear({ occupancy, entered, left, windowS: lengthS })?.timeS ?? null,
    };
  }

  /** Ends the measurement. */
  finish(): void {
    this.#dwell.finish();
  }

  /** Over the whole recording; what is not known has no key. */
  summary(): Partial<ZoneSummary> {
    const { value: densityVoronoiPerM2 } = this.#whole.density(0, this.#detection);
    const { value: speedVoronoiMps } = this.#whole.speed(0, this.#detection);
    const { value: dwellS } = this.#dwell.whole().completedS;
    const { densityPeak, pressureMax } = this.#whole;
    return {
      timeInLevelsS: { ...this.#whole.timeInLevelsS },
      ...(densityVoronoiPerM2 !== null && { densityVoronoiPerM2 }),
      ...(speedVoronoiMps !== null && { speedVoronoiMps }),
      ...(densityPeak !== null && { densityPeakPerM2: densityPeak }),
      ...(pressureMax !== null && { pressureMaxPerS2: pressureMax }),
      ...(dwellS !== null && { dwellS }),
    };
  }
}
