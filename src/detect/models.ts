/**
 * Model files: where they are, which manifest describes them, and whether they are what it says.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { StarlingError } from '../contract/index.ts';
import { type ModelManifest, parseCatalogue, parseManifest } from './manifest.ts';

const CATALOGUE = 'manifest.json';
/** Manifests of well-known models whose files Starling does not bring along. */
const KNOWN = 'known';

/** A model that can be used: its manifest and where its file should be. */
export interface ModelFile {
  readonly manifest: ModelManifest;
  /** Path of the ONNX file. */
  readonly path: string;
  /** Path of the file that holds the manifest. */
  readonly manifestPath: string;
}

/** The package's `models/`, next to `src/` in a checkout and next to the built code in a package. */
function bundledFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'models', CATALOGUE)) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return path.join(folder, 'models');
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new StarlingError('DETECT_MANIFEST_INVALID', { manifest: file, problem }, { cause });
  }
}

async function readCatalogue(manifestPath: string): Promise<readonly ModelFile[]> {
  const folder = path.dirname(manifestPath);
  const manifests = parseCatalogue(await readJson(manifestPath), manifestPath);
  return manifests.map((manifest) => ({ manifest, path: path.join(folder, manifest.file), manifestPath }));
}

/**
 * The models that come with Starling, the default first.
 *
 * @throws DETECT_MANIFEST_INVALID, DETECT_CLASS_NOT_ALLOWED
 */
export async function listModels(): Promise<readonly ModelFile[]> {
  return readCatalogue(path.join(bundledFolder(), CATALOGUE));
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A well-known model, recognised by its bytes, so that nobody has to write its manifest. */
async function recognise(file: string): Promise<ModelFile | undefined> {
  const sha256 = sha256Of(await readFile(file));
  const folder = path.join(bundledFolder(), KNOWN);
  for (const name of await readdir(folder)) {
    const manifestPath = path.join(folder, name);
    const manifest = parseManifest(await readJson(manifestPath), manifestPath);
    if (manifest.sha256 === sha256) return { manifest, path: file, manifestPath };
  }
  return undefined;
}

/**
 * Finds a model and its manifest.
 *
 * @param file an ONNX file with `<name>.manifest.json` beside it, or a well-known one; without it, the default model
 * @throws DETECT_MODEL_NOT_FOUND, DETECT_MANIFEST_MISSING, DETECT_MANIFEST_INVALID, DETECT_CLASS_NOT_ALLOWED
 */
export async function findModel(file?: string): Promise<ModelFile> {
  if (file === undefined) {
    const [first] = await listModels();
    return first;
  }
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new StarlingError('DETECT_MODEL_NOT_FOUND', { path: file });
  const { dir, name, base } = path.parse(file);
  const manifestPath = path.join(dir, `${name}.manifest.json`);
  if (existsSync(manifestPath)) {
    return { manifest: parseManifest(await readJson(manifestPath), manifestPath), path: file, manifestPath };
  }
  // A bundled model named by its path is described in the catalogue beside it.
  const catalogue = path.join(dir, CATALOGUE);
  const listed = existsSync(catalogue) ? await readCatalogue(catalogue) : [];
  const known = listed.find((model) => model.manifest.file === base) ?? (await recognise(file));
  if (!known) throw new StarlingError('DETECT_MANIFEST_MISSING', { path: file, manifest: manifestPath });
  return known;
}

/**
 * Reads a model's bytes, and makes sure that they are the ones its manifest describes.
 *
 * @throws DETECT_MODEL_NOT_FOUND, DETECT_MODEL_HASH_MISMATCH
 */
export async function readModel({ manifest, path: file }: ModelFile): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new StarlingError('DETECT_MODEL_NOT_FOUND', { path: file }, { cause });
  }
  const actual = sha256Of(bytes);
  if (actual !== manifest.sha256) {
    throw new StarlingError('DETECT_MODEL_HASH_MISMATCH', { path: file, actual, expected: manifest.sha256 });
  }
  return bytes;
}
