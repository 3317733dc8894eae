/**
 * Site totals: people in zones that several cameras see together, each counted once.
 */
import {
  type Estimate,
  type Health,
  type HealthReason,
  type Point,
  type Positions,
  type UtcMs,
  type ZoneId,
  zoneId,
} from '../../contract/index.ts';
import { type FlatPolygon, flatPolygon } from '../../ground/index.ts';
import { LEAST_SHARE } from '../places/unknowns.ts';
import { classicDensity } from '../density/classic.ts';
import type { Occupancy } from '../density/occupancy.ts';
import { UNKNOWN } from '../statistics/series.ts';
import { OwnedOccupancy } from './owned-occupancy.ts';
import type { Ownership, ZoneCoverage } from './ownership.ts';

/** What is totalled. */
export interface SiteTotalsOptions {
  readonly ownership: Ownership;
  /** Zones in metres. */
  readonly zones: readonly { readonly id: string; readonly polygon: readonly Point[] }[];
  /** What a camera said longer ago than this is no longer known, ms. Default 2000. */
  readonly maxAgeMs?: number;
  /** How fast people may have moved since a camera looked, m/s. Default 1.34, free walking (Weidmann 1993). */
  readonly walkMps?: number;
}

/** What one camera last saw. */
export interface CameraFrame {
  readonly positions: Positions;
  /** When it looked: a clock that all cameras share. */
  readonly takenUtc: UtcMs;
}

/** One zone at one instant, over all cameras. */
export interface ZoneTotal {
  readonly zone: ZoneId;
  /** People in the part of the zone that is known; its error is that of who stands at a border or a seam. */
  readonly occupancy: Estimate;
  /** People per m² of that part. */
  readonly densityPerM2: Estimate;
  /** Share of the zone that is known: seen by a camera that looked lately. */
  readonly knownShare: number;
  readonly health: Health;
}

interface TotalledZone {
  readonly id: ZoneId;
  readonly border: FlatPolygon;
  readonly coverage: ZoneCoverage;
}

const DEFAULT_MAX_AGE_MS = 2000;
const DEFAULT_WALK_MPS = 1.34;

const percent = (share: number): string => (share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`);

/**
 * Adds up what cameras see, zone by zone. A camera's part of a zone is unknown, and not empty, while the camera is
 * silent: nobody takes over from it, so that a total never means now this part of the zone and now that.
 */
export class SiteTotals {
  readonly #options: SiteTotalsOptions;
  readonly #zones: readonly TotalledZone[];
  readonly #counter: OwnedOccupancy;
  readonly #count: Occupancy = { people: 0, borderVariance: 0 };

  constructor(options: SiteTotalsOptions) {
    this.#options = options;
    this.#counter = new OwnedOccupancy(options.ownership);
    this.#zones = options.zones.map(({ id, polygon }) => ({
      id: zoneId(id),
      border: flatPolygon(polygon),
      coverage: options.ownership.coverage(polygon),
    }));
  }

  /**
   * Totals at an instant.
   *
   * @param frames in the order of the cameras; null for one that has not looked yet
   */
  measure(nowUtc: UtcMs, frames: readonly (CameraFrame | null)[]): ZoneTotal[] {
    const { maxAgeMs = DEFAULT_MAX_AGE_MS, ownership } = this.#options;
    // A frame from the future is from a clock that is wrong.
    const fresh = ownership.cameras.map((_, camera) => {
      const frame = frames[camera] ?? null;
      return frame !== null && Math.abs(nowUtc - frame.takenUtc) <= maxAgeMs ? frame : null;
    });
    return this.#zones.map((zone) => this.#total(zone, nowUtc, fresh));
  }

  #total(zone: TotalledZone, nowUtc: UtcMs, frames: readonly (CameraFrame | null)[]): ZoneTotal {
    const { walkMps = DEFAULT_WALK_MPS } = this.#options;
    let people = 0;
    let variance = 0;
    let knownShare = 0;
    for (const [camera, frame] of frames.entries()) {
      if (frame === null) continue;
      // Every way alike: half of the square goes each way.
      const movedM2 = ((walkMps * (nowUtc - frame.takenUtc)) / 1000) ** 2 / 2;
      this.#counter.count(camera, zone.border, frame.positions, movedM2, this.#count);
      people += this.#count.people;
      variance += this.#count.borderVariance;
      knownShare += zone.coverage.ownedShares[camera] ?? 0;
    }
    const areaM2 = knownShare * zone.coverage.areaM2;
    const known = knownShare >= LEAST_SHARE && areaM2 > 0;
    const occupancy: Estimate = known ? { value: people, standardError: Math.sqrt(variance) } : UNKNOWN;
    return {
      zone: zone.id,
      occupancy,
      densityPerM2: known
        ? { value: classicDensity(people, areaM2), standardError: Math.sqrt(variance) / areaM2 }
        : UNKNOWN,
      knownShare,
      health: this.#health(zone, frames, known),
    };
  }

  #health({ id, coverage }: TotalledZone, frames: readonly (CameraFrame | null)[], known: boolean): Health {
    const silent = this.#options.ownership.cameras.flatMap((name, camera): HealthReason[] => {
      const share = coverage.ownedShares[camera] ?? 0;
      if (frames[camera] !== null || share < LEAST_SHARE) return [];
      const message = `The camera ${name} is silent: who is in its part of the zone ${id}, ${percent(share)} of it, is unknown.`;
      return [{ code: 'CAMERA_SILENT', message }];
    });
    const unseenShare = 1 - coverage.seenShare;
    const message = `No camera sees ${percent(unseenShare)} of the zone ${id}; its count and density are of the rest.`;
    const unseen: HealthReason[] = unseenShare < LEAST_SHARE ? [] : [{ code: 'PARTLY_OUT_OF_VIEW', message }];
    const reasons = [...silent, ...unseen];
    return { state: known ? (reasons.length > 0 ? 'degraded' : 'ok') : 'unknown', reasons };
  }
}
