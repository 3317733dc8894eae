import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../capture/index.ts';
import { frameNumber, mediaTimeMs } from '../contract/index.ts';
import { createDetector, type Detector } from './detector.ts';
import { ModelInput } from './model-input.ts';

function frameOf(width: number, height: number, fill: (at: number) => number): Frame {
  return {
    number: frameNumber(7),
    timeMs: mediaTimeMs(1000),
    width,
    height,
    sourceWidth: width,
    sourceHeight: height,
    picture: { left: 0, top: 0, right: 1, bottom: 1 },
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => fill(at)),
  };
}

describe('the default model', () => {
  let detector: Detector;
  beforeAll(async () => {
    detector = await createDetector();
  });
  afterAll(async () => {
    await detector.close();
  });

  const grey = (): Frame => frameOf(detector.input.width, detector.input.height, () => 128);

  it('sees nobody in an empty grey picture, and says which frame it was', async () => {
    const found = await detector.detect(grey());
    expect(found).toMatchObject({ count: 0, frame: 7, timeMs: 1000 });
  });

  it('uses its results again, the next time but one', async () => {
    const first = await detector.detect(grey());
    const second = await detector.detect(grey());
    expect(second).not.toBe(first);
    expect(await detector.detect(grey())).toBe(first);
  });

  it('sees the same in a batch', async () => {
    const stripes = frameOf(detector.input.width, detector.input.height, (at) => (at * 7919) % 251);
    const alone = { ...(await detector.detect(stripes)) };
    const scores = [...alone.score.subarray(0, alone.count)];
    const [first, second] = await detector.detectBatch([grey(), stripes]);
    expect(first.count).toBe(0);
    expect([...second.score.subarray(0, second.count)]).toEqual(scores);
  });

  it('leaves its caller free while it looks', async () => {
    let turns = 0;
    let looking = true;
    const count = (): void => {
      turns++;
      if (looking) setImmediate(count);
    };
    setImmediate(count);
    await detector.detect(grey());
    looking = false;
    expect(turns).toBeGreaterThan(10);
  });

  it('does one thing at a time', async () => {
    const first = detector.detect(grey());
    await expect(detector.detect(grey())).rejects.toThrow('while it was at work');
    expect((await first).count).toBe(0);
  });

  it('refuses a frame of another size', async () => {
    await expect(detector.detect(frameOf(64, 64, () => 0))).rejects.toMatchObject({ code: 'DETECT_MODEL_FAILED' });
    await expect(detector.detect(frameOf(64, 64, () => 0))).rejects.toThrow('64 × 64');
  });
});

it('finishes what it is looking at before it closes, and looks at nothing after that', async () => {
  const detector = await createDetector();
  const { width, height } = detector.input;
  const looking = detector.detect(frameOf(width, height, () => 128));
  await detector.close();
  expect((await looking).count).toBe(0);
  await detector.close();
  await expect(detector.detect(frameOf(width, height, () => 128))).rejects.toThrow('was closed');
});

describe('ModelInput', () => {
  const spec = {
    name: 'image',
    width: 2,
    height: 1,
    layout: 'NCHW',
    channelOrder: 'RGB',
    dtype: 'float32',
    normalisation: { mean: [1, 2, 3], deviation: [1, 2, 4] },
    fit: 'stretch',
    padValue: 0,
  } as const;
  // Two pixels, blue green red each.
  const frame = frameOf(2, 1, (at) => [10, 20, 30, 40, 50, 60][at]);

  it('turns BGR bytes into planes of normalised RGB', async () => {
    const tensor = new ModelInput({ ...spec, normalisation: { mean: [1, 2, 3], deviation: [1, 2, 4] } }).tensorOf([
      frame,
    ]);
    expect(tensor.dims).toEqual([1, 3, 1, 2]);
    expect(Array.from(await tensor.getData(), Number)).toEqual([29, 59, 9, 24, 7 / 4, 37 / 4]);
  });

  it('hands bytes over without copying when the model takes them', () => {
    const bytes = new ModelInput({ ...spec, layout: 'NHWC', channelOrder: 'BGR', dtype: 'uint8', normalisation: null });
    const tensor = bytes.tensorOf([frame]);
    expect(tensor.data).toBe(frame.data);
    expect(bytes.tensorOf([frame])).toBe(tensor);
  });

  it('stacks a batch', async () => {
    const input = new ModelInput({ ...spec, channelOrder: 'BGR', layout: 'NHWC', normalisation: null });
    const tensor = input.tensorOf([frame, frame]);
    expect(tensor.dims).toEqual([2, 1, 2, 3]);
    expect(Array.from(await tensor.getData(), Number)).toEqual([10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60]);
  });
});
