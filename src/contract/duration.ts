import * as z from 'zod';

const UNITS_MS = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const PATTERN = /^(\d+(?:\.\d+)?)\s*(s|min|h|d)$/;

const toMs = (text: string): number => {
  if (text === 'forever') return Number.POSITIVE_INFINITY;
  const [, amount, unit] = PATTERN.exec(text) ?? [];
  const unitMs = unit === 's' || unit === 'min' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : Number.NaN;
  return Number(amount) * unitMs;
};

/** A length of time as people write it, `90s`, `10min`, `48h`, `400d` or `forever`, to ms. */
export const durationSchema = z
  .string()
  .refine((text) => toMs(text) > 0, 'write a length of time like 90s, 10min, 48h, 400d or forever')
  .transform(toMs);
