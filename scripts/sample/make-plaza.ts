/**
 * Makes `samples/plaza.mp4`: the first minute of PETS 2009 S2.L1, view 1 (frames 1–420 at the true 7 frames/s),
 * re-encoded to H.264.
 *
 *   node scripts/sample/make-plaza.ts VTEST_AVI
 *
 * VTEST_AVI is `vtest.avi` of OpenCV's samples, as in Debian's package opencv-doc:
 *
 *   apt-get install opencv-doc     ->  /usr/share/doc/opencv-doc/examples/data/vtest.avi
 *
 * The same input makes the same bytes: one encoder thread, and no time or version of the container in the file.
 */
import { createHash } from 'node:crypto';
import { readFile, rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AV_PICTURE_TYPE_NONE, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import type { Frame as Picture } from 'node-av/lib';
import { openVideoPictures } from './video-pictures.ts';
import { createVideoWriter } from './video-writer.ts';

const SOURCE_SHA256 = '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf';
const TARGET = fileURLToPath(new URL('../../samples/plaza.mp4', import.meta.url));
const FRAMES = 420;
const RATE = { num: 7, den: 1 };
const HIGHEST_BYTES = 3_000_000;

const checkSource = async (path: string): Promise<void> => {
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (hash !== SOURCE_SHA256) throw new Error(`${path} is not the expected vtest.avi (SHA-256 ${hash})`);
};

const encode = async (source: string, target: string): Promise<void> => {
  await using pictures = await openVideoPictures(source);
  const writer = await createVideoWriter(target, {
    encoder: FF_ENCODER_LIBX264,
    width: pictures.width,
    height: pictures.height,
    pixelFormat: AV_PIX_FMT_YUV420P,
    frameRate: RATE,
    // No B-frames: every picture is decoded in the order in which it is shown, and no edit list hides a delay.
    maxBFrames: 0,
    gopSize: 70,
    // Made for quick decoding: a third of the time of the densest encoding, for 1 dB.
    encoderOptions: { preset: 'medium', tune: 'fastdecode', crf: '27.5' },
    containerOptions: { movflags: '+faststart' },
  });
  for (let i = 0; i < FRAMES; i++) {
    const picture = await pictures.next();
    if (!picture) throw new Error(`${source} ends at frame ${i}`);
    // The old encoder's choice of key frames must not become the new one's.
    picture.pictType = AV_PICTURE_TYPE_NONE;
    await writer.write(picture, i);
  }
  await writer.finish();
};

/** Sum of squared differences of brightness between two pictures of one size, and over how many pixels. */
const squaredError = (a: Picture, b: Picture): { sum: number; pixels: number } => {
  const [lumaA] = a.data ?? [];
  const [lumaB] = b.data ?? [];
  const strideA = a.linesize[0] ?? 0;
  const strideB = b.linesize[0] ?? 0;
  if (!lumaA || !lumaB) throw new Error('A picture has no brightness');
  let sum = 0;
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) sum += (lumaA[y * strideA + x] - lumaB[y * strideB + x]) ** 2;
  return { sum, pixels: a.width * a.height };
};

const verify = async (source: string, target: string): Promise<string> => {
  await using before = await openVideoPictures(source);
  await using after = await openVideoPictures(target);
  let sum = 0;
  let pixels = 0;
  let frames = 0;
  for (let made = await after.next(); made; made = await after.next()) {
    const original = await before.next();
    if (!original) throw new Error('The sample is longer than its source');
    if (Math.abs(after.stampS() - frames / 7) > 1e-9) throw new Error(`Frame ${frames + 1} is at ${after.stampS()} s`);
    const error = squaredError(original, made);
    sum += error.sum;
    pixels += error.pixels;
    frames++;
  }
  if (frames !== FRAMES) throw new Error(`The sample has ${frames} frames`);
  const psnrDb = 10 * Math.log10((255 * 255 * pixels) / sum);
  return `${frames} frames, ${(frames / 7).toFixed(3)} s, brightness PSNR ${psnrDb.toFixed(2)} dB`;
};

const main = async (): Promise<void> => {
  const source = process.argv[2];
  if (!source) throw new Error('Usage: node scripts/sample/make-plaza.ts VTEST_AVI (Debian: package opencv-doc)');
  await checkSource(source);
  const draft = TARGET.replace('.mp4', '.part.mp4');
  await encode(source, draft);
  const { size } = await stat(draft);
  if (size > HIGHEST_BYTES) throw new Error(`The sample has ${size} bytes, more than ${HIGHEST_BYTES}`);
  const found = await verify(source, draft);
  await rename(draft, TARGET);
  const hash = createHash('sha256')
    .update(await readFile(TARGET))
    .digest('hex');
  console.log(`samples/plaza.mp4: ${size} bytes, ${found}\nSHA-256 ${hash}`);
};

await main();
