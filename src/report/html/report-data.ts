import type { Analysis, Gate, GroundGrid, Histogram, Point, Summary, Zone } from '../../contract/index.ts';
import type { GateHistory, ZoneHistory } from '../history.ts';
import type { WindowDigest } from '../window-log.ts';

/** What a report is made of: a camera's recording, or a file of who was where. */
export type ReportKind = 'camera' | 'trajectories';

/** Where it was measured: what the page is drawn on. */
export interface ReportPlan {
  /** Zones of this camera, in metres or on its picture; `view` needs none. */
  readonly zones: readonly Zone[];
  /** Gates of this camera, in metres or on its picture. */
  readonly gates: readonly Gate[];
  /** Where people can walk: outer ring, then holes, metres; null when the site file does not say. */
  readonly walkable: readonly (readonly Point[])[] | null;
  /** What the camera sees of the ground, metres; null when that is not known, or without a camera. */
  readonly visibleArea: readonly Point[] | null;
  /** Width of the picture over its height; null without a camera. */
  readonly pictureAspect: number | null;
}

/** The choices behind the figures, for the words of the page. */
export interface ReportMethods {
  readonly analysis: Analysis;
  /** Fewer people than this leave the map quiet. */
  readonly minimumCount: number;
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
  /** Mean density and speed in cells of the ground; null without calibration. */
  readonly grid: GroundGrid | null;
  /** Speeds of people, m/s, one entry per person and measured frame; null without calibration. */
  readonly speeds: Histogram | null;
}

/** Everything that the page shows. */
export interface ReportData extends ReportResults {
  readonly kind: ReportKind;
  readonly site: ReportSite;
  readonly plan: ReportPlan;
  readonly methods: ReportMethods;
  readonly zones: readonly ZoneHistory[];
  readonly gates: readonly GateHistory[];
  readonly windows: WindowDigest;
}
