/**
 * Measures the crowds of all zones on the ground: the same for a camera's people and for those of a trajectory file.
 */
import type { CrowdWindow, Positions, ZoneSample, ZoneSummary } from '../../contract/index.ts';
import type { Steps } from '../flow/steps.ts';
import type { Motion } from '../speed/motion.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import type { CrowdBooks } from '../window/ledger.ts';
import { CrowdFields, type CrowdGround } from './crowd-fields.ts';
import type { CrowdZone } from './crowd-zone.ts';
import { ZoneCrowd } from './zone-crowd.ts';

/** Where crowds are measured. */
export interface CrowdMeterOptions {
  readonly ground: CrowdGround;
  /** Null for a zone that is not on the ground: nothing is said about its crowd. */
  readonly zones: readonly (CrowdZone | null)[];
  readonly detection: DetectionError;
  /** A mean stay of fewer people than this is not told. */
  readonly minimumCount: number;
}

/** Follows the crowds of all zones, frame by frame. */
export class CrowdMeter implements CrowdBooks {
  readonly fields: CrowdFields;
  readonly #zones: readonly (ZoneCrowd | null)[];

  constructor({ ground, zones, detection, minimumCount }: CrowdMeterOptions) {
    this.fields = new CrowdFields(ground);
    this.#zones = zones.map(
      (zone) => zone && new ZoneCrowd({ zone, analysis: ground.analysis, detection, minimumCount }, this.fields),
    );
  }

  /**
   * Takes one frame.
   *
   * @param motion  of the same people, in the same order
   * @param seconds how long the frame stands for, s
   * @param insideOf who is in a zone: 1 for each of the positions that is a person in it, else 0
   * @param samples of the zones, in their order: gets the figures of the crowd
   * @returns where each step of the frame led
   */
  measure(
    positions: Positions,
    motion: Motion,
    seconds: number,
    insideOf: (zone: number) => Uint8Array,
    samples: readonly ZoneSample[],
  ): Steps {
    const frame = this.fields.update(positions, motion, seconds);
    for (const [i, zone] of this.#zones.entries()) zone?.measure(this.fields, frame, insideOf(i), samples[i]);
    return frame.steps;
  }

  /** Ends what is gathered over stretches of time, so that a window has all of its own. To be called before its zones'. */
  endStretch(): void {
    if (this.fields.congestion.close()) for (const zone of this.#zones) zone?.addCongestion(this.fields);
  }

  /** Ends a window of one zone and tells of it; null for one that is not on the ground. */
  close(zone: number, measuredS: number): CrowdWindow | null {
    return this.#zones[zone]?.close(measuredS) ?? null;
  }

  /** One zone over the whole recording; what is not known has no key. */
  summary(zone: number, measuredS: number): Partial<ZoneSummary> {
    return this.#zones[zone]?.summary(measuredS) ?? {};
  }

  /** Ends the measurement: who is there now is still there. */
  finish(): void {
    for (const zone of this.#zones) zone?.finish();
  }
}
