import type { Gate, GroundGrid, Histogram, Point, Summary, Zone } from '../../contract/index.ts';
import type { OccupancyHistory } from '../history.ts';
import type { WindowDigest } from '../window-log.ts';

/** Where it was measured: what the page is drawn on. */
export interface ReportPlan {
  /** Zones of this camera, in metres or on its picture; `view` needs none. */
  readonly zones: readonly Zone[];
  /** Gates of this camera, in metres or on its picture. */
  readonly gates: readonly Gate[];
  /** What the camera sees of the ground, metres; null when that is not known. */
  readonly visibleArea: readonly Point[] | null;
  /** Width of the picture over its height. */
  readonly pictureAspect: number;
}

/** The place and its clock. */
export interface ReportSite {
  /** As people call it; null without a site file. */
  readonly name: string | null;
  /** IANA time zone. */
  readonly timezone: string;
}

/** What `finish` adds to the frames and windows. */
export interface ReportResults {
  readonly summary: Summary;
  /** Mean density in cells of the ground; null without calibration. */
  readonly grid: GroundGrid | null;
  /** Speeds of people, m/s, one entry per person and measured frame; null without calibration. */
  readonly speeds: Histogram | null;
}

/** Everything that the page shows. */
export interface ReportData extends ReportResults {
  readonly site: ReportSite;
  readonly plan: ReportPlan;
  readonly histories: readonly OccupancyHistory[];
  readonly windows: WindowDigest;
}
