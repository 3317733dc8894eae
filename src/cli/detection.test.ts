import { expect, test } from 'vitest';
import { detectionOf } from './detection.ts';

const card = { recall: 0.9, precision: 0.95, data: 'a street', boxes: 1000, method: 'after tracking' };
const here = { recall: 0.8, precision: 0.9, recallSe: 0.02 };

const VALIDATED = [0.8, 'validated here'];
const FROM_CARD = [0.9, 'model card'];

test.each<[string, Parameters<typeof detectionOf>, unknown]>([
  ['nothing is known', [null, { name: 'm' }], null],
  ['a camera that was not validated', [{}, { name: 'm' }], null],
  ['the card', [{}, { name: 'm', quality: card }], FROM_CARD],
  ['the site before the card', [{ detection: here }, { name: 'm', quality: card }], VALIDATED],
  ['the site without a card', [{ detection: here }, { name: 'm' }], VALIDATED],
  ['validated with this model', [{ detection: { ...here, model: 'm' } }, { name: 'm', quality: card }], VALIDATED],
  ['validated with another', [{ detection: { ...here, model: 'other' } }, { name: 'm', quality: card }], FROM_CARD],
  ['another, and no card', [{ detection: { ...here, model: 'other' } }, { name: 'm' }], null],
])('%s', (_what, [camera, manifest], expected) => {
  const found = detectionOf(camera, manifest);
  expect(found && [found.recall, found.source]).toEqual(expected);
});
