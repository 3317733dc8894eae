import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { siteSchema } from '../contract/index.ts';
import { describeValidation, type Validation } from './verdict.ts';

const counts = { frames: 100, meanAbsolute: 0.3, bias: 0, byPresent: [] };
const tracking = {
  mota: 0.9,
  motp: 0.8,
  precision: 0.9996,
  recall: 0.93564,
  truePositives: 1,
  falsePositives: 1,
  misses: 1,
  identitySwitches: 0,
  fragmentations: 0,
  idf1: 0.9,
  idp: 0.9,
  idr: 0.9,
};
const validation: Validation = {
  source: 'clip.mp4',
  frames: 100,
  model: '4.0',
  camera: 'north',
  complete: true,
  crossingsNotMeasured: 0,
  gates: null,
  counts,
  tracking,
  detection: { recall: 0.93564, recallSe: 0.03735, precision: 0.9996, precisionSe: 0.0000004 },
  verdict: { grade: 'good', words: [] },
};

/** The line that is to be pasted. */
const snippet = (text: string): string => text.split('\n').find((line) => line.includes('detection:')) ?? '';

test('says what to write into the site file, and the site file takes it', () => {
  const text = describeValidation(validation);
  expect(text).toContain('recall                      0.936 ± 0.037');
  expect(text).toContain('under the camera north');
  const site = `
site: { id: town, name: Town }
cameras:
  - id: north
${snippet(text)}
`;
  expect(siteSchema.parse(parse(site)).cameras[0]?.detection).toEqual({
    recall: 0.936,
    recallSe: 0.038,
    precision: 1,
    // Never rounded down to certainty, and a model named like a number stays a name.
    precisionSe: 0.001,
    model: '4.0',
  });
});

test('has nothing to write when nobody was found, or only gates were counted', () => {
  expect(snippet(describeValidation({ ...validation, detection: null }))).toBe('');
  const { source, frames, model, camera, complete, crossingsNotMeasured, verdict } = validation;
  const gatesOnly = { source, frames, model, camera, complete, crossingsNotMeasured, verdict, gates: [] };
  expect(snippet(describeValidation(gatesOnly))).toBe('');
});

test('needs no camera to be named', () => {
  expect(describeValidation({ ...validation, camera: null })).toContain('under the camera, so that');
});
