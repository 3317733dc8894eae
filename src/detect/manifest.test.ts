import { describe, expect, it } from 'vitest';
import { OBJECT_CLASSES, StarlingError } from '../contract/index.ts';
import { parseCatalogue, parseManifest } from './manifest.ts';

const valid = {
  name: 'some-model',
  file: 'some-model.onnx',
  sha256: 'a'.repeat(64),
  licence: 'Apache-2.0',
  source: 'somewhere',
  input: {
    name: 'image',
    width: 64,
    height: 32,
    layout: 'NCHW',
    channelOrder: 'BGR',
    dtype: 'float32',
    normalisation: null,
    fit: 'letterbox',
    padValue: 114,
  },
  classes: [{ index: 0, class: 'person' }],
  decoder: 'ssd',
  outputs: { boxes: 'boxes', scores: 'scores' },
};

const asksFor = (name: string) => ({ ...valid, classes: [...valid.classes, { index: 1, class: name }] });

function refusal(value: unknown): { code: string; message: string; mend: string } {
  try {
    parseManifest(value, 'some.manifest.json');
  } catch (error) {
    if (error instanceof StarlingError) return { code: error.code, message: error.message, mend: error.mend };
  }
  throw new Error('was not refused');
}

describe('parseManifest', () => {
  it('takes a valid manifest', () => {
    expect(parseManifest(valid, 'x').classes).toEqual([{ index: 0, class: 'person' }]);
  });

  it('takes every class of the allow-list', () => {
    for (const name of OBJECT_CLASSES) expect(parseManifest(asksFor(name), 'x').classes[1].class).toBe(name);
  });

  it('takes how well people are found, with what it was measured on', () => {
    const quality = { recall: 0.9, recallSe: 0.02, precision: 0.95, data: 'a street', boxes: 1000, method: 'tracked' };
    expect(parseManifest({ ...valid, quality }, 'x').quality).toEqual(quality);
    expect(parseManifest(valid, 'x').quality).toBeUndefined();
  });

  // The boundary of the product: none of these has a place, however it is spelled.
  it.each([
    'face',
    'age',
    'gender',
    'male',
    'emotion',
    'licence plate',
    'number-plate',
    'head',
    'Person',
    'person ',
    'people',
    'backpack',
    '',
  ])('refuses the class "%s", and says which are allowed', (name) => {
    const error = refusal(asksFor(name));
    expect(error.code).toBe('DETECT_CLASS_NOT_ALLOWED');
    expect(error.message).toContain(`"${name}"`);
    expect(error.message).toContain('some.manifest.json');
    expect(error.mend).toContain('person, bicycle, car');
  });

  it.each([
    ['no classes', { ...valid, classes: [] }, 'classes'],
    ['an unknown key', { ...valid, embedding: 'features' }, 'embedding'],
    ['an unknown output', { ...valid, outputs: { ...valid.outputs, embedding: 'x' } }, 'outputs'],
    ['an unknown decoder', { ...valid, decoder: 'retinaface' }, 'decoder'],
    ['the outputs of another decoder', { ...valid, decoder: 'yolox', strides: [8] }, 'outputs'],
    ['no hash', { ...valid, sha256: undefined }, 'sha256'],
    ['a short hash', { ...valid, sha256: 'abc' }, 'sha256'],
    ['a file elsewhere', { ...valid, file: '../other.onnx' }, 'file'],
    ['an input without size', { ...valid, input: { ...valid.input, width: 0 } }, 'input.width'],
    ['a recall of nowhere', { ...valid, quality: { recall: 0.9, precision: 0.9 } }, 'quality'],
    ['a string', 'person', ''],
  ])('refuses %s, and says where', (_, value, where) => {
    const error = refusal(value);
    expect(error.code).toBe('DETECT_MANIFEST_INVALID');
    expect(error.message).toContain(where);
  });
});

describe('parseCatalogue', () => {
  it('takes several models, in order', () => {
    const models = parseCatalogue({ models: [valid, { ...valid, name: 'another' }] }, 'x');
    expect(models.map(({ name }) => name)).toEqual(['some-model', 'another']);
  });

  it('refuses an empty one, and one with a bad model', () => {
    expect(() => parseCatalogue({ models: [] }, 'x')).toThrow(StarlingError);
    expect(() => parseCatalogue({ models: [valid, asksFor('face')] }, 'x')).toThrow('"face"');
  });
});
