/** Scenes for cameras that are served over RTSP in tests. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rotateRawH264, writeRawH264 } from './raw-h264.ts';
import { writeTestVideo } from './video.ts';

/** The bundled sample's own rate, frames/s. */
export const PLAZA_FRAMES_PER_S = 7;

/** Pictures of the bundled sample. */
export const PLAZA_FRAMES = 420;

/** The bundled sample as raw H.264, in its own size or another. */
export const writePlaza = (folder: string, width = 768, height = 576): Promise<string> =>
  writeRawH264('samples/plaza.mp4', join(folder, `plaza-${width}x${height}.h264`), { width, height });

/** The same, written by {@link writePlaza}, from a later moment on: `share` of it comes at the end. */
export const writePlazaFrom = async (folder: string, plaza: string, share: number): Promise<string> => {
  const path = join(folder, `plaza-from-${share.toFixed(3)}.h264`);
  await writeFile(path, rotateRawH264(await readFile(plaza), share));
  return path;
};

/** A wall of bricks in the size of the sample, with the noise of a sensor: a scene that is not the plaza. */
export const writeBrickWall = async (folder: string, frames: number): Promise<string> => {
  let noise = 1;
  const paint = (plane: number, x: number, y: number): number => {
    if (plane !== 0) return 128;
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) | 0;
    const row = Math.floor(y / 36);
    const mortar = y % 36 < 4 || (x + (row % 2) * 48) % 96 < 4;
    return (mortar ? 180 : 80 + 10 * (row % 3)) + (noise >>> 29);
  };
  const video = join(folder, 'bricks.mp4');
  await writeTestVideo(video, { encoder: 'libx264', frames, width: 768, height: 576, paint });
  return writeRawH264(video, join(folder, 'bricks.h264'));
};
