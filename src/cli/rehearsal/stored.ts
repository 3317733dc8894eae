/** A site as it was, minute by minute, from its ledger. */
import {
  cameraHealth,
  cameraReason,
  type Moment,
  type Observation,
  OBSERVATION_VERSION,
  type Site,
} from '../../contract/index.ts';
import { SiteNow } from '../../measure/index.ts';
import type { GateSpan, Store, ZoneSpan } from '../../store/index.ts';
import { siteOwnership } from '../live/owners.ts';

const MINUTE_MS = 60_000;
/** Read at once. */
const PIECE_MS = 6 * 3_600_000;

/** Minutes of a camera as if each were one observation: sums, extremes and counts add up in the same way. */
const asObservation = (
  camera: string,
  startMs: number,
  zones: readonly ZoneSpan[],
  gates: readonly GateSpan[],
): Observation => ({
  version: OBSERVATION_VERSION,
  camera,
  sequence: 1,
  startMs,
  endMs: startMs + MINUTE_MS,
  measuredS: zones[0]?.measuredS ?? 0,
  health: cameraHealth([]),
  frames: { offered: 0, measured: 0, dropped: 0 },
  zones: zones.map(({ zone, seenShare, areaM2, figures }) => ({ zone, seenShare, areaM2, figures })),
  gates: gates.map(({ gate, seenShare, widthM, counts, variance, systematicError }) => ({
    gate,
    seenShare,
    widthM,
    counts,
    variance,
    systematicError,
  })),
  field: null,
});

const UNMEASURED = cameraHealth([cameraReason('NO_FRAMES', { seconds: 60 })]);

/** Every minute of a period, those without any figure too. */
export async function* storedMoments(
  store: Store,
  site: Site,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): AsyncGenerator<Moment, void, undefined> {
  const siteNow = new SiteNow({ site, ownership: siteOwnership(site) });
  for (let pieceMs = fromMs; pieceMs < toMs; pieceMs += PIECE_MS) {
    const period = { fromMs: pieceMs, toMs: Math.min(toMs, pieceMs + PIECE_MS) };
    const query = { ...period, step: 'minute', timezone: 'UTC' } as const;
    const zones = Map.groupBy(await store.zones(query), (span) => `${span.startMs} ${span.camera}`);
    const gates = Map.groupBy(await store.gates(query), (span) => `${span.startMs} ${span.camera}`);
    for (let startMs = period.fromMs; startMs < period.toMs; startMs += MINUTE_MS) {
      const cameras = site.cameras.map(({ id: camera }) => {
        const [own, ownGates] = [zones.get(`${startMs} ${camera}`) ?? [], gates.get(`${startMs} ${camera}`) ?? []];
        if (own.length === 0 && ownGates.length === 0) return { camera, health: UNMEASURED, latest: null };
        const latest = asObservation(camera, startMs, own, ownGates);
        siteNow.take(latest);
        return { camera, health: latest.health, latest };
      });
      yield siteNow.at(startMs + MINUTE_MS, cameras);
    }
  }
}
