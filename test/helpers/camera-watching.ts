/** Waiting for what a live camera does, without sleeping for a fixed time. */
import { expect, vi } from 'vitest';
import { type Frame, type LiveCamera, type LiveCameraOptions, openLiveCamera } from '../../src/capture/index.ts';

/** Opens a camera called `gate`; closed when its scope ends. */
export const watchCamera = (source: string, options: Partial<LiveCameraOptions> = {}): LiveCamera =>
  openLiveCamera({ camera: 'gate', source, ...options });

/** The codes of what a camera has to complain about. */
export const complaintsOf = (camera: LiveCamera): string[] => camera.reasons().map(({ code }) => code);

/** Waits until a camera complains of exactly this. @returns how long that took, ms */
export const untilComplaints = async (
  camera: LiveCamera,
  codes: readonly string[],
  withinMs: number,
): Promise<number> => {
  const beganMs = performance.now();
  await vi.waitFor(() => expect(complaintsOf(camera)).toEqual(codes), { timeout: withinMs, interval: 20 });
  return performance.now() - beganMs;
};

/** The next frame, which has to come. */
export const frameOf = async (camera: LiveCamera): Promise<Frame> => {
  const frame = await camera.next();
  if (!frame) throw new Error('The camera was closed');
  return frame;
};

/** What `read` makes of the next frames: a frame is valid only until the next. */
export const readFrames = async <T>(camera: LiveCamera, count: number, read: (frame: Frame) => T): Promise<T[]> => {
  const results: T[] = [];
  while (results.length < count) results.push(read(await frameOf(camera)));
  return results;
};
