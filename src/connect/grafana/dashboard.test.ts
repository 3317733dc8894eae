import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { FIGURE_METRICS, OTHER_METRICS } from '../prometheus/table.ts';
import { dashboard } from './dashboard.ts';

const FILE = 'docs/grafana-dashboard.json';
const text = `${JSON.stringify(dashboard(), null, 2)}\n`;

test(`${FILE} is what the table makes (REGEN=1 writes it; then format)`, () => {
  if (process.env['REGEN'] === '1') writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(dashboard());
});

test('every figure has its panel, and nothing is shown that is not told', () => {
  const told = new Set([
    ...FIGURE_METRICS.flatMap(({ value, error }) => [value.name, error.name]),
    ...Object.values(OTHER_METRICS).map(({ name }) => name),
  ]);
  const shown = new Set(text.match(/\bstarling_[a-z0-9_]+/g));
  expect([...shown].filter((name) => !told.has(name))).toEqual([]);
  expect(FIGURE_METRICS.filter(({ value }) => !shown.has(value.name))).toEqual([]);
});

const panelsSchema = z.array(
  z.object({ id: z.number(), gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }) }),
);

test('panels do not overlap, and each has its own number', () => {
  const taken = new Set<string>();
  const panels = panelsSchema.parse(dashboard().panels);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { gridPos } of panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(x).toBeLessThan(24);
        expect(taken).not.toContain(`${x},${y}`);
        taken.add(`${x},${y}`);
      }
});
