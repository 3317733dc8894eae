/**
 * All four decoders on real models and a real picture. Neither the models nor the recording are part of the project;
 * where they are absent these tests say so and are skipped.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecording } from '../src/capture/index.ts';
import { PERSON_CLASS_INDEX } from '../src/contract/index.ts';
import { createDetector, type DetectorOptions, findModel } from '../src/detect/index.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const SHARED = path.resolve(ROOT, '../shared');
const PETS = path.join(SHARED, 'data/pets2009-s2l1/vtest.avi');
const ROAD = path.join(SHARED, 'data/car-detection/car-detection.mp4');
const SAMPLE = path.join(ROOT, 'samples/plaza.mp4');
const CAR_CLASS_INDEX = 2;

/** People of frame 160 of PETS 2009 S2.L1, annotated by hand: foot points as fractions. */
const FRAME = 160;

interface Seen {
  readonly feet: (readonly [x: number, y: number])[];
  readonly count: number;
}

async function look(options: DetectorOptions, video: string, frame: number, classIndex: number): Promise<Seen> {
  const detector = await createDetector({ scoreFloor: 0.4, ...options });
  const { width, height, fit, padValue } = detector.input;
  const recording = await openRecording(video, { width, height, fit, padValue, fromFrame: frame, toFrame: frame });
  const feet: (readonly [number, number])[] = [];
  for await (const picture of recording) {
    const found = await detector.detect(picture);
    for (let at = 0; at < found.count; at++) {
      if (found.classIndex[at] === classIndex) feet.push([(found.left[at] + found.right[at]) / 2, found.bottom[at]]);
    }
  }
  await detector.close();
  return { feet, count: feet.length };
}

function skipUnless(...files: string[]): boolean {
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) process.stderr.write(`skipped: ${path.relative(ROOT, missing)} is not here\n`);
  return missing !== undefined;
}

describe.skipIf(skipUnless(SAMPLE))('the default model on the bundled sample', () => {
  it('finds the people', async () => {
    const { count } = await look({}, SAMPLE, FRAME, PERSON_CLASS_INDEX);
    expect(count).toBeGreaterThanOrEqual(4);
    expect(count).toBeLessThanOrEqual(8);
  });
});

describe.each(['yolox_nano', 'rtmdet_nano', 'pvb-2002'])('%s', (name) => {
  const model = path.join(SHARED, 'models', `${name}.onnx`);

  it.skipIf(skipUnless(model, PETS))('finds the people that the default model finds', async () => {
    const reference = await look({}, PETS, FRAME, PERSON_CLASS_INDEX);
    const seen = await look({ model }, PETS, FRAME, PERSON_CLASS_INDEX);
    expect(Math.abs(seen.count - reference.count)).toBeLessThanOrEqual(1);
    const near = reference.feet.filter(([x, y]) => seen.feet.some(([u, v]) => Math.hypot(x - u, y - v) < 0.03));
    expect(near.length).toBeGreaterThanOrEqual(reference.count - 1);
  });
});

describe('pvb-2002 from above', () => {
  const model = path.join(SHARED, 'models/pvb-2002.onnx');

  it.skipIf(skipUnless(model, ROAD))('reads a vehicle as a car', async () => {
    const { count } = await look({ model }, ROAD, 80, CAR_CLASS_INDEX);
    expect(count).toBe(1);
  });

  it.skipIf(skipUnless(model))('is known by its bytes, under any name', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'starling-models-'));
    try {
      await symlink(model, path.join(folder, 'street.onnx'));
      expect((await findModel(path.join(folder, 'street.onnx'))).manifest.name).toBe('pvb-2002');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
