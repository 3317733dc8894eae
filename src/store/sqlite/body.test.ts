import { describe, expect, it } from 'vitest';
import { observationSchema } from '../../contract/index.ts';
import { decodeBody, encodeBody } from './body.ts';
import { observationOf } from './observation.fixture.ts';

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('body', () => {
  it('gives back what was put in', () => {
    for (let sequence = 1; sequence < 50; sequence++) {
      const observation = observationOf({ sequence });
      expect(observationSchema.parse(decodeBody(encodeBody(observation)))).toEqual(observation);
    }
  });

  it('keeps numbers to the last bit', () => {
    const [zone] = observationOf().zones;
    const figures = { occupancy: { sum: 0.1 + 0.2, weight: 1 / 3, min: 5e-324, max: 1e12, errorSum: null } };
    const observation = observationOf({ zones: [{ ...zone, figures }] });
    expect(decodeBody(encodeBody(observation))).toEqual(observation);
  });

  it('is a third of the JSON, or less', () => {
    const observation = observationOf();
    expect(encodeBody(observation).length).toBeLessThan(JSON.stringify(observation).length / 3);
  });

  it('notices any flipped bit', () => {
    const body = encodeBody(observationOf());
    for (let at = 0; at < body.length; at++) expect(decodeBody(flipped(body, at))).toBeUndefined();
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a header without a body', Uint8Array.of(1, 0, 0, 0, 0)],
    ['another format', Uint8Array.of(2, 0, 0, 0, 0, 3, 0)],
    ['half of it', encodeBody(observationOf()).subarray(0, 200)],
  ])('says of %s that it is damaged', (_, body) => {
    expect(decodeBody(body)).toBeUndefined();
  });
});
