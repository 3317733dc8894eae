import { expect, it } from 'vitest';
import { decay } from './decay.ts';

it('is e^x within 0.4 % of 1, and falls', () => {
  for (let x = -14; x <= 0; x += 0.01) {
    expect(Math.abs(decay(x) - Math.exp(x))).toBeLessThan(0.004);
    expect(decay(x)).toBeGreaterThanOrEqual(decay(x - 0.01));
  }
  expect(decay(0)).toBe(1);
});
