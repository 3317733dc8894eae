/**
 * Measures the crowds of all zones on the ground: the same for a camera's people and for those of a trajectory file.
 */
import type { CrowdWindow, Positions, ZoneSample, ZoneSummary } from '../../contract/index.ts';
import type { Steps } from '../flow/steps.ts';
import type { Motion } from '../speed/motion.ts';
import type { DetectionError } from '../uncertainty/detection-error.ts';
import { CrowdFields, type CrowdGround } from './crowd-fields.ts';
import type { CrowdZone } from './crowd-tally.ts';
import { ZoneCrowd } from './zone-crowd.ts';

/** Where crowds are measured. */
export interface CrowdMeterOptions {
  readonly ground: CrowdGround;
  /** Null for a zone that is not on the ground: nothing is said about its crowd. */
  readonly zones: readonly (CrowdZone | null)[];
  readonly detection: DetectionError;
}

/** Follows the crowds of all zones, frame by frame. */
export class CrowdMeter {
  readonly fields: CrowdFields;
  readonly #zones: readonly (ZoneCrowd | null)[];

  constructor({ ground, zones, detection }: CrowdMeterOptions) {
    this.fields = new CrowdFields(ground);
    this.#zones = zones.map((zone) => zone && new ZoneCrowd(zone, this.fields, ground.analysis, detection));
  }

  /**
   * Takes one frame.
   *
   * @param motion  of the same people, in the same order
   * @param samples of the zones, in their order: gets the figures of the crowd
   * @returns where each step of the frame led
   */
  measure(positions: Positions, motion: Motion, samples: readonly ZoneSample[]): Steps {
    const frame = this.fields.update(positions, motion);
    for (const [i, zone] of this.#zones.entries()) zone?.measure(this.fields, frame, samples[i]);
    return frame.steps;
  }

  /** Ends what is gathered over stretches of time, so that a window has all of its own. To be called before its zones'. */
  endStretch(): void {
    if (this.fields.congestion.close()) for (const zone of this.#zones) zone?.addCongestion(this.fields);
  }

  /** Ends a window of one zone and tells of it; null for one that is not on the ground. */
  close(zone: number, lengthS: number, measuredS: number): CrowdWindow | null {
    return this.#zones[zone]?.close(lengthS, measuredS) ?? null;
  }

  /** One zone over the whole recording; what is not known has no key. */
  summary(zone: number): Partial<ZoneSummary> {
    return this.#zones[zone]?.summary() ?? {};
  }

  /** Ends the measurement: who is there now is still there. */
  finish(): void {
    for (const zone of this.#zones) zone?.finish();
  }
}
