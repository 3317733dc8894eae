import { describe, expect, it } from 'vitest';
import { createPlace, createShow, HEIGHT, picture, see, WIDTH } from './pictures.fixture.ts';
import { fromSignature, toSignature, viewSignatureSchema } from './signature.ts';

const here = see(createPlace(1));
const corner = [[0, 0] as const, [0.5, 0] as const, [0.5, 0.5] as const, [0, 0.5] as const];

const signatureOf = (data: Uint8Array, masked: boolean) => {
  const show = createShow({ masks: masked ? [corner] : [] });
  show.play(12, (number) => picture(data, number));
  return show.references[0];
};

describe('a signature', () => {
  const signature = signatureOf(here, false);

  it('comes back from its text', () => {
    expect(viewSignatureSchema.parse(JSON.parse(JSON.stringify(signature)))).toEqual(signature);
    expect(toSignature(fromSignature(signature))).toEqual(signature);
  });

  it('is coarse: 16 × 12 blocks of a dozen small numbers', () => {
    expect(signature.open).toHaveLength(192);
    expect(Object.values(signature).flat()).toHaveLength(1 + 192 * (1 + 5 + 5 + 1));
    expect(JSON.stringify(signature).length).toBeLessThan(10_000);
  });

  const refused: readonly [name: string, value: unknown][] = [
    ['nothing', null],
    ['another version', { ...signature, version: 2 }],
    ['a number too many', { ...signature, detail: [...signature.detail, 1] }],
    ['a number too large', { ...signature, edges: signature.edges.map(() => 128) }],
    ['something else beside', { ...signature, thumbnail: 'x' }],
  ];
  it.each(refused)('is not read from %s', (_name, value) => {
    expect(viewSignatureSchema.safeParse(value).success).toBe(false);
  });
});

it('holds nothing of what is masked', () => {
  const other = here.slice();
  for (let y = 0; y < HEIGHT / 2; y++) other.set(see(createPlace(7)).subarray(0, WIDTH / 2), y * WIDTH);
  const masked = signatureOf(here, true);
  expect(signatureOf(other, true)).toEqual(masked);
  expect(viewSignatureSchema.parse(masked).open.filter((open) => open === 0)).toHaveLength(48);
});
