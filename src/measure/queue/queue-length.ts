/**
 * Queue length: people in a zone who stand or creep.
 */
import type { Estimate, Positions } from '../../contract/index.ts';
import { grown } from '../track-slots.ts';
import { BatchedMean, UNKNOWN } from '../statistics/series.ts';
import { Groups } from './groups.ts';
import { countStanding, CREEPING_MPS, type Standing } from './standing.ts';

/** Who is taken to queue. */
export interface QueueOptions {
  /** Slower than this is standing or creeping, m/s. Default {@link CREEPING_MPS}. */
  readonly maxSpeedMps?: number;
  /**
   * People queue only beside another who does, no further away than this, m. Without it everybody slow counts, a
   * lone one too. 1.5 is ample: people wait 0.4 to 1.2 m apart.
   */
  readonly linkM?: number;
}

/** A link so long joins everybody slow: for the largest queue where none is given. */
const DEFAULT_LINK_M = 1.5;

/** The queue at one instant. */
export interface QueueSample extends Standing {
  /** People in the longest group of them. */
  largest: number;
  /** Its extent along its principal axis, m; 0 for one person. A bent queue is longer than it extends. */
  extentM: number;
}

/** The queue over a window. */
export interface QueueFigures {
  /** Mean number of people who queue. */
  readonly people: Estimate;
  readonly peopleMax: number | null;
  /** Mean and greatest extent of the longest group, m. */
  readonly extentM: Estimate;
  readonly extentMaxM: number | null;
  /** Mean number of people in the zone whose speed is not known: the queue may be so much longer. */
  readonly unknownMean: number | null;
}

/** Sums of one stretch of time. */
class QueueTally {
  readonly #people = new BatchedMean();
  readonly #extent = new BatchedMean();
  readonly #unknown = new BatchedMean();
  #peopleMax: number | null = null;
  #extentMaxM: number | null = null;

  add({ people, unknown, extentM }: QueueSample): void {
    this.#unknown.add(unknown);
    if (people === null) return;
    this.#people.add(people);
    this.#extent.add(extentM);
    this.#peopleMax = Math.max(this.#peopleMax ?? 0, people);
    this.#extentMaxM = Math.max(this.#extentMaxM ?? 0, extentM);
  }

  figures(measuredS: number): QueueFigures {
    return {
      people: estimateOf(this.#people, measuredS),
      peopleMax: this.#peopleMax,
      extentM: estimateOf(this.#extent, measuredS),
      extentMaxM: this.#extentMaxM,
      unknownMean: this.#unknown.mean,
    };
  }
}

const estimateOf = (series: BatchedMean, measuredS: number): Estimate =>
  series.mean === null ? UNKNOWN : { value: series.mean, standardError: series.believableError(measuredS) };

/**
 * Measures the queue in one zone, frame by frame.
 *
 * Caveats: people who stand about and talk are slow too, which only the zone's place can tell from a queue; a person
 * whose speed is not known yet, about the first second of a track, is not counted.
 */
export class QueueMeter {
  readonly #maxSpeedMps: number;
  readonly #linked: boolean;
  readonly #groups: Groups;
  #window = new QueueTally();
  /** Those who are slow, and how many are in the group that each stands for. */
  #x = new Float64Array(64);
  #y = new Float64Array(64);
  #size = new Float64Array(64);
  readonly #sample: QueueSample = { people: 0, unknown: 0, largest: 0, extentM: 0 };

  constructor({ maxSpeedMps = CREEPING_MPS, linkM }: QueueOptions = {}) {
    this.#maxSpeedMps = maxSpeedMps;
    this.#linked = linkM !== undefined;
    this.#groups = new Groups(linkM ?? DEFAULT_LINK_M);
  }

  /**
   * Takes one frame.
   *
   * @param inside   1 for each of the positions that is a person in the zone, as `measureOccupancy` says
   * @param speedMps in the order of the positions, NaN where unknown
   * @returns what the next call overwrites
   */
  update(positions: Positions, inside: Uint8Array, speedMps: Float64Array): QueueSample {
    const sample = this.#sample;
    const slow = this.#gather(positions, inside, speedMps);
    const roots = this.#groups.find(this.#x, this.#y, slow);
    const queueing = this.#countGroups(roots, slow);
    if (sample.people !== null) sample.people = queueing;
    this.#window.add(sample);
    return sample;
  }

  /**
   * The queue since this was last asked.
   *
   * @param measuredS time that was measured since then, s
   */
  takeWindow(measuredS: number): QueueFigures {
    const figures = this.#window.figures(measuredS);
    this.#window = new QueueTally();
    return figures;
  }

  /** Collects the slow people of the zone; returns how many. */
  #gather(positions: Positions, inside: Uint8Array, speedMps: Float64Array): number {
    if (this.#x.length < positions.count) {
      this.#x = grown(this.#x, 2 * positions.count);
      this.#y = grown(this.#y, 2 * positions.count);
      this.#size = grown(this.#size, 2 * positions.count);
    }
    countStanding(positions, inside, speedMps, this.#maxSpeedMps, this.#sample);
    let slow = 0;
    for (let i = 0; i < positions.count; i++) {
      if (inside[i] === 0 || Number.isNaN(positions.x[i]) || Number.isNaN(positions.y[i])) continue;
      if (!(speedMps[i] < this.#maxSpeedMps)) continue;
      this.#x[slow] = positions.x[i];
      this.#y[slow++] = positions.y[i];
    }
    return slow;
  }

  /** Sizes of the groups and the longest of the largest; returns how many people queue. */
  #countGroups(roots: Int32Array, slow: number): number {
    const sample = this.#sample;
    this.#size.fill(0, 0, slow);
    for (let i = 0; i < slow; i++) this.#size[roots[i]]++;
    sample.largest = 0;
    let queueing = 0;
    for (let i = 0; i < slow; i++) {
      if (this.#linked && this.#size[roots[i]] < 2) continue;
      queueing++;
      sample.largest = Math.max(sample.largest, this.#size[roots[i]]);
    }
    sample.extentM = 0;
    // Of groups of one size the longest, so that the order of people does not matter.
    for (let i = 0; i < slow; i++) {
      if (roots[i] !== i || this.#size[i] !== sample.largest || sample.largest < 2) continue;
      sample.extentM = Math.max(sample.extentM, principalExtent(this.#x, this.#y, roots, slow, i));
    }
    return queueing;
  }
}

/** Extent of one group along the axis of its greatest variance, m. */
const principalExtent = (x: Float64Array, y: Float64Array, roots: Int32Array, count: number, root: number): number => {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < count; i++) {
    if (roots[i] !== root) continue;
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    n++;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (x[i] - meanX);
    xy += dx * (y[i] - meanY);
    yy += dy * (y[i] - meanY);
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (roots[i] !== root) continue;
    const along = (x[i] - meanX) * Math.cos(angle) + (y[i] - meanY) * Math.sin(angle);
    least = Math.min(least, along);
    most = Math.max(most, along);
  }
  return most - least;
};
