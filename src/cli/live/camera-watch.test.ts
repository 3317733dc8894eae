/**
 * A camera's stages, joined, on a real recording. The detector is the test's own: it sees what it is told to, and fails
 * when it is told to, which a real model does not.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder, writeTestVideo } from '../../../test/helpers/video.ts';
import {
  createDetections,
  type Observation,
  observationSchema,
  siteSchema,
  StarlingError,
} from '../../contract/index.ts';
import { type Detector, findModel } from '../../detect/index.ts';
import { createPacer } from '../../fleet/index.ts';
import { watchCamera } from './camera-watch.ts';
import { Looker } from './looker.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  source = await writeTestVideo(join(folder.path, 'street.mp4'), { encoder: 'libx264', frames: 50 });
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Sees one person who walks from left to right, and fails from one look on. */
const detectorThat = async (failsAt = Number.POSITIVE_INFINITY): Promise<Detector> => {
  const detections = createDetections(1);
  let looks = 0;
  const detect: Detector['detect'] = async ({ timeMs }) => {
    if (++looks >= failsAt)
      throw new StarlingError('DETECT_MODEL_FAILED', { path: 'model.onnx', reason: 'out of memory' });
    const left = 0.1 + 0.01 * looks;
    detections.count = 1;
    detections.timeMs = timeMs;
    detections.left[0] = left;
    detections.right[0] = left + 0.1;
    detections.top[0] = 0.3;
    detections.bottom[0] = 0.7;
    detections.score[0] = 0.9;
    return detections;
  };
  return {
    model: await findModel(),
    input: { width: 96, height: 64, fit: 'stretch', padValue: 0 },
    detect,
    detectBatch: (frames) => Promise.all(frames.map(detect)),
    close: async () => {},
  };
};

const watch = async (detector: Detector) => {
  const site = siteSchema.parse({
    site: { id: 's', name: 'S', timezone: 'UTC' },
    cameras: [{ id: 'street', source, fps: 25 }],
    gates: [
      {
        id: 'middle',
        camera: 'street',
        image: [
          [0.3, 0],
          [0.3, 1],
        ],
      },
    ],
  });
  const told: Observation[] = [];
  const pacer = createPacer({ cameras: [{ id: 'street', askedPerS: 25 }] });
  const watching = await watchCamera(site.cameras[0], {
    work: { site, sources: { street: source }, model: null, viewFolder: join(folder.path, 'views'), truthFolder: null },
    hub: {
      report: async (_, make) => told.push(observationSchema.parse(make(told.length + 1))),
      status: () => ({ waiting: 0, bytes: 0, dropped: 0, reason: null, error: null }),
    },
    detector,
    pacer,
    looker: new Looker(detector, pacer),
  });
  return { watching, told };
};

const codesOf = ({ health }: Observation): string[] => health.reasons.map(({ code }) => code);

test('a camera is measured, and who crossed just before its end is counted', async () => {
  const { watching, told } = await watch(await detectorThat());
  await vi.waitUntil(
    () => {
      watching.tick(Date.now());
      return told.some((one) => codesOf(one).includes('SOURCE_ENDED'));
    },
    { timeout: 10_000, interval: 50 },
  );
  await watching.close();
  const measured = told.reduce((sum, { frames }) => sum + frames.measured, 0);
  // A busy machine may come late to some.
  expect(measured).toBeGreaterThan(40);
  const crossings = told.flatMap(({ gates }) => gates.map(({ counts }) => counts?.person ?? { in: 0, out: 0 }));
  expect(crossings.reduce((sum, { in: inwards, out }) => sum + inwards + out, 0)).toBe(1);
  expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, i) => i + 1));
  expect(told.at(-1)?.health.state).toBe('unknown');
});

test('a model that fails is said, and ends the sensor’s work', async () => {
  const { watching, told } = await watch(await detectorThat(5));
  await expect(watching.failed).rejects.toMatchObject({ code: 'DETECT_MODEL_FAILED' });
  await watching.close();
  const last = told.at(-1);
  expect(last?.health).toMatchObject({ state: 'unknown' });
  expect(last?.health.reasons.find(({ code }) => code === 'MODEL_FAILED')?.message).toContain('out of memory');
  expect(last?.zones.flatMap(({ figures }) => Object.keys(figures))).toEqual([]);
});
