import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { OBJECT_CLASSES, type ObjectClass } from '../../contract/index.ts';
import { Candidates } from '../candidates.ts';
import { type ModelManifest, parseManifest } from '../manifest.ts';
import type { Outputs } from './decoder.ts';
import { createDecoder } from './index.ts';

const common = {
  name: 'synthetic',
  file: 'synthetic.onnx',
  sha256: '0'.repeat(64),
  licence: 'none',
  source: 'made here',
  input: {
    name: 'image',
    width: 32,
    height: 16,
    layout: 'NCHW',
    channelOrder: 'BGR',
    dtype: 'float32',
    normalisation: null,
    fit: 'stretch',
    padValue: 0,
  },
};

interface Found {
  box: number[];
  score: number;
  kind: ObjectClass;
}

function decode(manifest: ModelManifest, outputs: Outputs, picture = 0): Found[] {
  const into = new Candidates(1);
  createDecoder(manifest, 0.1).decode(outputs, picture, into);
  return Array.from({ length: into.count }, (_, i) => ({
    box: [into.left[i] * 32, into.top[i] * 16, into.right[i] * 32, into.bottom[i] * 16],
    score: into.score[i],
    kind: OBJECT_CLASSES[into.classIndex[i]],
  }));
}

const floats = (dims: number[], values: ArrayLike<number>): Tensor =>
  new Tensor('float32', Float32Array.from(values), dims);

function expectBox({ box }: Found, wanted: number[]): void {
  box.forEach((side, i) => expect(side).toBeCloseTo(wanted[i], 3));
}

/** Logits of three bins that put all weight on one. */
const bin = (index: number): number[] => [0, 1, 2].map((i) => (i === index ? 50 : 0));

const logit = (score: number): number => Math.log(score / (1 - score));

describe('NanoDet', () => {
  // Strides 8 and 16 on 32 × 16 pixels: 4 × 2 cells, then 2 × 1; rows of 3 scores and 4 × 3 bins.
  const manifest = parseManifest(
    {
      ...common,
      decoder: 'nanodet',
      outputs: { cells: 'cells' },
      strides: [8, 16],
      scores: 3,
      bins: 3,
      classes: [
        { index: 0, class: 'person' },
        { index: 2, class: 'car' },
      ],
    },
    'x',
  );
  const COLUMNS = 3 + 4 * 3;
  const CELLS = 8 + 2;

  function cells(rows: Record<number, readonly number[]>, pictures = 1): Outputs {
    const values = new Float32Array(pictures * CELLS * COLUMNS).fill(-20);
    for (const [row, numbers] of Object.entries(rows)) values.set(numbers, Number(row) * COLUMNS);
    return { cells: floats([pictures, CELLS, COLUMNS], values) };
  }
  const even = [0, 0, 0];

  it('reads a box from the centre of its cell', () => {
    // Cell (1, 1) of stride 8 has its centre at (12, 12).
    const [found, ...others] = decode(manifest, cells({ 5: [0, -9, -9, ...bin(1), ...bin(0), ...bin(2), ...bin(0)] }));
    expectBox(found, [12 - 8, 12, 12 + 16, 12]);
    expect(found.score).toBeCloseTo(0.5);
    expect(found.kind).toBe('person');
    expect(others).toEqual([]);
  });

  it('takes the mean of an even distribution, at the second stride', () => {
    // Cell (1, 0) of stride 16 has its centre at (24, 8); the mean bin of 0, 1, 2 is 1.
    const [found] = decode(manifest, cells({ 9: [-9, -9, 3, ...even, ...even, ...even, ...even] }));
    expectBox(found, [8, -8, 40, 24]);
    expect(found.kind).toBe('car');
    expect(found.score).toBeCloseTo(1 / (1 + Math.exp(-3)));
  });

  it('does not read a column that the manifest does not list', () => {
    expect(decode(manifest, cells({ 5: [-9, 20, -9, ...even, ...even, ...even, ...even] }))).toEqual([]);
  });

  it('leaves out what is below the floor', () => {
    const sides = [...even, ...even, ...even, ...even];
    const rows = { 0: [logit(0.099), -9, -9, ...sides], 1: [logit(0.101), -9, -9, ...sides] };
    expect(decode(manifest, cells(rows)).length).toBe(1);
  });

  it('tells the pictures of a batch apart', () => {
    const outputs = cells({ [CELLS + 5]: [0, -9, -9, ...even, ...even, ...even, ...even] }, 2);
    expect(decode(manifest, outputs, 0)).toEqual([]);
    expect(decode(manifest, outputs, 1).length).toBe(1);
  });

  it('says so when the output has another shape or is not there', () => {
    expect(() => decode(manifest, { cells: floats([1, 3, COLUMNS], new Float32Array(3 * COLUMNS)) })).toThrow(
      '3 cells',
    );
    expect(() => decode(manifest, {})).toThrow('"cells"');
  });
});

describe('YOLOX', () => {
  const manifest = parseManifest(
    {
      ...common,
      decoder: 'yolox',
      outputs: { cells: 'output' },
      strides: [16],
      classes: [
        { index: 0, class: 'person' },
        { index: 1, class: 'bicycle' },
      ],
    },
    'x',
  );

  it('reads offset, size, objectness and class', () => {
    // The second of 2 × 1 cells: centre (1 + 0.25) · 16 = 20, (0 + 0.5) · 16 = 8; size 16 · (½, 1).
    const row = [0.25, 0.5, Math.log(0.5), 0, 0.8, 0.1, 0.9, 1];
    const outputs = { output: floats([1, 2, 8], [0, 0, 0, 0, 0.05, 1, 1, 1, ...row]) };
    const found = decode(manifest, outputs);
    expect(found.length).toBe(1);
    expectBox(found[0], [16, 0, 24, 16]);
    expect(found[0].score).toBeCloseTo(0.72);
    expect(found[0].kind).toBe('bicycle');
  });

  it('leaves out a sure object of an unsure class', () => {
    const outputs = { output: floats([1, 2, 7], [0, 0, 0, 0, 0.9, 0.1, 0.1, 0, 0, 0, 0, 0, 0, 0]) };
    expect(decode(manifest, outputs)).toEqual([]);
  });
});

describe('RTMDet', () => {
  const manifest = parseManifest(
    {
      ...common,
      decoder: 'rtmdet',
      outputs: { boxes: 'dets', labels: 'labels' },
      classes: [{ index: 5, class: 'bus' }],
    },
    'x',
  );

  it('reads boxes in pixels, and only of listed labels', () => {
    const outputs = {
      dets: floats([1, 3, 5], [1, 2, 3, 4, 0.9, 5, 6, 7, 8, 0.8, 9, 9, 10, 10, 0.05]),
      labels: new Tensor('int64', BigInt64Array.of(0n, 5n, 5n), [1, 3]),
    };
    const found = decode(manifest, outputs);
    expect(found.length).toBe(1);
    expectBox(found[0], [5, 6, 7, 8]);
    expect(found[0].kind).toBe('bus');
  });

  it('takes an empty result', () => {
    const outputs = { dets: floats([1, 0, 5], []), labels: new Tensor('int64', new BigInt64Array(0), [1, 0]) };
    expect(decode(manifest, outputs)).toEqual([]);
  });

  it('says so when there are fewer labels than boxes', () => {
    const outputs = {
      dets: floats([1, 1, 5], [0, 0, 1, 1, 1]),
      labels: new Tensor('int64', new BigInt64Array(0), [1, 0]),
    };
    expect(() => decode(manifest, outputs)).toThrow('"labels"');
  });
});

describe('SSD', () => {
  const manifest = parseManifest(
    {
      ...common,
      decoder: 'ssd',
      outputs: { boxes: 'boxes', scores: 'scores' },
      classes: [
        { index: 0, class: 'car' },
        { index: 1, class: 'person' },
      ],
    },
    'x',
  );

  it('reads boxes as fractions, and never the background', () => {
    const outputs = {
      boxes: floats([1, 2, 4], [0.25, 0.5, 0.5, 1, 0, 0, 1, 1]),
      scores: floats([1, 2, 3], [0.2, 0.7, 0.1, 0.02, 0.03, 0.95]),
    };
    const found = decode(manifest, outputs);
    expect(found.length).toBe(1);
    expectBox(found[0], [8, 8, 16, 16]);
    expect(found[0].kind).toBe('person');
    expect(found[0].score).toBeCloseTo(0.7);
  });

  it('says so when boxes and scores differ in number', () => {
    const outputs = { boxes: floats([1, 1, 4], [0, 0, 1, 1]), scores: floats([1, 2, 3], [0, 0, 0, 0, 0, 0]) };
    expect(() => decode(manifest, outputs)).toThrow('different numbers');
  });
});
