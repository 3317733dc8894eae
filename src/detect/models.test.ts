import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDetector } from './detector.ts';
import { findModel, listModels, readModel } from './models.ts';

const BYTES = Buffer.from('not really a model');

let folder = '';
const at = (name: string): string => path.join(folder, name);

async function writeManifest(changes: object): Promise<void> {
  const manifest = {
    name: 'mine',
    file: 'mine.onnx',
    sha256: createHash('sha256').update(BYTES).digest('hex'),
    licence: 'MIT',
    source: 'here',
    input: {
      name: 'image',
      width: 64,
      height: 64,
      layout: 'NCHW',
      channelOrder: 'RGB',
      dtype: 'float32',
      normalisation: null,
      fit: 'stretch',
      padValue: 0,
    },
    classes: [{ index: 0, class: 'person' }],
    decoder: 'yolox',
    outputs: { cells: 'output' },
    strides: [8],
    ...changes,
  };
  await writeFile(at('mine.manifest.json'), JSON.stringify(manifest));
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'starling-models-'));
  await writeFile(at('mine.onnx'), BYTES);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('bundled models', () => {
  it('have the hash that the manifest gives', async () => {
    const models = await listModels();
    expect(models.length).toBeGreaterThan(0);
    for (const model of models) expect((await readModel(model)).length).toBeGreaterThan(1e6);
  });

  it('are found by path too', async () => {
    const [first] = await listModels();
    expect((await findModel(first.path)).manifest).toEqual(first.manifest);
    expect(await findModel()).toEqual(first);
  });
});

describe('a model given by path', () => {
  it('is found with the manifest beside it', async () => {
    await writeManifest({});
    const model = await findModel(at('mine.onnx'));
    expect(model.manifest.name).toBe('mine');
    expect(Buffer.from(await readModel(model))).toEqual(BYTES);
  });

  it('is refused when it is not there', async () => {
    await expect(createDetector({ model: at('other.onnx') })).rejects.toMatchObject({ code: 'DETECT_MODEL_NOT_FOUND' });
  });

  it('is refused without a manifest, which is named', async () => {
    const error = createDetector({ model: at('mine.onnx') });
    await expect(error).rejects.toMatchObject({ code: 'DETECT_MANIFEST_MISSING' });
    await expect(error).rejects.toThrow('mine.manifest.json');
  });

  it('is refused with a manifest that is not JSON', async () => {
    await writeFile(at('mine.manifest.json'), '{ "name": ');
    await expect(findModel(at('mine.onnx'))).rejects.toMatchObject({ code: 'DETECT_MANIFEST_INVALID' });
  });

  it('is refused when it asks for a face', async () => {
    await writeManifest({ classes: [{ index: 0, class: 'face' }] });
    await expect(createDetector({ model: at('mine.onnx') })).rejects.toMatchObject({
      code: 'DETECT_CLASS_NOT_ALLOWED',
    });
  });

  it('is refused when it does not match its hash; both hashes are given', async () => {
    await writeManifest({ sha256: 'b'.repeat(64) });
    const error = createDetector({ model: at('mine.onnx') });
    await expect(error).rejects.toMatchObject({ code: 'DETECT_MODEL_HASH_MISMATCH' });
    await expect(error).rejects.toThrow('b'.repeat(64));
    await expect(error).rejects.toThrow(createHash('sha256').update(BYTES).digest('hex'));
  });

  it('is refused when the runtime cannot load it', async () => {
    await writeManifest({});
    await expect(createDetector({ model: at('mine.onnx') })).rejects.toMatchObject({ code: 'DETECT_MODEL_FAILED' });
  });
});
