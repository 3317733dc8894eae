/**
 * What one camera measures of each second, for months on end: frames go in, what an observation holds comes out.
 *
 * ```
 * see ----> what a frame shows holds until the next ----+
 *                                                       +-- close --> zones, field, gates of a second
 * settle -> crossings, when they are sure --------------+
 * ```
 *
 * It keeps what is needed to tell of the second at hand, and who is there now: as much for a month as for a minute.
 */
import type {
  Analysis,
  DetectionQuality,
  FootPoints,
  Observation,
  Positions,
  ZoneObservation,
} from '../../contract/index.ts';
import { detectionErrorOf } from '../uncertainty/detection-error.ts';
import { LiveField } from './field.ts';
import { FrameReader } from './frame-reader.ts';
import { GateBooks, type Looked } from './gate-books.ts';
import { HeldReadings } from './held-readings.ts';
import type { Owner } from './own-part.ts';
import { type LivePlan, type LivePlanOptions, planLive } from './plan.ts';
import { SecondSums } from './second-sums.ts';

/** What is to be measured. */
export interface LiveMeterOptions extends LivePlanOptions {
  /** How well people are found; null (and by default) leaves the detector's errors out of every standard error. */
  readonly detection?: DetectionQuality | null;
  /** Parameters of the methods. */
  readonly analysis: Analysis;
  /** The field is of frames with as many people on it; stays are told of so many people at once, at least two. */
  readonly minimumCount: number;
  /** Frames measured a second, as announced: believed until the frames show it themselves. */
  readonly framesPerS: number;
  /** Who owns which part of the plan, and which of its cameras this is; adds `ownOccupancy`. */
  readonly ownership?: Owner | null;
}

/** What an observation holds of what was measured. */
export type SecondMeasurement = Pick<Observation, 'measuredS' | 'zones' | 'gates' | 'field'>;

/** Measures what one camera sees, second by second. Times are UTC in ms since 1970. */
export interface LiveMeter {
  /**
   * What is seen now: zones and the field are measured from it. A frame holds until the next one, at most for three
   * ordinary periods. One that has no time is left out; where time steps back, what was seen later than now is from a
   * clock that was wrong, and forgotten.
   *
   * @param footPoints of confirmed tracks; null where there is no picture
   * @param positions  of the same people in the same order; null where nothing is known in metres
   */
  see(footPoints: FootPoints | null, positions: Positions | null): void;
  /**
   * The same people with a little hindsight, at times of their own: gates are counted from it. Where there is no
   * hindsight it is called with what was seen.
   */
  settle(footPoints: FootPoints | null, positions: Positions | null): void;
  /**
   * Tracks end here: the camera was connected to again, or frames were lost for long. Nobody crosses a gate over it,
   * and no time is measured over it. What is still to be settled of the time before has to be settled first.
   */
  interrupt(): void;
  /**
   * Whether lengths on the ground can be believed, from now on. While they cannot, zones and gates in metres are
   * unknown, those on the picture have counts alone, and there is no field. People are followed anew from there;
   * frames of before that are settled later count for gates on the picture only.
   */
  setMetres(believed: boolean): void;
  /**
   * Ends a stretch of time, a second as a rule, and tells of it. The next begins at its end or later. It may be called
   * late: what was seen after it is kept for those that come. Crossings are told that became sure since the last call.
   *
   * @param startMs UTC
   * @param endMs   UTC
   */
  close(startMs: number, endMs: number): SecondMeasurement;
}

const timeOf = (footPoints: FootPoints | null, positions: Positions | null): number =>
  footPoints?.timeMs ?? positions?.timeMs ?? Number.NaN;

/** Joins the parts. */
class CameraSecondMeter implements LiveMeter {
  readonly #plan: LivePlan;
  readonly #held: HeldReadings;
  readonly #reader: FrameReader;
  readonly #gates: GateBooks;
  readonly #sums: SecondSums;
  readonly #field: LiveField | null;
  readonly #hasGround: boolean;
  #metres = true;
  /** Time of the last frame, and of the last frame before metres were believed again. */
  #seenMs = Number.NEGATIVE_INFINITY;
  #unbelievedMs = Number.NEGATIVE_INFINITY;

  constructor(options: LiveMeterOptions) {
    const { sight, analysis, minimumCount, framesPerS, ownership: owner = null } = options;
    const plan = planLive(options);
    const detection = detectionErrorOf(options.detection ?? null);
    this.#plan = plan;
    this.#hasGround = sight.kind === 'everywhere' || sight.calibration !== null;
    this.#held = new HeldReadings(plan.zones.length, 1000 / framesPerS);
    this.#reader = new FrameReader({ plan, analysis, detection, minimumCount, owner });
    // Who is known to be somewhere is known to have crossed.
    this.#gates = new GateBooks(plan.gates, detection, ...(sight.kind === 'everywhere' ? [Infinity] : []));
    this.#sums = new SecondSums(plan.zones.length);
    this.#field = plan.field && new LiveField({ ...plan.field, kernelM: analysis.kernelM, minimumCount });
  }

  get #inMetres(): boolean {
    return this.#hasGround && this.#metres;
  }

  see(footPoints: FootPoints | null, positions: Positions | null): void {
    const timeMs = timeOf(footPoints, positions);
    if (!Number.isFinite(timeMs)) return;
    // Where the clock stepped back, what is from before then is from before that too.
    if (timeMs < this.#seenMs) this.#unbelievedMs = Math.min(this.#unbelievedMs, timeMs);
    this.#seenMs = timeMs;
    const reading = this.#held.begin(timeMs);
    this.#reader.read(footPoints, this.#inMetres ? positions : null, this.#held.periodMs, reading);
  }

  settle(footPoints: FootPoints | null, positions: Positions | null): void {
    const timeMs = timeOf(footPoints, positions);
    if (!Number.isFinite(timeMs)) return;
    this.#gates.update(footPoints, this.#inMetres && timeMs > this.#unbelievedMs ? positions : null);
  }

  interrupt(): void {
    this.#held.interrupt();
    this.#reader.interrupt();
    this.#gates.interrupt();
  }

  setMetres(believed: boolean): void {
    if (believed === this.#metres) return;
    this.#metres = believed;
    this.#reader.interrupt();
    this.#gates.interrupt('ground');
    if (believed) this.#unbelievedMs = this.#seenMs;
  }

  close(startMs: number, endMs: number): SecondMeasurement {
    let measuredMs = 0;
    let groundMs = 0;
    this.#sums.clear();
    this.#field?.clear();
    this.#held.take(startMs, endMs, (reading, ms) => {
      measuredMs += ms;
      this.#sums.add(reading, ms / 1000);
      if (!reading.onGround) return;
      groundMs += ms;
      this.#field?.add(reading, ms / 1000);
    });
    const onGround = groundMs > 0;
    const looked = { onPicture: measuredMs > 0, onGround, inMetres: this.#inMetres || onGround };
    return {
      measuredS: measuredMs / 1000,
      zones: this.#plan.zones.map((_, index) => this.#tellZone(index, looked)),
      gates: this.#gates.close(startMs, looked),
      field: this.#field?.told() ?? null,
    };
  }

  #tellZone(index: number, { inMetres }: Looked): ZoneObservation {
    const { id, seenShare, areaM2 } = this.#plan.zones[index];
    const dwellS = this.#inMetres ? this.#reader.takeDwell(index) : null;
    return {
      zone: id,
      seenShare,
      areaM2: inMetres && areaM2 !== null ? areaM2.value : null,
      figures: { ...this.#sums.figures(index), ...(dwellS && { dwellS }) },
    };
  }
}

/**
 * A live meter for one camera, or for something that knows where everybody is.
 *
 * @example
 * const meter = createLiveMeter({ camera: 'square', zones, gates, sight, walkable, analysis, minimumCount, framesPerS });
 * meter.see(footPoints, positions); // each frame
 * meter.settle(settledFootPoints, settledPositions); // each frame, a second or two late
 * const { measuredS, zones, gates, field } = meter.close(startMs, startMs + 1000); // each second
 * @throws GROUND_AREA_INVALID, GROUND_AREA_EMPTY where the site's walkable area is none
 */
export const createLiveMeter = (options: LiveMeterOptions): LiveMeter => new CameraSecondMeter(options);
