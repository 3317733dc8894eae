/**
 * The bundled sample as a site of many RTSP cameras, each with the sample's gates and calibration, and what `measure`
 * makes of the same pictures.
 */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from '../../src/cli/measure.ts';
import { PLAZA_FRAMES, PLAZA_FRAMES_PER_S, writePlaza } from '../../test/helpers/rtsp-scenes.ts';
import { type RtspServer, startRtspServer } from '../../test/helpers/rtsp-server.ts';

const SAMPLE = readFileSync('samples/plaza.site.yaml', 'utf8');
const CALIBRATION = SAMPLE.slice(SAMPLE.indexOf('    calibration:'), SAMPLE.indexOf('# Areas in which'));
const GATES = [...SAMPLE.matchAll(/id: (\w+), camera: plaza, image: (\[\[.*?\]\])/g)];

/** A site file with a camera for each source, `c0`, `c1`…; a camera's gates end in its number. */
const siteText = (sources: readonly string[], fps: number): string => {
  const cameras = sources.map((source, i) => `  - id: c${i}\n    source: '${source}'\n    fps: ${fps}\n${CALIBRATION}`);
  const gates = sources.flatMap((_, i) =>
    GATES.map(([, id, image]) => `  - { id: ${id}-${i}, camera: c${i}, image: ${image} }\n`),
  );
  return `site: { id: streets, name: Streets, timezone: UTC }\ncameras:\n${cameras.join('')}gates:\n${gates.join('')}`;
};

/** Cameras that are being served, and the site file that watches them. */
export interface RtspSite extends AsyncDisposable {
  readonly server: RtspServer;
  readonly site: string;
  readonly cameras: readonly string[];
  /** The recording that every camera shows again and again. */
  readonly recording: string;
}

/** Serves so many cameras, and writes a site file that measures each so often a second. */
export const serveSite = async (folder: string, count: number, fps: number): Promise<RtspSite> => {
  const recording = await writePlaza(folder);
  const cameras = Array.from({ length: count }, (_, i) => `c${i}`);
  const mounts = cameras.map((name) => [name, { file: recording, framesPerS: PLAZA_FRAMES_PER_S }] as const);
  const server = await startRtspServer({ mounts: Object.fromEntries(mounts) });
  const site = join(folder, `site-${count}-${fps}.yaml`);
  await writeFile(
    site,
    siteText(
      cameras.map((name) => server.url(name)),
      fps,
    ),
  );
  return { server, site, cameras, recording, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/**
 * All crossings that `measure` counts in so many seconds of a camera that shows the recording again and again, measured
 * from different first pictures on: how far apart they are is what sampling alone makes of them.
 */
export const crossingsMeasured = async (
  { recording }: RtspSite,
  folder: string,
  seconds: number,
  fps: number,
): Promise<number[]> => {
  const frames = Math.round(seconds * PLAZA_FRAMES_PER_S);
  const phases = Math.max(1, Math.floor(PLAZA_FRAMES_PER_S / fps));
  const video = join(folder, 'again-and-again.h264');
  const once = await readFile(recording);
  // Raw H.264 may be put end to end.
  await writeFile(
    video,
    Buffer.concat(Array.from({ length: Math.ceil((frames + phases) / PLAZA_FRAMES) }, () => once)),
  );
  const site = join(folder, 'measured.site.yaml');
  await writeFile(site, siteText([video], fps));
  const crossings: number[] = [];
  for (let phase = 1; phase <= phases; phase++) {
    const summary = await measure(video, {
      site,
      out: join(folder, 'measured'),
      window: 60,
      frameRate: PLAZA_FRAMES_PER_S,
      fromFrame: phase,
      toFrame: phase + frames - 1,
    });
    const gates = Object.values(summary?.gates ?? {});
    crossings.push(gates.reduce((sum, { in: inwards, out }) => sum + (inwards ?? 0) + (out ?? 0), 0));
  }
  return crossings;
};
