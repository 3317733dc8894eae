/** Whether `docs/simulation.md` says what the scenarios take. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from './index.ts';
import type { Scenario } from './scenarios.ts';

const page = readFileSync(new URL('../../docs/simulation.md', import.meta.url), 'utf8');
const scenarios: [string, Scenario][] = Object.entries(SCENARIOS);

describe('docs/simulation.md', () => {
  it.each(scenarios)('tells of %s and each of its parameters', (name, { what, parameters }) => {
    expect(page).toContain(`| \`${name}\` | ${what} |`);
    for (const [parameter, described] of Object.entries(parameters)) {
      if (parameter === 'seed') continue;
      const bounds = 'least' in described ? `${described.least} | ${described.most}` : '– | –';
      const row = `| \`${name}\` | \`${parameter}\` | ${described.default ?? '–'} | ${bounds} | ${described.what} |`;
      expect(page).toContain(row);
    }
  });
});
