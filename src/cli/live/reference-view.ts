/**
 * What each camera looked at when it was calibrated, kept between runs so that a camera that was moved while nobody
 * was watching is noticed. Statistics of edges on a grid so coarse that nobody can be recognised in them; no picture.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type ViewSignature, viewSignatureSchema } from '../../capture/index.ts';
import type { Camera } from '../../contract/index.ts';

const referenceSchema = z.strictObject({
  calibration: z.string().describe('Hash of the calibration that it belongs to'),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  signature: viewSignatureSchema,
});

/** Size and looks of the view that a camera's calibration holds for. */
export interface ReferenceView {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly signature: ViewSignature;
}

const pathIn = (folder: string, camera: string): string => join(folder, `${camera}.view.json`);

/** A new calibration is for a new view. */
const hashOf = ({ calibration, masks }: Camera): string =>
  createHash('sha256')
    .update(JSON.stringify([calibration ?? null, masks]))
    .digest('hex');

/** A disk that cannot be read says nothing about whether there is a file. */
const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
};

/** The reference of a camera; null when there is none, or it is of another calibration. */
export const readReference = async (folder: string, camera: Camera): Promise<ReferenceView | null> => {
  const text = await readText(pathIn(folder, camera.id));
  if (text === null) return null;
  try {
    const { calibration, ...view } = referenceSchema.parse(JSON.parse(text));
    return calibration === hashOf(camera) ? view : null;
  } catch {
    // Half-written by a machine that lost its power: it is learnt anew.
    return null;
  }
};

/** Keeps a reference: all of it, or what was there before. */
export const keepReference = async (folder: string, camera: Camera, view: ReferenceView): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const path = pathIn(folder, camera.id);
  await writeFile(`${path}.new`, JSON.stringify({ calibration: hashOf(camera), ...view }));
  await rename(`${path}.new`, path);
};

/**
 * Forgets a camera's reference: what it sees next is taken for right.
 *
 * @returns false when there was none
 */
export const forgetReference = async (folder: string, camera: string): Promise<boolean> => {
  const had = await hasReference(folder, camera);
  await rm(pathIn(folder, camera), { force: true });
  return had;
};

/** Whether a camera has a reference. */
export const hasReference = (folder: string, camera: string): Promise<boolean> =>
  access(pathIn(folder, camera)).then(
    () => true,
    (error: unknown) => !isGone(error),
  );
