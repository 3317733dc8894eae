/**
 * The crowd of one zone: what every method of the room says about it, frame by frame and window by window.
 */
import {
  type Analysis,
  type CrowdWindow,
  type Positions,
  type ZoneSample,
  type ZoneSummary,
} from '../../contract/index.ts';
import { type ConvexPieces, createZonePieces, flatPolygon } from '../../ground/index.ts';
import { coveredArea, type VoronoiFigures, voronoiFigures } from '../density/voronoi-density.ts';
import type { VoronoiCells } from '../density/voronoi-cells.ts';
import { DwellMeter } from '../queue/dwell.ts';
import { QueueMeter } from '../queue/queue-length.ts';
import { timeToClear } from '../queue/time-to-clear.ts';
import { ifKnown } from '../window/if-known.ts';
import { zoneCells, zoneMax, zoneMean } from '../space/field-grid.ts';
import type { Motion } from '../speed/motion.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import type { SpeedErrors } from '../uncertainty/speed-error.ts';
import { voronoiDensityVariance, voronoiSpeedErrors } from '../uncertainty/voronoi-error.ts';
import type { CrowdFields, CrowdFrame } from './crowd-fields.ts';
import { CrowdTally } from './crowd-tally.ts';
import { type CrowdReading, CrowdTotals } from './crowd-totals.ts';
import type { CrowdZone } from './crowd-zone.ts';
import { CapacityWatch } from './capacity-watch.ts';

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

/** A zone, and how its crowd is measured. */
interface ZoneCrowdOptions {
  readonly zone: CrowdZone;
  readonly analysis: Analysis;
  readonly detection: DetectionError;
  readonly minimumCount: number;
}

/** Follows one zone. */
export class ZoneCrowd {
  readonly #zone: CrowdZone;
  readonly #pieces: ConvexPieces;
  readonly #fieldCells: Uint32Array;
  readonly #analysis: Analysis;
  readonly #detection: DetectionError;
  readonly #whole: CrowdTotals;
  #window: CrowdTally;
  readonly #dwell: DwellMeter;
  readonly #queue = new QueueMeter();
  readonly #capacity = new CapacityWatch();
  readonly #reading = newReading();
  readonly #figures: VoronoiFigures = { densityPerM2: 0, speedMps: null };
  readonly #errors: SpeedErrors = { meanMps: 0, measuredVariance: 0, sampleVariance: 0 };
  #coveredM2 = new Float64Array(64);
  #people = 0;

  constructor({ zone, analysis, detection, minimumCount }: ZoneCrowdOptions, fields: CrowdFields) {
    this.#zone = zone;
    this.#pieces = createZonePieces(zone.corners);
    this.#fieldCells = zoneCells(fields.grid, zone.corners);
    this.#analysis = analysis;
    this.#detection = detection;
    this.#whole = new CrowdTotals(zone, analysis);
    this.#window = new CrowdTally(zone, analysis);
    this.#dwell = new DwellMeter(flatPolygon(zone.corners), { minimumStays: minimumCount });
  }

  /**
   * Takes one frame, and writes what it shows into a sample.
   *
   * @param inside 1 for each of the positions that is a person in the zone, else 0
   */
  measure(fields: CrowdFields, frame: CrowdFrame, inside: Uint8Array, sample: ZoneSample): void {
    const { positions, motion } = frame;
    if (this.#coveredM2.length < positions.count) this.#coveredM2 = new Float64Array(2 * positions.count);
    this.#countPeople(positions, inside);
    const reading = this.#reading;
    reading.densityPerM2 = this.#people / this.#zone.area.value;
    this.#measureCells(fields.cells, positions, motion);
    this.#measureSpread(motion, inside);
    reading.pressurePerS2 = zoneMax(fields.pressurePerS2, this.#fieldCells);
    reading.densityPeakPerM2 = zoneMax(fields.densityPerM2, this.#fieldCells);
    this.#whole.add(reading, frame);
    this.#window.add(reading, frame, inside);
    if (fields.hasCongestion) this.addCongestion(fields);
    this.#dwell.update(positions, inside);
    this.#queue.update(positions, inside, motion.speedMps);
    sample.densityVoronoiPerM2 = reading.densityVoronoiPerM2;
    sample.speedVoronoiMps = reading.speedVoronoiMps;
    sample.pressurePerS2 = reading.pressurePerS2;
    this.#measureCut(fields.cutCells, motion, sample);
  }

  #countPeople({ count }: Positions, inside: Uint8Array): void {
    this.#people = 0;
    for (let i = 0; i < count; i++) this.#people += inside[i];
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
  #measureSpread({ count, speedMps }: Motion, inside: Uint8Array): void {
    let known = 0;
    let mean = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      if (inside[i] === 0 || Number.isNaN(speedMps[i])) continue;
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
    this.#window.addCongestion(level, number);
  }

  /** Ends a window and tells of it. */
  close(measuredS: number): CrowdWindow {
    const tally = this.#window;
    this.#window = new CrowdTally(this.#zone, this.#analysis);
    const edieFlowPerMS = tally.flow(measuredS, this.#detection);
    const dwell = this.#dwell.takeWindow();
    const queue = this.#queue.takeWindow(measuredS);
    const occupancy = measuredS > 0 ? this.#people : null;
    const { entered, left } = dwell;
    return {
      densityVoronoiPerM2: tally.totals.density(measuredS, this.#detection),
      speedVoronoiMps: tally.totals.speed(measuredS, this.#detection),
      edieFlowPerMS,
      pressurePerS2: tally.pressure(measuredS),
      pressureMaxPerS2: tally.totals.pressureMax,
      densityPeakPerM2: tally.totals.densityPeak,
      congestionLevelPerM: tally.congestionLevelPerM,
      congestionNumber: tally.congestionNumber,
      counterflowIndex: tally.counterflowIndex,
      stopAndGoShare: tally.stopAndGoShare,
      pastCapacity: this.#capacity.add(tally.edieDensityPerM2, edieFlowPerMS.value),
      timeInLevelsS: tally.totals.timeInLevelsS,
      dwellS: dwell.completedS,
      queueLength: queue.people,
      queueExtentM: queue.extentM,
      timeToClearS: timeToClear({ occupancy, entered, left, windowS: measuredS })?.timeS ?? null,
    };
  }

  /** Ends the measurement. */
  finish(): void {
    this.#dwell.finish();
  }

  /** Over the whole recording; what is not known has no key. */
  summary(measuredS: number): Partial<ZoneSummary> {
    const density = this.#whole.density(measuredS, this.#detection);
    const speed = this.#whole.speed(measuredS, this.#detection);
    const { densityPeak, pressureMax, timeInLevelsS } = this.#whole;
    return {
      timeInLevelsS: { ...timeInLevelsS },
      ...ifKnown(density.value, (densityVoronoiPerM2) => ({ densityVoronoiPerM2 })),
      ...ifKnown(density.standardError, (error) => ({ densityVoronoiStandardErrorPerM2: error })),
      ...ifKnown(speed.value, (speedVoronoiMps) => ({ speedVoronoiMps })),
      ...ifKnown(speed.standardError, (error) => ({ speedVoronoiStandardErrorMps: error })),
      ...ifKnown(densityPeak, (densityPeakPerM2) => ({ densityPeakPerM2 })),
      ...ifKnown(pressureMax, (pressureMaxPerS2) => ({ pressureMaxPerS2 })),
      ...ifKnown(this.#dwell.whole().completedS.value, (dwellS) => ({ dwellS })),
    };
  }
}
