/** A site as its simulated cameras would tell it, second by second, as fast as the machine can. */
import {
  cameraHealth,
  mediaTimeMs,
  type Moment,
  type Observation,
  OBSERVATION_VERSION,
  type Site,
  StarlingError,
} from '../../contract/index.ts';
import { createLiveMeter, SiteNow } from '../../measure/index.ts';
import { createSimulation, parseSimulation } from '../../simulate/index.ts';

const SECOND_MS = 1000;
const OK = cameraHealth([]);

/** Steps one camera's crowd to the end of a second, and tells of it. */
type Teller = (startMs: number) => Observation;

const tellerOf = ({ id, source = '' }: Site['cameras'][number], site: Site): Teller => {
  const { walkable = null, zones, gates, analysis, privacy } = site;
  const simulation = createSimulation({ plan: parseSimulation(source), walkable, zones, gates });
  const { framesPerS } = simulation;
  const meter = createLiveMeter({
    camera: id,
    zones,
    gates,
    sight: { kind: 'everywhere' },
    walkable: simulation.walkable,
    analysis,
    minimumCount: privacy.minimumCount,
    framesPerS,
  });
  return (startMs) => {
    for (let i = 0; i < framesPerS; i++) {
      const positions = simulation.step();
      positions.timeMs = mediaTimeMs(startMs + (i * SECOND_MS) / framesPerS);
      meter.see(null, positions);
      meter.settle(null, positions);
    }
    const endMs = startMs + SECOND_MS;
    const frames = { offered: framesPerS, measured: framesPerS, dropped: 0 };
    const told = { version: OBSERVATION_VERSION, camera: id, sequence: 1, startMs, endMs, health: OK, frames } as const;
    return { ...told, ...meter.close(startMs, endMs) };
  };
};

/**
 * So many seconds of a site's simulated cameras; the others are left out.
 *
 * @throws SITE_NOTHING_TO_WATCH when none is simulated
 */
export function* simulatedMoments(site: Site, path: string, seconds: number, beginsMs: number): Generator<Moment> {
  const cameras = site.cameras.filter(({ source }) => source?.startsWith('sim:'));
  if (cameras.length === 0) throw new StarlingError('SITE_NOTHING_TO_WATCH', { path });
  const tellers = cameras.map((camera) => ({ camera: camera.id, tell: tellerOf(camera, site) }));
  const siteNow = new SiteNow({ site, ownership: null });
  for (let second = 0; second < seconds; second++) {
    const startMs = beginsMs + second * SECOND_MS;
    const now = tellers.map(({ camera, tell }) => ({ camera, health: OK, latest: tell(startMs) }));
    for (const { latest } of now) siteNow.take(latest);
    yield siteNow.at(startMs + SECOND_MS, now);
  }
}
